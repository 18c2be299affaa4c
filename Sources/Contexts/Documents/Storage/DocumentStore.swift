import Accounts
import Blobs
import Database
import Kernel
import Sealing

struct DocumentRecord: Record {
    static let table = Table(
        "documents", "documents", key: ["id"],
        columns: [
            "id", "person", "stream", "kind", "media_type", "width", "height", "uploaded_at", "blob", "digest",
            "reading",
            "content",
        ])

    let document: Document
    /// The stream in which the end of the reading is told.
    let stream: String
    /// What was read, as sealed JSON.
    let content: Sealed?

    var values: [any SQLConvertible] {
        [
            document.id, document.person, stream, document.kind.rawValue, document.mediaType.rawValue, document.width,
            document.height, document.uploadedAt, document.blob.text, document.digest, document.reading.rawValue,
            content,
        ]
    }
}

extension DocumentRecord {
    init(row: Row) throws {
        guard let kind = Document.Kind(rawValue: try row.get("kind")),
            let mediaType = PictureFormat(rawValue: try row.get("media_type")),
            let blob = BlobName(try row.get("blob")), let reading = ReadingState(rawValue: try row.get("reading"))
        else { throw UnreadableColumn(column: "kind, media_type, blob or reading", type: "Document") }
        document = Document(
            id: try row.get("id"), person: try row.get("person"), kind: kind, mediaType: mediaType,
            width: try row.get("width"), height: try row.get("height"), uploadedAt: try row.get("uploaded_at"),
            blob: blob, digest: try row.get("digest"), reading: reading)
        stream = try row.get("stream")
        content = try row.get("content")
    }
}

struct DocumentStore {
    func find(_ id: ID<Document>, in tx: borrowing Transaction) throws -> DocumentRecord? {
        try tx.first("SELECT \(columns: DocumentRecord.table) FROM \(DocumentRecord.table) WHERE id = \(id)")
    }
}

extension DocumentStore {
    /// All pictures, the oldest first.
    func all(in tx: borrowing Transaction) throws -> [ID<Document>] {
        try tx.rows("SELECT id FROM \(DocumentRecord.table) ORDER BY id").map { try $0.get("id") }
    }
}

enum DocumentMigrations {
    static let all = [
        Migration(
            "documents", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS documents")",
                """
                CREATE TABLE \(DocumentRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    person TEXT NOT NULL,
                    stream TEXT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('licence', 'other')),
                    media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
                    width \(SQL.bigint) NOT NULL CHECK (width > 0),
                    height \(SQL.bigint) NOT NULL CHECK (height > 0),
                    uploaded_at \(SQL.bigint) NOT NULL,
                    blob TEXT NOT NULL UNIQUE,
                    digest \(SQL.bytes) NOT NULL,
                    reading TEXT NOT NULL CHECK (reading IN ('not_needed', 'waiting', 'read', 'failed', 'unavailable')),
                    content \(SQL.bytes),
                    CHECK ((content IS NOT NULL) = (reading = 'read'))) \(SQL.strict)
                """,
                "CREATE INDEX documents_person ON \(DocumentRecord.table) (person)",
            ])
    ]
}
