package import Database
package import Kernel

/// Who read whose personal data in the clear, what, and why (PIPL 51, 54). Written with the reading, never changed.
package struct ReadingLog: Sendable {
    package init() {}

    /// Notes one reading.
    /// - Parameters:
    ///   - what: the field or picture, as a JSON pointer or document id; never its value.
    ///   - purpose: a stable word, such as `review` or `licence_page`.
    package func note(
        of owner: KeyOwner, by reader: String, what: String, purpose: String, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        try tx.insert(
            ReadingRecord(
                id: .new(at: now), owner: owner.text, reader: reader, what: what, purpose: purpose, at: now))
    }

    /// The newest readings of an owner's data.
    package func readings(of owner: KeyOwner, in tx: borrowing Transaction) throws -> [Reading] {
        let records: [ReadingRecord] = try tx.all(
            """
            SELECT \(columns: ReadingRecord.table) FROM \(ReadingRecord.table)
            WHERE owner = \(owner.text) ORDER BY at DESC LIMIT 200
            """)
        return records.map { Reading(reader: $0.reader, what: $0.what, purpose: $0.purpose, at: $0.at) }
    }

    /// Forgets readings noted before a moment, at most a thousand of the oldest at a time.
    /// - Returns: how many were forgotten.
    @discardableResult
    package func forget(before moment: Instant, in tx: borrowing Transaction) throws -> Int {
        // Ids are in the order of time, so the oldest are found without reading all.
        try tx.run(
            """
            DELETE FROM \(ReadingRecord.table) WHERE id IN (
                SELECT id FROM (SELECT id, at FROM \(ReadingRecord.table) ORDER BY id LIMIT 1000) AS oldest
                WHERE at < \(moment))
            """)
    }

    /// One reading.
    package struct Reading: Sendable, Equatable {
        package let reader: String
        package let what: String
        package let purpose: String
        package let at: Instant
    }
}

struct ReadingRecord: Record {
    static let table = Table(
        "sealing", "readings", key: ["id"], columns: ["id", "owner", "reader", "what", "purpose", "at"])

    let id: ID<ReadingRecord>
    let owner: String
    let reader: String
    let what: String
    let purpose: String
    let at: Instant

    var values: [any SQLConvertible] { [id, owner, reader, what, purpose, at] }
}

extension ReadingRecord {
    init(row: Row) throws {
        id = try row.get("id")
        owner = try row.get("owner")
        reader = try row.get("reader")
        what = try row.get("what")
        purpose = try row.get("purpose")
        at = try row.get("at")
    }
}
