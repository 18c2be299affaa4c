import Accounts
import Blobs
import Crypto
import Database
import Foundation
import Kernel
import Sealing
import Work

/// Reads one picture and keeps what was found, sealed.
struct ReadPicture: Sendable {
    let database: any Database
    let blobs: any BlobStore
    let vault: Vault
    let reader: any PictureReader
    let clock: any WallClock
    let store = DocumentStore()
    let files = StoredFileStore()

    struct Payload: Codable, Sendable {
        let document: ID<Document>
    }

    /// After this the applicant has long gone on without the reading.
    private static let patience = Duration.seconds(180)

    static let kind = JobKind<Payload>("documents.read-picture")

    var handler: JobHandler {
        JobHandler(
            Self.kind, maximumAttempts: 4,
            run: { payload, _ in try await run(payload.document) },
            giveUp: { payload in try await finish(payload.document, .failed, nil) })
    }

    private func run(_ id: ID<Document>) async throws {
        let found = try await database.read { [store, files, vault] tx -> (Document, StoredFile, OwnerKey)? in
            guard let record = try store.find(id, in: tx), record.document.reading == .waiting,
                let file = try files.find(record.document.file, in: tx)
            else { return nil }
            return (record.document, file, try vault.existingKey(for: record.document.person.keyOwner, in: tx))
        }
        // Already read, as a job may run twice; or replaced before it was.
        guard let (document, file, key) = found else { return }
        do {
            let sealed = try await blobs.get(file.blob)
            let picture = try key.open(sealed, place: Documents.picturePlace, row: file.id.text).reveal()
            let reading = try await reader.read(picture)
            try await keep(reading, of: document, under: key)
        } catch let fault as PictureReaderFault {
            switch fault {
            case .unavailable: try await finish(id, .unavailable, nil)
            case .unreadable: try await finish(id, .failed, nil)
            case .busy: try await later(document)
            }
        } catch BlobFault.unavailable {
            // Nothing is wrong with the picture: the store is away.
            try await later(document)
        }
    }

    /// Puts the reading off through no fault of the picture's, for as long as somebody may wait for it.
    private func later(_ document: Document) async throws {
        guard clock.now.since(document.uploadedAt) > Self.patience else { throw Later(after: .seconds(5)) }
        try await finish(document.id, .unavailable, nil)
    }
}

extension ReadPicture {
    private func keep(_ reading: PictureReading, of document: Document, under key: OwnerKey)
        async throws(PictureReaderFault)
    {
        do {
            guard !reading.fields.isEmpty else { return try await finish(document.id, .failed, nil) }
            var fields: [String: ReadField] = [:]
            var crops: [BlobName] = []
            for (name, field) in reading.fields {
                var kept = field
                if !field.crop.isEmpty {
                    let crop = try key.seal(field.crop, place: Documents.cropPlace, row: document.id.text)
                    let blob = try await blobs.put(crop)
                    crops.append(blob)
                    kept.cropBlob = blob.text
                    kept.crop = []
                }
                fields[name] = kept
            }
            let json = try JSONEncoder().encode(PictureReading(kind: reading.kind, fields: fields))
            try await finish(
                document.id, .read, try key.seal(json, place: Documents.contentPlace, row: document.id.text),
                crops: crops)
        } catch {
            // A full disk or a busy database is no fault of the picture: the job tries again.
            throw .busy
        }
    }

    private func finish(
        _ id: ID<Document>, _ state: ReadingState, _ content: Sealed?, crops: [BlobName] = []
    ) async throws {
        let now = clock.now
        try await database.write { [store] tx in
            guard let record = try store.find(id, in: tx), record.document.reading == .waiting else { return }
            var document = record.document
            document.finish(state)
            try tx.update(DocumentRecord(document: document, stream: record.stream, content: content))
            for crop in crops { try tx.insert(CropRecord(blob: crop, document: id)) }
            try tx.emit(DocumentRead(document: id, state: state, streamText: record.stream), at: now)
        }
    }
}
