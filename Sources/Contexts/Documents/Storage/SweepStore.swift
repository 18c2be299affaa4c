import Blobs
import Database
import Kernel

/// Which files nobody names any more.
struct SweepStore {
    static let days = Table("documents", "sweeps", key: ["day"], columns: ["day"])

    private static let most = 200

    /// Forgets uploads that expired, a bounded number at a time.
    /// - Returns: how many.
    func forgetExpiredUploads(at now: Instant, in tx: borrowing Transaction) throws -> Int {
        try tx.run(
            """
            DELETE FROM \(UploadRecord.table) WHERE id IN (
                SELECT id FROM \(UploadRecord.table) WHERE expires_at <= \(now) ORDER BY expires_at LIMIT \(Self.most))
            """)
    }

    /// Rows to look at: files that are kept no longer unless a document names them, and parts of uploads that are over.
    struct Due: Sendable {
        fileprivate let files: [String]
        fileprivate let parts: [String]

        var isEmpty: Bool { files.isEmpty && parts.isEmpty }
    }

    /// Some rows to look at, the first due first. It only reads: nobody waits for it.
    func due(at now: Instant, in tx: borrowing Transaction) throws -> Due {
        Due(
            files: try names(
                """
                SELECT blob FROM \(StoredFileRecord.table) WHERE kept_until <= \(now)
                ORDER BY kept_until LIMIT \(Self.most)
                """, in: tx),
            // Those of uploads that are still open are few, and pass by themselves.
            parts: try names(
                "SELECT blob FROM \(UploadPartRecord.table) WHERE \(Self.isLoosePart) LIMIT \(Self.most)", in: tx))
    }

    /// Takes those of the rows away that nothing names, and looks at the others no more: whoever takes away the last
    /// document that names a file says until when it is kept. The sealed files themselves go once that is durable;
    /// should that fail, they are orphans like others.
    /// - Returns: the sealed files.
    func take(_ due: Due, at now: Instant, in tx: borrowing Transaction) throws -> [BlobName] {
        var taken: [String] = []
        if !due.files.isEmpty {
            let isDue: SQL = "blob IN (\(list: due.files)) AND kept_until <= \(now)"
            taken += try names(
                "DELETE FROM \(StoredFileRecord.table) WHERE \(isDue) AND NOT \(Self.isNamed) RETURNING blob", in: tx)
            try tx.run(
                "UPDATE \(StoredFileRecord.table) SET kept_until = \(StoredFile.whileNamed) WHERE \(isDue)")
        }
        if !due.parts.isEmpty {
            taken += try names(
                """
                DELETE FROM \(UploadPartRecord.table)
                WHERE blob IN (\(list: due.parts)) AND \(Self.isLoosePart) RETURNING blob
                """, in: tx)
        }
        return taken.compactMap(BlobName.init)
    }

    private static let isNamed: SQL =
        """
        (EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.file = \(StoredFileRecord.table).id)
        OR EXISTS (SELECT 1 FROM \(DocumentRecord.table) named WHERE named.original = \(StoredFileRecord.table).id))
        """

    private static let isLoosePart: SQL =
        """
        NOT EXISTS (SELECT 1 FROM \(UploadRecord.table) named
                    WHERE named.id = \(UploadPartRecord.table).upload AND named.document IS NULL)
        """

    /// Those of some files that a row names. A crop's row stays behind when a version before the third migration took
    /// its document away.
    func known(among candidates: ArraySlice<BlobName>, in tx: borrowing Transaction) throws -> Set<BlobName> {
        guard !candidates.isEmpty else { return [] }
        let texts = candidates.map(\.text)
        let found = try names(
            """
            SELECT blob FROM \(StoredFileRecord.table) WHERE blob IN (\(list: texts))
            UNION SELECT c.blob FROM \(CropRecord.table) c JOIN \(DocumentRecord.table) d ON d.id = c.document
                WHERE c.blob IN (\(list: texts))
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
