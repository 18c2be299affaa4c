import Blobs
import Database
import Kernel

/// Which files nobody names any more.
struct SweepStore {
    static let days = Table("documents", "sweeps", key: ["day"], columns: ["day"])

    private static let most = 200

    /// Forgets uploads that expired.
    func forgetExpiredUploads(at now: Instant, in tx: borrowing Transaction) throws {
        try tx.run("DELETE FROM \(UploadRecord.table) WHERE expires_at <= \(now)")
    }

    /// Rows of files that nothing names any more.
    struct Unnamed: Sendable {
        fileprivate let files: [String]
        fileprivate let crops: [String]
        fileprivate let parts: [String]

        var isEmpty: Bool { files.isEmpty && crops.isEmpty && parts.isEmpty }
    }

    /// A number of rows that nothing names. It goes through whole tables, so it only reads: nobody waits for it.
    func unnamed(at now: Instant, in tx: borrowing Transaction) throws -> Unnamed {
        Unnamed(
            files: try names(
                "SELECT blob FROM \(StoredFileRecord.table) WHERE \(Self.isUnnamed(at: now)) LIMIT \(Self.most)", in: tx
            ),
            crops: try names(
                "SELECT blob FROM \(CropRecord.table) WHERE \(Self.isLooseCrop) LIMIT \(Self.most)", in: tx),
            parts: try names(
                "SELECT blob FROM \(UploadPartRecord.table) WHERE \(Self.isLoosePart) LIMIT \(Self.most)", in: tx))
    }

    /// Takes those rows away that nothing names still. The sealed files themselves go once that is durable; should that
    /// fail, they are orphans like others.
    /// - Returns: the sealed files.
    func take(_ found: Unnamed, at now: Instant, in tx: borrowing Transaction) throws -> [BlobName] {
        var taken: [String] = []
        if !found.files.isEmpty {
            taken += try names(
                """
                DELETE FROM \(StoredFileRecord.table)
                WHERE blob IN (\(list: found.files)) AND \(Self.isUnnamed(at: now)) RETURNING blob
                """, in: tx)
        }
        if !found.crops.isEmpty {
            taken += try names(
                """
                DELETE FROM \(CropRecord.table)
                WHERE blob IN (\(list: found.crops)) AND \(Self.isLooseCrop) RETURNING blob
                """, in: tx)
        }
        if !found.parts.isEmpty {
            taken += try names(
                """
                DELETE FROM \(UploadPartRecord.table)
                WHERE blob IN (\(list: found.parts)) AND \(Self.isLoosePart) RETURNING blob
                """, in: tx)
        }
        return taken.compactMap(BlobName.init)
    }

    private static func isUnnamed(at now: Instant) -> SQL {
        """
        kept_until <= \(now)
        AND NOT EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.file = \(StoredFileRecord.table).id)
        AND NOT EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.original = \(StoredFileRecord.table).id)
        """
    }

    private static let isLooseCrop: SQL =
        "NOT EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.id = \(CropRecord.table).document)"

    private static let isLoosePart: SQL =
        """
        NOT EXISTS (SELECT 1 FROM \(UploadRecord.table) named
                    WHERE named.id = \(UploadPartRecord.table).upload AND named.document IS NULL)
        """

    /// Those of some files that a row names.
    func known(among candidates: [BlobName], in tx: borrowing Transaction) throws -> Set<BlobName> {
        guard !candidates.isEmpty else { return [] }
        let texts = candidates.map(\.text)
        let found = try names(
            """
            SELECT blob FROM \(StoredFileRecord.table) WHERE blob IN (\(list: texts))
            UNION SELECT blob FROM \(CropRecord.table) WHERE blob IN (\(list: texts))
            UNION SELECT blob FROM \(UploadPartRecord.table) WHERE blob IN (\(list: texts))
            """, in: tx)
        return Set(found.compactMap(BlobName.init))
    }

    /// All files that rows name.
    func named(in tx: borrowing Transaction) throws -> [BlobName] {
        let found = try names(
            """
            SELECT blob FROM \(StoredFileRecord.table) UNION ALL SELECT blob FROM \(CropRecord.table)
            UNION ALL SELECT blob FROM \(UploadPartRecord.table)
            """, in: tx)
        return found.compactMap(BlobName.init)
    }

    /// Whether nobody has gone through the store today; if so, this one does.
    func claim(day: String, in tx: borrowing Transaction) throws -> Bool {
        guard try tx.rows("SELECT day FROM \(Self.days) WHERE day = \(day)").isEmpty else { return false }
        try tx.run("DELETE FROM \(Self.days)")
        try tx.run("INSERT INTO \(Self.days) (day) VALUES (\(day))")
        return true
    }

    /// Since when every sealed file is named by a row: crops of before are named by sealed readings only.
    func beginning(in tx: borrowing Transaction) throws -> Instant? {
        try tx.value("SELECT applied_at FROM applied_migrations WHERE context = 'documents' AND number = 2")
    }

    private func names(_ sql: SQL, in tx: borrowing Transaction) throws -> [String] {
        try tx.rows(sql).map { try $0.get("blob", as: String.self) }
    }
}
