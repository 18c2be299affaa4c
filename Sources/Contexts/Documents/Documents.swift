package import Accounts
package import Blobs
import Crypto
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
    let clock: any WallClock
    /// Whether reviewers may see the pictures that were told of in a stream; asked of the context downstream.
    let mayReview: ReviewRight
    let store = DocumentStore()

    /// Tells whether what a stream is about was handed in for review.
    package typealias ReviewRight = @Sendable (EventStream, borrowing Transaction) throws -> Bool

    static let picturePlace: StaticString = "documents.picture"
    static let cropPlace: StaticString = "documents.crop"
    static let contentPlace: StaticString = "documents.content"

    package init(
        database: any Database, blobs: any BlobStore, vault: Vault, reader: any PictureReader, clock: any WallClock,
        mayReview: @escaping ReviewRight
    ) {
        self.database = database
        self.blobs = blobs
        self.vault = vault
        self.reader = reader
        self.clock = clock
        self.mayReview = mayReview
    }

    package static let migrations = DocumentMigrations.all
    package static let tables = [DocumentRecord.table]

    package var jobs: [JobHandler] {
        [ReadPicture(database: database, blobs: blobs, vault: vault, reader: reader, clock: clock).handler]
    }

    package func addRoutes(to router: some RouterMethods<WebContext>) {
        DocumentRoutes(documents: self).add(to: router)
    }

    /// A picture that was checked and kept, and that no row names yet.
    package struct Upload: Sendable {
        package let document: Document
        fileprivate init(_ document: Document) { self.document = document }
    }

    /// Checks a picture by its bytes, seals it and keeps it.
    ///
    /// - Throws: `UploadRefusal`.
    package func take(_ bytes: ArraySlice<UInt8>, kind: Document.Kind, from person: ID<Person>) async throws -> Upload {
        let header = try PictureHeader(bytes)
        let now = clock.now
        let key = try await database.write { [vault] tx in try vault.key(for: person.keyOwner, at: now, in: tx) }
        let id = ID<Document>.new(at: now)
        let blob = try await blobs.put(try key.seal(Array(bytes), place: Self.picturePlace, row: id.text))
        let digest = try key.seal(Array(SHA256.hash(data: bytes)), place: "documents.digest", row: id.text)
        return Upload(
            Document(
                id: id, person: person, kind: kind, mediaType: header.format, width: header.width,
                height: header.height, uploadedAt: now, blob: blob, digest: digest,
                reading: kind == .licence ? .waiting : .notNeeded))
    }

    /// Notes a kept picture, and has it read if it is one that is read.
    ///
    /// - Parameter stream: where `DocumentRead` is told.
    package func attach(_ upload: Upload, telling stream: EventStream, at now: Instant, in tx: borrowing Transaction)
        throws
    {
        let document = upload.document
        try tx.insert(DocumentRecord(document: document, stream: stream.text, content: nil))
        guard document.reading == .waiting else { return }
        try tx.enqueue(ReadPicture.kind, .init(document: document.id), key: document.id.text, at: now)
    }

    /// A picture's row.
    package func document(_ id: ID<Document>, in tx: borrowing Transaction) throws -> Document? {
        try store.find(id, in: tx)?.document
    }

    /// What was read from a picture; `nil` if it was not read.
    package func reading(of id: ID<Document>, in tx: borrowing Transaction) throws -> Secret<PictureReading>? {
        guard let record = try store.find(id, in: tx), let content = record.content else { return nil }
        let key = try vault.existingKey(for: record.document.person.keyOwner, in: tx)
        let json = try key.open(content, place: Self.contentPlace, row: id.text).reveal()
        return Secret(try JSONDecoder().decode(PictureReading.self, from: Data(json)))
    }

    /// The bytes of a kept file.
    func open(_ blob: BlobName, of document: Document, place: StaticString) async throws -> [UInt8] {
        let key = try await database.read { [vault] tx in
            try vault.existingKey(for: document.person.keyOwner, in: tx)
        }
        return try key.open(try await blobs.get(blob), place: place, row: document.id.text).reveal()
    }
}
