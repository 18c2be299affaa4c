import Accounts
import Blobs
import Database
import Kernel

struct StoredFileRecord: Record {
    static let table = Table(
        "documents", "files", key: ["id"], columns: ["id", "person", "blob", "content_index", "kept_until"])

    let file: StoredFile
    /// A blind index of the person and the content, by which a second copy is known; nil for files of before it was kept.
    let index: [UInt8]?
    /// Until when it is kept although no document may name it.
    let keptUntil: Instant

    var values: [any SQLConvertible] { [file.id, file.person, file.blob.text, index, keptUntil] }
}

extension StoredFileRecord {
    init(row: Row) throws {
        guard let blob = BlobName(try row.get("blob")) else { throw UnreadableColumn(column: "blob", type: "BlobName") }
        file = StoredFile(id: try row.get("id"), person: try row.get("person"), blob: blob)
        index = try row.get("content_index")
        keptUntil = try row.get("kept_until")
    }
}

/// The file of one field of a picture, kept beside the reading that names it.
struct CropRecord: Record {
    static let table = Table("documents", "crops", key: ["blob"], columns: ["blob", "document"])

    let blob: BlobName
    let document: ID<Document>

    var values: [any SQLConvertible] { [blob.text, document] }
}

extension CropRecord {
    init(row: Row) throws {
        guard let blob = BlobName(try row.get("blob")) else { throw UnreadableColumn(column: "blob", type: "BlobName") }
        self.blob = blob
        document = try row.get("document")
    }
}

struct StoredFileStore {
    func find(_ id: ID<StoredFile>, in tx: borrowing Transaction) throws -> StoredFile? {
        let record: StoredFileRecord? = try tx.first(
            "SELECT \(columns: StoredFileRecord.table) FROM \(StoredFileRecord.table) WHERE id = \(id)")
        return record?.file
    }

    /// The person's file of this content, kept for a while even if its last document goes meanwhile.
    func lease(_ index: [UInt8], of person: ID<Person>, until moment: Instant, in tx: borrowing Transaction) throws
        -> StoredFile?
    {
        let record: StoredFileRecord? = try tx.first(
            """
            SELECT \(columns: StoredFileRecord.table) FROM \(StoredFileRecord.table)
            WHERE person = \(person) AND content_index = \(index)
            """)
        guard let record else { return nil }
        try tx.run("UPDATE \(StoredFileRecord.table) SET kept_until = \(moment) WHERE id = \(record.file.id)")
        return record.file
    }
}
