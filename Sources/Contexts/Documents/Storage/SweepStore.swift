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

    /// Takes away a number of rows of files that nothing names any more. The sealed files themselves go once that is
    /// durable; should that fail, they are orphans like others.
    /// - Returns: the sealed files.
    func takeUnnamed(at now: Instant, in tx: borrowing Transaction) throws -> [BlobName] {
        let files = try names(
            """
            SELECT blob FROM \(StoredFileRecord.table)
            WHERE kept_until <= \(now)
              AND NOT EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.file = \(StoredFileRecord.table).id)
              AND NOT EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.original = \(StoredFileRecord.table).id)
            LIMIT \(Self.most)
            """, in: tx)
        let crops = try names(
            """
            SELECT blob FROM \(CropRecord.table)
            WHERE NOT EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.id = \(CropRecord.table).document)
            LIMIT \(Self.most)
            """, in: tx)
        let parts = try names(
            """
            SELECT blob FROM \(UploadPartRecord.table)
            WHERE NOT EXISTS (
                SELECT 1 FROM \(UploadRecord.table) named
                WHERE named.id = \(UploadPartRecord.table).upload AND named.document IS NULL)
            LIMIT \(Self.most)
            """, in: tx)
        if !files.isEmpty { try tx.run("DELETE FROM \(StoredFileRecord.table) WHERE blob IN (\(list: files))") }
        if !crops.isEmpty { try tx.run("DELETE FROM \(CropRecord.table) WHERE blob IN (\(list: crops))") }
        if !parts.isEmpty { try tx.run("DELETE FROM \(UploadPartRecord.table) WHERE blob IN (\(list: parts))") }
        return (files + crops + parts).compactMap(BlobName.init)
    }

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
