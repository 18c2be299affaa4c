package import Accounts
import Blobs
import Crypto
package import Database
import Foundation
package import Kernel
import Sealing
package import Work

/// How pictures come in: checked by their bytes, sealed, kept once for each person, and noted in the caller's
/// transaction.
extension Documents {
    /// A picture that was checked and kept, and that no document's row names yet.
    package struct Upload: Sendable {
        package let document: Document
        /// The upload that it came in, if it came in parts.
        let source: ID<ResumableUpload>?
        /// Whether it was noted before: the request is a repetition of one whose answer was lost.
        let isKnown: Bool
    }

    /// Checks a picture by its bytes, seals it and keeps it. One that the person has handed in before is kept once.
    ///
    /// - Throws: `UploadRefusal`, `BlobFault`.
    package func take(_ bytes: ArraySlice<UInt8>, kind: Document.Kind, from person: ID<Person>) async throws -> Upload {
        try await take(Array(bytes), kind: kind, from: person, source: nil)
    }

    /// The same for a picture that came in parts.
    ///
    /// - Parameter id: the upload's id, as the browser sent it.
    /// - Throws: `UploadRefusal`, `BlobFault`, a problem if the upload is not complete, expired or somebody else's.
    package func take(upload id: String, kind: Document.Kind, from person: ID<Person>) async throws -> Upload {
        let now = clock.now
        guard let id = ID<ResumableUpload>(id) else { throw ResumableUploadRefusal.gone }
        let found = try await database.read { [uploads, store, vault] tx -> Arrived? in
            guard let upload = try uploads.find(id, of: person, at: now, in: tx) else { return nil }
            if let document = try upload.document.flatMap({ try store.find($0, in: tx)?.document }) {
                return .before(document)
            }
            guard upload.isComplete, upload.document == nil else { return .incomplete }
            return .parts(try uploads.parts(of: id, in: tx), try vault.existingKey(for: person.keyOwner, in: tx))
        }
        switch found {
        case nil: throw ResumableUploadRefusal.gone
        case .incomplete: throw ResumableUploadRefusal.incomplete
        case .before(let document): return Upload(document: document, source: id, isKnown: true)
        case .parts(let parts, let key):
            var bytes: [UInt8] = []
            for part in parts {
                bytes += try key.open(
                    try await blobs.get(part.blob), place: Self.partPlace, row: Self.partRow(id, part.position)
                ).reveal()
            }
            return try await take(bytes, kind: kind, from: person, source: id)
        }
    }

    private enum Arrived: Sendable {
        case before(Document)
        case incomplete
        case parts([UploadPartRecord], OwnerKey)
    }

    /// Notes a kept picture, and has it read if it is one that is read.
    ///
    /// - Parameter stream: where `DocumentRead` is told.
    package func attach(_ upload: Upload, telling stream: EventStream, at now: Instant, in tx: borrowing Transaction)
        throws
    {
        guard !upload.isKnown else { return }
        let document = upload.document
        try tx.insert(DocumentRecord(document: document, stream: stream.text, content: nil))
        if let source = upload.source,
            var finished = try uploads.find(source, of: document.person, at: now, in: tx)
        {
            finished.finish(as: document.id)
            try tx.update(UploadRecord(upload: finished))
        }
        guard document.reading == .waiting else { return }
        try tx.enqueue(ReadPicture.kind, .init(document: document.id), key: document.id.text, at: now)
    }

    private func take(
        _ sent: [UInt8], kind: Document.Kind, from person: ID<Person>, source: ID<ResumableUpload>?
    ) async throws -> Upload {
        let picture = try await readable(sent)
        let now = clock.now
        let file = try await keep(picture.bytes, of: person)
        let original = picture.isConverted ? try await keep(sent, of: person) : nil
        let id = ID<Document>.new(at: now)
        let key = try await database.read { [vault] tx in try vault.existingKey(for: person.keyOwner, in: tx) }
        let digest = try key.seal(
            Array(SHA256.hash(data: picture.isConverted ? sent : picture.bytes)), place: "documents.digest",
            row: id.text)
        let document = Document(
            id: id, person: person, kind: kind, mediaType: picture.header.format, width: picture.header.width,
            height: picture.header.height, uploadedAt: now, file: file.id, original: original?.id, digest: digest,
            reading: kind == .licence ? .waiting : .notNeeded)
        return Upload(document: document, source: source, isKnown: false)
    }

    private struct Picture {
        let header: PictureHeader
        let bytes: [UInt8]
        let isConverted: Bool
    }

    /// The picture in a form that every browser shows, without what stands behind its end.
    private func readable(_ sent: [UInt8]) async throws -> Picture {
        do throws(UploadRefusal) {
            let header = try PictureHeader(sent)
            return Picture(header: header, bytes: Array(sent.prefix(header.length)), isConverted: false)
        } catch {
            guard error == .heic, let converter else { throw error }
            let jpeg: [UInt8]
            do throws(PictureConverterFault) {
                jpeg = try await converter.jpeg(fromHEIC: sent)
            } catch {
                switch error {
                case .unavailable: throw UploadRefusal.heic
                case .damaged: throw UploadRefusal.damaged
                case .tooManyPixels: throw UploadRefusal.tooManyPixels
                }
            }
            return Picture(header: try PictureHeader(jpeg), bytes: jpeg, isConverted: true)
        }
    }

    /// Seals bytes and keeps them, or finds that the person has them here already.
    private func keep(_ bytes: [UInt8], of person: ID<Person>) async throws -> StoredFile {
        let now = clock.now
        let index = vault.blindIndex("\(person)/\(ContentHash.hex(of: bytes))", domain: "documents.file")
        let (key, known) = try await database.write { [vault, files] tx in
            (
                try vault.key(for: person.keyOwner, at: now, in: tx),
                try files.lease(index, of: person, until: now + StoredFile.lease, in: tx)
            )
        }
        if let known { return known }
        let id = ID<StoredFile>.new(at: now)
        let blob = try await blobs.put(try key.seal(bytes, place: Self.picturePlace, row: id.text))
        let file = try await database.write { [files] tx in
            // The same picture may have come in twice at once.
            if let known = try files.lease(index, of: person, until: now + StoredFile.lease, in: tx) { return known }
            let file = StoredFile(id: id, person: person, blob: blob)
            try tx.insert(StoredFileRecord(file: file, index: index, keptUntil: now + StoredFile.lease))
            return file
        }
        if file.blob != blob { try await blobs.remove(blob) }
        return file
    }
}
