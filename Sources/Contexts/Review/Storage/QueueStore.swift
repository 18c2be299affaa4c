import Accounts
import Database
import Kernel

/// The queries behind the queue's lists.
struct QueueStore {
    /// A list is for working through, not for leafing: more than this is not shown at once.
    static let longest = 100
    /// Counting goes no further: a queue's page must not cost more with every case that was ever decided.
    static let countedAtMost = 1_000

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

    /// One page of a list that programs leaf through.
    struct Page: Sendable {
        let cases: [Case]
        /// The case after which the next page begins; nil at the end.
        let next: ID<Case>?
    }

    static let pageLength = 50

    /// The cases after one, in the tab's order. What was decided meanwhile is left out; nothing comes twice.
    func page(of tab: Tab, after: ID<Case>?, in tx: borrowing Transaction) throws -> Page {
        let last = try after.flatMap { try CaseStore().find($0, in: tx) }
        let records: [CaseRecord] = try tx.all(
            """
            SELECT \(columns: CaseRecord.table) FROM \(CaseRecord.table)
            WHERE \(condition(tab)) \(last.map { beyond($0, in: tab) } ?? "")
            ORDER BY \(order(tab)) LIMIT \(Self.pageLength + 1)
            """)
        let cases = records.prefix(Self.pageLength).map(\.subject)
        return Page(cases: cases, next: records.count > Self.pageLength ? cases.last?.id : nil)
    }

    private func beyond(_ last: Case, in tab: Tab) -> SQL {
        switch tab {
        case .waiting, .mine: "AND (submitted_at, id) > (\(last.submittedAt), \(last.id))"
        case .done:
            """
            AND (ended_at < \(StateColumns(last.state).endedAt.sqlValue)
                OR (ended_at = \(StateColumns(last.state).endedAt.sqlValue) AND id > \(last.id)))
            """
        }
    }

    func count(_ tab: Tab, in tx: borrowing Transaction) throws -> Int {
        try tx.value(
            """
            SELECT COUNT(*) FROM (
                SELECT 1 FROM \(CaseRecord.table) WHERE \(condition(tab)) LIMIT \(Self.countedAtMost)) AS listed
            """) ?? 0
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
            state IN ('waiting', 'claimed') AND (state = 'waiting' OR active_at <= \(now - CaseClaim.patience))
            """
        case .mine(let reviewer): "state = 'claimed' AND reviewer = \(reviewer)"
        case .done: "ended_at IS NOT NULL"
        }
    }

    private func order(_ tab: Tab) -> SQL {
        switch tab {
        case .waiting, .mine: "submitted_at, id"
        case .done: "ended_at DESC, id"
        }
    }
}
