import Accounts
import Applications
import CanonicalJSON
import Database
import Kernel

/// One case. The state's own values stand in columns that are empty in the other states; CHECKs keep it so.
struct CaseRecord: Record {
    static let table = Table(
        "review", "cases", key: ["id"],
        columns: [
            "id", "application", "person", "round", "pack", "company", "categories", "submitted_at", "state",
            "reviewer", "claimed_at", "active_at", "verdict", "ended_at", "version",
        ])

    let subject: Case

    var values: [any SQLConvertible] {
        let columns = StateColumns(subject.state)
        return [
            subject.id, subject.application, subject.person, subject.round, subject.pack, subject.company,
            JSONValue.array(subject.categories.map { .string($0) }).canonicalText, subject.submittedAt, columns.name,
            columns.reviewer, columns.claimedAt, columns.activeAt, columns.verdict, columns.endedAt, subject.version,
        ]
    }
}

extension CaseRecord {
    init(row: Row) throws {
        let categories = try JSONValue(parsing: try row.get("categories", as: String.self))
        subject = Case(
            id: try row.get("id"), application: try row.get("application"), person: try row.get("person"),
            round: try row.get("round"), pack: try row.get("pack"), company: try row.get("company"),
            categories: (categories.array ?? []).compactMap(\.string), submittedAt: try row.get("submitted_at"),
            state: try StateColumns(row: row).state(), version: try row.get("version"))
    }
}

/// The columns into which a case's state unfolds.
struct StateColumns {
    enum Name: String, SQLConvertible {
        case waiting, claimed, decided, closed
    }

    let name: Name
    var reviewer: ID<Person>?
    var claimedAt: Instant?
    var activeAt: Instant?
    var verdict: Verdict?
    var endedAt: Instant?

    /// A row whose columns make no state: the CHECKs and this code disagree.
    struct Unreadable: Error {}

    init(_ state: Case.State) {
        switch state {
        case .waiting:
            name = .waiting
        case .claimed(let claim):
            name = .claimed
            reviewer = claim.reviewer
            claimedAt = claim.since
            activeAt = claim.activeAt
        case .decided(let ruling):
            name = .decided
            reviewer = ruling.reviewer
            verdict = ruling.verdict
            endedAt = ruling.at
        case .closed(let at):
            name = .closed
            endedAt = at
        }
    }

    init(row: Row) throws {
        name = try row.get("state")
        reviewer = try row.get("reviewer")
        claimedAt = try row.get("claimed_at")
        activeAt = try row.get("active_at")
        verdict = try row.get("verdict")
        endedAt = try row.get("ended_at")
    }

    func state() throws -> Case.State {
        switch (name, reviewer, claimedAt, activeAt, verdict, endedAt) {
        case (.waiting, nil, nil, nil, nil, nil): .waiting
        case (.claimed, let reviewer?, let since?, let active?, nil, nil):
            .claimed(CaseClaim(reviewer: reviewer, since: since, activeAt: active))
        case (.decided, let reviewer?, nil, nil, let verdict?, let at?):
            .decided(.init(verdict: verdict, reviewer: reviewer, at: at))
        case (.closed, nil, nil, nil, nil, let at?): .closed(at: at)
        default: throw Unreadable()
        }
    }
}

extension Verdict: SQLConvertible {}
extension RejectionReason: SQLConvertible {}
