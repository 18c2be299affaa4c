import Accounts
import Applications
import Database
import Kernel

/// One thing that happened to a case. Only ever added: it answers who did what and when.
struct ActRecord: Record, Equatable {
    static let table = Table(
        "review", "acts", key: ["case_id", "number"],
        columns: ["case_id", "number", "application", "act", "reviewer", "at"])

    enum Act: String, SQLConvertible, CaseIterable {
        case opened, claimed, released, decided, closed
    }

    let caseID: ID<Case>
    let number: Int
    let application: ID<Application>
    let act: Act
    let reviewer: ID<Person>?
    let at: Instant

    var values: [any SQLConvertible] { [caseID, number, application, act, reviewer, at] }
}

extension ActRecord {
    init(row: Row) throws {
        caseID = try row.get("case_id")
        number = try row.get("number")
        application = try row.get("application")
        act = try row.get("act")
        reviewer = try row.get("reviewer")
        at = try row.get("at")
    }
}

/// The queries about what happened to cases.
struct ActStore {
    func note(
        _ act: ActRecord.Act, on subject: Case, by reviewer: ID<Person>? = nil, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let last: Int? = try tx.value(
            "SELECT COALESCE(MAX(number), 0) FROM \(ActRecord.table) WHERE case_id = \(subject.id)")
        try tx.insert(
            ActRecord(
                caseID: subject.id, number: (last ?? 0) + 1, application: subject.application, act: act,
                reviewer: reviewer, at: now))
    }

    /// What happened in all rounds of an application, the newest first.
    func acts(of application: ID<Application>, in tx: borrowing Transaction) throws -> [ActRecord] {
        try tx.all(
            """
            SELECT \(columns: ActRecord.table) FROM \(ActRecord.table)
            WHERE application = \(application) ORDER BY at DESC, case_id DESC, number DESC
            """)
    }
}
