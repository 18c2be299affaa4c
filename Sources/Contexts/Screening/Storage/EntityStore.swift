import Accounts
import Applications
import Database
import Kernel

/// Which application is about which company, as far as screening has heard.
struct EntityRecord: Record {
    static let table = Table(
        "screening", "entities", key: ["application"],
        columns: ["application", "person", "credit_code", "round", "is_live", "seen_at"])

    let application: ID<Application>
    let person: ID<Person>
    /// Public registry data; empty if what was submitted is no code.
    let creditCode: String
    let round: Int
    /// Underway, or led to an open shop.
    let isLive: Bool
    let seenAt: Instant

    var values: [any SQLConvertible] { [application, person, creditCode, round, isLive, seenAt] }
}

extension EntityRecord {
    init(row: Row) throws {
        application = try row.get("application")
        person = try row.get("person")
        creditCode = try row.get("credit_code")
        round = try row.get("round")
        isLive = try row.get("is_live")
        seenAt = try row.get("seen_at")
    }
}

/// The queries about companies.
struct EntityStore {
    func save(_ record: EntityRecord, in tx: borrowing Transaction) throws { try tx.save(record) }

    /// Other people's live applications for the same company.
    func others(like record: EntityRecord, in tx: borrowing Transaction) throws -> [ID<Application>] {
        guard !record.creditCode.isEmpty else { return [] }
        let found: [EntityRecord] = try tx.all(
            """
            SELECT \(columns: EntityRecord.table) FROM \(EntityRecord.table)
            WHERE credit_code = \(record.creditCode) AND person <> \(record.person) AND is_live = 1
            ORDER BY application
            """)
        return found.map(\.application)
    }

    func mark(_ application: ID<Application>, isLive: Bool, in tx: borrowing Transaction) throws {
        try tx.run("UPDATE \(EntityRecord.table) SET is_live = \(isLive) WHERE application = \(application)")
    }
}
