import Accounts
import Database
import Kernel

/// The queries behind the queue's lists.
struct QueueStore {
    /// A list is for working through, not for leafing: more than this is not shown at once.
    static let longest = 100

    /// Which cases a tab lists.
    enum Tab: Sendable, Equatable {
        /// Nobody works on them: unclaimed, or the claim lapsed.
        case waiting(at: Instant)
        case mine(ID<Person>)
        /// Decided, or closed by the applicant.
        case done
    }

    func list(_ tab: Tab, in tx: borrowing Transaction) throws -> [Case] {
        let records: [CaseRecord] = try tx.all(
            """
            SELECT \(columns: CaseRecord.table) FROM \(CaseRecord.table) WHERE \(condition(tab))
            ORDER BY \(order(tab)) LIMIT \(Self.longest)
            """)
        return records.map(\.subject)
    }

    func count(_ tab: Tab, in tx: borrowing Transaction) throws -> Int {
        try tx.value("SELECT COUNT(*) FROM \(CaseRecord.table) WHERE \(condition(tab))") ?? 0
    }

    /// The case that waits longest and that `reviewer` may take.
    func next(for reviewer: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws -> Case? {
        let record: CaseRecord? = try tx.first(
            """
            SELECT \(columns: CaseRecord.table) FROM \(CaseRecord.table)
            WHERE \(condition(.waiting(at: now))) AND person <> \(reviewer)
            ORDER BY submitted_at, id LIMIT 1
            """)
        return record?.subject
    }

    private func condition(_ tab: Tab) -> SQL {
        switch tab {
        case .waiting(let now):
            """
            (state = 'waiting' OR (state = 'claimed' AND active_at <= \(now - CaseClaim.patience)))
            """
        case .mine(let reviewer): "state = 'claimed' AND reviewer = \(reviewer)"
        case .done: "state IN ('decided', 'closed')"
        }
    }

    private func order(_ tab: Tab) -> SQL {
        switch tab {
        case .waiting, .mine: "submitted_at, id"
        case .done: "ended_at DESC, id"
        }
    }
}
