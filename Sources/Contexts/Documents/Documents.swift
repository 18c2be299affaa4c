package import Accounts
package import Blobs
package import Database
import Foundation
package import Hummingbird
package import Kernel
package import Sealing
package import Web
package import Work

/// The front of this context: takes pictures in, has them read, and shows them to those who may see them.
package struct Documents: Sendable {
    let database: any Database
    let blobs: any BlobStore
    let vault: Vault
    let reader: any PictureReader
    /// Nil where HEIC photos are not taken.
    let converter: (any PictureConverter)?
    let clock: any WallClock
    /// Whether reviewers may see the pictures that were told of in a stream; asked of the context downstream.
    let mayReview: ReviewRight
    let store = DocumentStore()
    let files = StoredFileStore()
    let uploads = UploadStore()

    /// Tells whether what a stream is about was handed in for review.
    package typealias ReviewRight = @Sendable (EventStream, borrowing Transaction) throws -> Bool

    static let picturePlace: StaticString = "documents.picture"
    static let cropPlace: StaticString = "documents.crop"
    static let contentPlace: StaticString = "documents.content"

    package init(
        database: any Database, blobs: any BlobStore, vault: Vault, reader: any PictureReader,
        converter: (any PictureConverter)? = nil, clock: any WallClock, mayReview: @escaping ReviewRight
    ) {
        self.database = database
        self.blobs = blobs
        self.vault = vault
        self.reader = reader
        self.converter = converter
        self.clock = clock
        self.mayReview = mayReview
    }

    package static let migrations = DocumentMigrations.all
    /// Those that others refer to come first.
    package static let tables = [
        StoredFileRecord.table, DocumentRecord.table, CropRecord.table, UploadRecord.table, UploadPartRecord.table,
        SweepStore.days,
    ]

    package var jobs: [JobHandler] {
        [ReadPicture(database: database, blobs: blobs, vault: vault, reader: reader, clock: clock).handler]
    }

    package func addRoutes(to router: some RouterMethods<WebContext>) {
        DocumentRoutes(documents: self).add(to: router)
        UploadRoutes(documents: self).add(to: router)
    }

    /// Takes a document away that its stream does not name any more, with what was read from it. Its files go a day
    /// later, unless another document of the person names them: a backup's rows are older than its files.
    package func release(
        _ id: ID<Document>, of person: ID<Person>, told stream: EventStream, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        try store.remove(id, of: person, stream: stream.text, keepingFilesUntil: now + Self.grace, at: now, in: tx)
    }

    /// A picture's row.
    package func document(_ id: ID<Document>, in tx: borrowing Transaction) throws -> Document? {
        try store.find(id, in: tx)?.document
    }

    /// Those of the documents with these ids that are being read.
    package func beingRead(among ids: [String], in tx: borrowing Transaction) throws -> Set<String> {
        try store.beingRead(among: ids, in: tx)
    }

    /// What was read from a picture; `nil` if it was not read.
    package func reading(of id: ID<Document>, in tx: borrowing Transaction) throws -> Secret<PictureReading>? {
        guard let record = try store.find(id, in: tx), let content = record.content else { return nil }
        let key = try vault.existingKey(for: record.document.person.keyOwner, in: tx)
        let json = try key.open(content, place: Self.contentPlace, row: id.text).reveal()
        return Secret(try JSONDecoder().decode(PictureReading.self, from: Data(json)))
    }

    /// The picture of a document, as it is shown.
    func picture(of document: Document) async throws -> [UInt8] {
        let (key, file) = try await database.read { [vault, files] tx in
            (try vault.existingKey(for: document.person.keyOwner, in: tx), try files.find(document.file, in: tx))
        }
        guard let file else { throw Problem.notFound }
        return try key.open(try await blobs.get(file.blob), place: Self.picturePlace, row: file.id.text).reveal()
    }

    /// The picture of one field that was read from a document.
    func crop(_ blob: BlobName, of document: Document) async throws -> [UInt8] {
        let key = try await database.read { [vault] tx in
            try vault.existingKey(for: document.person.keyOwner, in: tx)
        }
        return try key.open(try await blobs.get(blob), place: Self.cropPlace, row: document.id.text).reveal()
    }
}
