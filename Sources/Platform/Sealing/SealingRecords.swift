package import Database
import Kernel

struct KeyRecord: Record {
    static let table = Table(
        "sealing", "keys", key: ["owner"], columns: ["owner", "wrapped", "created_at", "destroyed_at"])

    let owner: String
    let wrapped: [UInt8]?
    let createdAt: Instant
    let destroyedAt: Instant?

    var values: [any SQLConvertible] { [owner, wrapped, createdAt, destroyedAt] }
}

extension KeyRecord {
    init(row: Row) throws {
        owner = try row.get("owner")
        wrapped = try row.get("wrapped")
        createdAt = try row.get("created_at")
        destroyedAt = try row.get("destroyed_at")
    }
}

enum KeyCheck {
    static let table = Table("sealing", "key_check", key: ["id"], columns: ["id", "value"])
}

/// The schema of sealing.
package enum SealingMigrations {
    package static let tables = [KeyRecord.table, KeyCheck.table, ReadingRecord.table]

    package static let all = [
        Migration(
            "sealing", 1,
            [
                """
                \(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS sealing")
                """,
                """
                CREATE TABLE \(KeyRecord.table) (
                    owner TEXT NOT NULL PRIMARY KEY,
                    wrapped \(SQL.bytes),
                    created_at \(SQL.bigint) NOT NULL,
                    destroyed_at \(SQL.bigint),
                    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))) \(SQL.strict)
                """,
                """
                CREATE TABLE \(ReadingRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    owner TEXT NOT NULL,
                    reader TEXT NOT NULL,
                    what TEXT NOT NULL,
                    purpose TEXT NOT NULL,
                    at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX \(sqlite: "sealing_readings_owner", postgres: "readings_owner") ON \(ReadingRecord.table) (owner, at)",
            ]),
        Migration(
            "sealing", 2,
            [
                """
                CREATE TABLE \(KeyCheck.table) (
                    id \(SQL.bigint) NOT NULL PRIMARY KEY CHECK (id = 1),
                    value \(SQL.bytes) NOT NULL CHECK (length(value) = 32)) \(SQL.strict)
                """
            ]),
    ]
}
