import Accounts
import Applications
import Database
import Kernel

/// The queries about cases.
struct CaseStore {
    func find(_ id: ID<Case>, in tx: borrowing Transaction) throws -> Case? {
        let record: CaseRecord? = try tx.first(
            "SELECT \(columns: CaseRecord.table) FROM \(CaseRecord.table) WHERE id = \(id)")
        return record?.subject
    }

    func find(_ application: ID<Application>, round: Int, in tx: borrowing Transaction) throws -> Case? {
        let record: CaseRecord? = try tx.first(
            """
            SELECT \(columns: CaseRecord.table) FROM \(CaseRecord.table)
            WHERE application = \(application) AND round = \(round)
            """)
        return record?.subject
    }

    /// All rounds of an application, the first one first.
    func cases(of application: ID<Application>, in tx: borrowing Transaction) throws -> [Case] {
        let records: [CaseRecord] = try tx.all(
            """
            SELECT \(columns: CaseRecord.table) FROM \(CaseRecord.table)
            WHERE application = \(application) ORDER BY round
            """)
        return records.map(\.subject)
    }

    func open(_ new: Case, in tx: borrowing Transaction) throws { try tx.insert(CaseRecord(subject: new)) }

    /// Writes a changed case, unless somebody changed it since it was read.
    /// - Throws: `CaseRefusal.changedMeanwhile`.
    func save(_ changed: Case, in tx: borrowing Transaction) throws {
        let columns = StateColumns(changed.state)
        let count = try tx.run(
            """
            UPDATE \(CaseRecord.table)
            SET state = \(columns.name), reviewer = \(columns.reviewer.sqlValue), claimed_at = \(columns.claimedAt.sqlValue),
                active_at = \(columns.activeAt.sqlValue), verdict = \(columns.verdict.sqlValue), ended_at = \(columns.endedAt.sqlValue),
                version = \(changed.version + 1)
            WHERE id = \(changed.id) AND version = \(changed.version)
            """)
        guard count == 1 else { throw CaseRefusal.changedMeanwhile }
    }
}
