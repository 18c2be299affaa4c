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

struct PublicationRecord: Record {
    static let table = Table(
        "catalogue", "publications", key: ["id"],
        columns: [
            "id", "pack", "effective_at", "proposed_by", "proposed_at", "approved_by", "approved_at",
            "withdrawn_by", "withdrawn_at",
        ])

    let publication: Publication

    var values: [any SQLConvertible] {
        let (approval, withdrawal) = (publication.approval, publication.withdrawal)
        return [
            publication.id, publication.pack, publication.effectiveAt, publication.proposedBy, publication.proposedAt,
            approval?.by, approval?.at, withdrawal?.by, withdrawal?.at,
        ]
    }

    init(_ publication: Publication) { self.publication = publication }

    init(row: Row) throws {
        let approval = try Self.act(of: row, "approved_by", "approved_at")
        let state: Publication.State =
            if let withdrawal = try Self.act(of: row, "withdrawn_by", "withdrawn_at") {
                .withdrawn(withdrawal, approved: approval)
            } else {
                approval.map { .approved($0) } ?? .proposed
            }
        publication = Publication(
            id: try row.get("id"), pack: try row.get("pack"), effectiveAt: try row.get("effective_at"),
            proposedBy: try row.get("proposed_by"), proposedAt: try row.get("proposed_at"), state: state)
    }

    private static func act(of row: Row, _ by: String, _ at: String) throws -> Publication.Act? {
        let moment: Instant? = try row.get(at)
        return try moment.map { Publication.Act(by: try row.get(by), at: $0) }
    }
}

struct PackStore {
    /// All packs that were ever proposed or published and are not known yet. None ever goes, so as long as there are no
    /// more of them than are known the texts, which are large, are not read.
    func unknown(to known: Set<String>, in tx: borrowing Transaction) throws -> [PackRecord] {
        let count: Int? = try tx.value("SELECT COUNT(*) FROM \(PackRecord.table)")
        if count == known.count { return [] }
        let all: [PackRecord] = try tx.all(
            "SELECT \(columns: PackRecord.table) FROM \(PackRecord.table) ORDER BY published_at, hash")
        return all.filter { !known.contains($0.hash) }
    }

    func find(_ hash: String, in tx: borrowing Transaction) throws -> PackRecord? {
        try tx.first("SELECT \(columns: PackRecord.table) FROM \(PackRecord.table) WHERE hash = \(hash)")
    }

    /// All publications, the oldest first.
    func publications(in tx: borrowing Transaction) throws -> [Publication] {
        let records: [PublicationRecord] = try tx.all(
            """
            SELECT \(columns: PublicationRecord.table) FROM \(PublicationRecord.table) ORDER BY proposed_at, id
            """)
        return records.map(\.publication)
    }

    func publication(_ id: ID<Publication>, in tx: borrowing Transaction) throws -> Publication? {
        let record: PublicationRecord? = try tx.first(
            """
            SELECT \(columns: PublicationRecord.table) FROM \(PublicationRecord.table) WHERE id = \(id)
            """)
        return record?.publication
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
            ]),
        Migration(
            "catalogue", 2,
            [
                """
                CREATE TABLE \(PublicationRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY, pack TEXT NOT NULL REFERENCES \(PackRecord.table) (hash),
                    effective_at \(SQL.bigint) NOT NULL, proposed_by TEXT, proposed_at \(SQL.bigint) NOT NULL,
                    approved_by TEXT, approved_at \(SQL.bigint), withdrawn_by TEXT, withdrawn_at \(SQL.bigint),
                    CHECK (approved_by IS NULL OR approved_at IS NOT NULL),
                    CHECK (withdrawn_by IS NULL OR withdrawn_at IS NOT NULL)) \(SQL.strict)
                """
            ]),
    ]
}
