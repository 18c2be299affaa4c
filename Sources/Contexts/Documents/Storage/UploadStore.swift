import Accounts
import Blobs
import Database
import Kernel

struct UploadRecord: Record {
    static let table = Table(
        "documents", "uploads", key: ["id"],
        columns: ["id", "person", "length", "received", "expires_at", "document"])

    let upload: ResumableUpload

    var values: [any SQLConvertible] {
        [upload.id, upload.person, upload.length, upload.received, upload.expiresAt, upload.document]
    }
}

extension UploadRecord {
    init(row: Row) throws {
        upload = ResumableUpload(
            id: try row.get("id"), person: try row.get("person"), length: try row.get("length"),
            received: try row.get("received"), expiresAt: try row.get("expires_at"), document: try row.get("document"))
    }
}

/// One part of an upload: a sealed file of its own.
struct UploadPartRecord: Record {
    static let table = Table(
        "documents", "upload_parts", key: ["upload", "position"], columns: ["upload", "position", "length", "blob"])

    let upload: ID<ResumableUpload>
    /// Where it begins in the whole.
    let position: Int
    let length: Int
    let blob: BlobName

    var values: [any SQLConvertible] { [upload, position, length, blob.text] }
}

extension UploadPartRecord {
    init(row: Row) throws {
        guard let blob = BlobName(try row.get("blob")) else { throw UnreadableColumn(column: "blob", type: "BlobName") }
        self.blob = blob
        upload = try row.get("upload")
        position = try row.get("position")
        length = try row.get("length")
    }
}

struct UploadStore {
    /// The upload, if it is this person's and has not expired.
    func find(
        _ id: ID<ResumableUpload>, of person: ID<Person>, at now: Instant, in tx: borrowing Transaction
    ) throws -> ResumableUpload? {
        let record: UploadRecord? = try tx.first(
            """
            SELECT \(columns: UploadRecord.table) FROM \(UploadRecord.table)
            WHERE id = \(id) AND person = \(person) AND expires_at > \(now)
            """)
        return record?.upload
    }

    /// How many uploads of a person are open, and how many bytes they may become.
    func open(of person: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws -> (count: Int, bytes: Int) {
        let row = try tx.rows(
            """
            SELECT COUNT(*) AS count, CAST(COALESCE(SUM(length), 0) AS \(SQL.bigint)) AS bytes
            FROM \(UploadRecord.table) WHERE person = \(person) AND expires_at > \(now) AND document IS NULL
            """
        ).first
        return (try row?.get("count") ?? 0, try row?.get("bytes") ?? 0)
    }

    func parts(of id: ID<ResumableUpload>, in tx: borrowing Transaction) throws -> [UploadPartRecord] {
        try tx.all(
            """
            SELECT \(columns: UploadPartRecord.table) FROM \(UploadPartRecord.table)
            WHERE upload = \(id) ORDER BY position
            """)
    }

    func remove(_ id: ID<ResumableUpload>, in tx: borrowing Transaction) throws {
        try tx.run("DELETE FROM \(UploadRecord.table) WHERE id = \(id)")
    }
}
