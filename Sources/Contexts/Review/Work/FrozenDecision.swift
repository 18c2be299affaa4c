import Accounts
import Applications
import CanonicalJSON
import Kernel
import Sealing

/// The words of a decision, as they are frozen under the applicant's key and read back for the next round.
struct FrozenDecision: Sendable, Equatable {
    let decision: Decision
    let subject: Case
    /// Stands for the submission that the reviewer saw.
    let submissionDigest: String
    let reviewer: ID<Person>
    let decidedAt: Instant

    var json: JSONValue {
        var comments: [String: String] = [:]
        var reason: RejectionReason?
        var words: String?
        switch decision {
        case .approve: break
        case .requestChanges(let said): comments = said
        case .reject(let code, let note): (reason, words) = (code, note)
        }
        return [
            "kind": "review.decision", "case": .string(subject.id.text),
            "application": .string(subject.application.text), "round": .number(JSONNumber(Int64(subject.round))),
            "verdict": .string(decision.verdict.rawValue), "comments": Self.object(comments),
            "reason": Self.text(reason?.rawValue), "note": Self.text(words), "pack": .string(subject.pack),
            "submission": .string(submissionDigest), "reviewer": .string(reviewer.text),
            "decidedAt": .string(decidedAt.iso8601),
        ]
    }

    private static func object(_ texts: [String: String]) -> JSONValue {
        var object = JSONObject()
        for (path, text) in texts { object[path] = .string(text) }
        return .object(object)
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

/// What an earlier decision said.
struct DecisionWords: Sendable, Equatable {
    let comments: [String: String]
    let reason: RejectionReason?
    let note: String?

    /// Reads the words of a frozen decision.
    init(_ record: DecisionRecord, under key: OwnerKey) throws {
        let json = try record.fact.opened(under: key, place: DecisionRecord.place, row: record.caseID.text).reveal()
        var comments: [String: String] = [:]
        for member in json["comments"]?.object ?? JSONObject() { comments[member.key] = member.value.string }
        self.comments = comments
        reason = record.reason
        note = json["note"]?.string
    }
}
