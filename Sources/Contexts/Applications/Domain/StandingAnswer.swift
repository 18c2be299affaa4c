import CanonicalJSON
import Kernel

/// Where an application stands and what it still wants, as JSON for programs.
struct StandingAnswer: Sendable {
    private let application: Application
    /// The members of the requirement list, in canonical order, each as JSON.
    private let members: [(name: StaticString, json: String)]

    /// As a standing tells it.
    ///
    /// - Parameter reading: the documents that are being read at this moment.
    init(
        _ application: Application, _ standing: Standing, reading: Set<String>, deadline: Instant?, at now: Instant
    ) {
        let state = application.journey.state
        let isDraft = state == .draft
        let pending = standing.pictures.filter { reading.contains($0.document) }.map { JSONValue.string($0.path) }
        func told(_ json: String) -> String { isDraft ? json : "[]" }
        self.application = application
        members = [
            ("alternatives", told(standing.alternatives)), ("currently_due", told(standing.due)),
            ("deadline", deadline.map { "\"\($0.iso8601)\"" } ?? "null"), ("errors", told(standing.errors)),
            ("eventually_due", told(standing.eventually)), ("future", told(standing.future)),
            ("past_due", deadline.map { $0 < now } ?? false ? told(standing.due) : "[]"),
            ("pending_verification", state.isUnderway ? standing.asked : JSONValue.array(pending).canonicalText),
        ]
    }

    /// As the application itself was just checked.
    init(_ application: Application, _ list: RequirementList) {
        let json = list.json
        func part(_ name: String) -> String { json[name]?.canonicalText ?? "null" }
        self.application = application
        members = [
            ("alternatives", part("alternatives")), ("currently_due", part("currently_due")),
            ("deadline", part("deadline")), ("errors", part("errors")), ("eventually_due", part("eventually_due")),
            ("future", part("future")), ("past_due", part("past_due")),
            ("pending_verification", part("pending_verification")),
        ]
    }

    /// What is still wanted.
    var requirements: [UInt8] { Self.object(members) }

    /// The same with `{id, state, stage, round, pack}`.
    var whole: [UInt8] {
        let journey = application.journey
        var all = members
        // Where each member goes in canonical order.
        all.insert(("id", "\"\(application.id.text)\""), at: 6)
        all.insert(("pack", JSONValue.string(application.pack).canonicalText), at: 7)
        all.append(("round", "\(journey.round)"))
        all.append(("stage", journey.state.stage.map { "\"\($0.rawValue)\"" } ?? "null"))
        all.append(("state", "\"\(journey.state.kind.rawValue)\""))
        return Self.object(all)
    }

    /// The same with a draft's `{saved_at, version}`.
    func saved(version: Int, at moment: Instant) -> [UInt8] {
        Self.object(members + [("saved_at", "\"\(moment.iso8601)\""), ("version", "\(version)")])
    }

    private static func object(_ members: [(name: StaticString, json: String)]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(members.reduce(2) { $0 + $1.json.utf8.count + 32 })
        var mark = UInt8(ascii: "{")
        for (name, json) in members {
            bytes.append(mark)
            bytes.append(UInt8(ascii: "\""))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: "\":".utf8)
            bytes.append(contentsOf: json.utf8)
            mark = UInt8(ascii: ",")
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
