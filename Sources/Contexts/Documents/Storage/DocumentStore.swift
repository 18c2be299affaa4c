import Accounts
import Database
import Kernel
import Sealing

struct DocumentRecord: Record {
    static let table = Table(
        "documents", "pictures", key: ["id"],
        columns: [
            "id", "person", "stream", "kind", "media_type", "width", "height", "uploaded_at", "file", "original",
            "digest", "reading", "content",
        ])

    let document: Document
    /// The stream in which the end of the reading is told.
    let stream: String
    /// What was read, as sealed JSON.
    let content: Sealed?

    var values: [any SQLConvertible] {
        [
            document.id, document.person, stream, document.kind.rawValue, document.mediaType.rawValue, document.width,
            document.height, document.uploadedAt, document.file, document.original, document.digest,
            document.reading.rawValue, content,
        ]
    }
}

extension DocumentRecord {
    init(row: Row) throws {
        guard let kind = Document.Kind(rawValue: try row.get("kind")),
            let mediaType = PictureFormat(rawValue: try row.get("media_type")),
            let reading = ReadingState(rawValue: try row.get("reading"))
        else { throw UnreadableColumn(column: "kind, media_type or reading", type: "Document") }
        document = Document(
            id: try row.get("id"), person: try row.get("person"), kind: kind, mediaType: mediaType,
            width: try row.get("width"), height: try row.get("height"), uploadedAt: try row.get("uploaded_at"),
            file: try row.get("file"), original: try row.get("original"), digest: try row.get("digest"),
            reading: reading)
        stream = try row.get("stream")
        content = try row.get("content")
    }
}

struct DocumentStore {
    func find(_ id: ID<Document>, in tx: borrowing Transaction) throws -> DocumentRecord? {
        try tx.first("SELECT \(columns: DocumentRecord.table) FROM \(DocumentRecord.table) WHERE id = \(id)")
    }

    func beingRead(among ids: [String], in tx: borrowing Transaction) throws -> Set<String> {
        guard !ids.isEmpty else { return [] }
        let rows = try tx.rows(
            "SELECT id FROM \(DocumentRecord.table) WHERE id IN (\(list: ids)) AND reading = \(ReadingState.waiting.rawValue)"
        )
        return Set(try rows.map { try $0.get("id") })
    }

    /// All pictures, the oldest first.
    func all(in tx: borrowing Transaction) throws -> [ID<Document>] {
        try tx.rows("SELECT id FROM \(DocumentRecord.table) ORDER BY id").map { try $0.get("id") }
    }

    /// Takes a document away that nobody names any more, with what was read from it. Its files stay until a moment.
    func remove(
        _ id: ID<Document>, of person: ID<Person>, stream: String, keepingFilesUntil moment: Instant, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        guard let record = try find(id, in: tx), record.document.person == person, record.stream == stream else {
            return
        }
        let document = record.document
        let files = [document.file] + (document.original.map { [$0] } ?? [])
        try tx.run(
            """
            UPDATE \(StoredFileRecord.table) SET kept_until = \(moment)
            WHERE id IN (\(list: files)) AND person = \(person)
            """)
        // What was cut out of it stays as long, and is then a file that no document names.
        let crops: [CropRecord] = try tx.all(
            "SELECT \(columns: CropRecord.table) FROM \(CropRecord.table) WHERE document = \(id)")
        for crop in crops {
            let file = StoredFile(id: .new(at: now), person: person, blob: crop.blob)
            try tx.insert(StoredFileRecord(file: file, index: nil, keptUntil: moment))
        }
        try tx.run("DELETE FROM \(CropRecord.table) WHERE document = \(id)")
        try tx.run("DELETE FROM \(DocumentRecord.table) WHERE id = \(id)")
    }
}
