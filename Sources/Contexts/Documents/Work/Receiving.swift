import Accounts
import Blobs
import Database
import Foundation
import Kernel
import Sealing

/// Uploads in parts. Nothing of them is in memory between two requests, so any server may take the next part.
extension Documents {
    static let partPlace: StaticString = "documents.part"

    /// What a part is sealed with besides its place, so that parts can't be exchanged.
    static func partRow(_ upload: ID<ResumableUpload>, _ position: Int) -> String { "\(upload)/\(position)" }

    /// - Throws: `ResumableUploadRefusal`.
    func beginUpload(length: Int, of person: ID<Person>) async throws -> ResumableUpload {
        let now = clock.now
        return try await database.write { [uploads] tx in
            let upload = try ResumableUpload(
                length: length, of: person, besides: try uploads.open(of: person, at: now, in: tx), at: now)
            try tx.insert(UploadRecord(upload: upload))
            return upload
        }
    }

    func upload(_ id: ID<ResumableUpload>, of person: ID<Person>) async throws -> ResumableUpload {
        let now = clock.now
        let found = try await database.read { [uploads] tx in try uploads.find(id, of: person, at: now, in: tx) }
        guard let found else { throw ResumableUploadRefusal.gone }
        return found
    }

    /// Keeps a part, sealed. Returns when it would survive the loss of power.
    ///
    /// - Throws: `ResumableUploadRefusal`, `BlobFault`.
    func add(_ bytes: [UInt8], at position: Int, to id: ID<ResumableUpload>, of person: ID<Person>) async throws
        -> ResumableUpload
    {
        // Asked before anything is written, and again in the transaction that notes it.
        var before = try await upload(id, of: person)
        try before.add(bytes.count, at: position, now: clock.now)
        guard !bytes.isEmpty else { return before }
        let now = clock.now
        let key = try await database.write { [vault] tx in try vault.key(for: person.keyOwner, at: now, in: tx) }
        let blob = try await blobs.put(try key.seal(bytes, place: Self.partPlace, row: Self.partRow(id, position)))
        return try await database.write { [uploads] tx in
            guard var upload = try uploads.find(id, of: person, at: now, in: tx) else {
                throw ResumableUploadRefusal.gone
            }
            try upload.add(bytes.count, at: position, now: now)
            try tx.insert(UploadPartRecord(upload: id, position: position, length: bytes.count, blob: blob))
            try tx.update(UploadRecord(upload: upload))
            return upload
        }
    }

    /// Forgets an upload; its parts go with the next sweep.
    func endUpload(_ id: ID<ResumableUpload>, of person: ID<Person>) async throws {
        let now = clock.now
        try await database.write { [uploads] tx in
            guard try uploads.find(id, of: person, at: now, in: tx) != nil else { throw ResumableUploadRefusal.gone }
            try uploads.remove(id, in: tx)
        }
    }
}
