import Database
import Kernel

struct PackRecord: Record {
    static let table = Table(
        "catalogue", "packs", key: ["hash"], columns: ["hash", "id", "version", "content", "published_at"])

    let hash: String
    let id: String
    let version: String
    let content: String
    let publishedAt: Instant

    var values: [any SQLConvertible] { [hash, id, version, content, publishedAt] }
}

extension PackRecord {
    init(row: Row) throws {
        hash = try row.get("hash")
        id = try row.get("id")
        version = try row.get("version")
        content = try row.get("content")
        publishedAt = try row.get("published_at")
    }
}

struct PackStore {
    /// All packs that were ever published, the newest last.
    func all(in tx: borrowing Transaction) throws -> [PackRecord] {
        try tx.all("SELECT \(columns: PackRecord.table) FROM \(PackRecord.table) ORDER BY published_at, hash")
    }

    func find(_ hash: String, in tx: borrowing Transaction) throws -> PackRecord? {
        try tx.first("SELECT \(columns: PackRecord.table) FROM \(PackRecord.table) WHERE hash = \(hash)")
    }
}

enum CatalogueMigrations {
    static let all = [
        Migration(
            "catalogue", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS catalogue")",
                """
                CREATE TABLE \(PackRecord.table) (
                    hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                    id TEXT NOT NULL, version TEXT NOT NULL, content TEXT NOT NULL,
                    published_at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
            ])
    ]
}
