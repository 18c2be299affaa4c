import Accounts
import Blobs
import Database
import Foundation
import Kernel
import Sealing
import TestSupport
import Testing
import Work

@testable import Documents

@Suite("Pictures of before files were shared")
struct MigrationTests {
    @Test("They are found, opened and released as before")
    func taken() async throws {
        let test = try await TestDatabase(
            SealingMigrations.all + WorkMigrations.all + Documents.migrations.filter { $0.number == 1 })
        let (clock, vault) = (ManualClock(SystemClock().now), Vault(.forTesting()))
        let (person, id) = (ID<Person>.new(at: clock.now), ID<Document>.new(at: clock.now))
        let blobs = try FolderBlobStore(folder: test.folder.appending(path: "blobs"))
        let picture = PictureBytes.jpeg(width: 1_600, height: 1_200)
        let key = try await test.database.write { tx in try vault.key(for: person.keyOwner, at: .example, in: tx) }
        let blob = try await blobs.put(try key.seal(picture, place: "documents.picture", row: id.text))
        try await test.database.write { tx in
            try tx.run(
                """
                INSERT INTO \(sqlite: "documents_documents", postgres: "documents.documents") (id, person, stream, kind, media_type, width, height, uploaded_at, blob,
                    digest, reading, content)
                VALUES (\(id), \(person), 'application/a', 'other', 'image/jpeg', 1600, 1200, 0, \(blob.text),
                    \([UInt8]([1])), 'not_needed', NULL)
                """)
        }
        test.changesSchema()
        try await test.database.migrate(Documents.migrations, at: .example)
        let documents = Documents(
            database: test.database, blobs: blobs, vault: vault, reader: ScriptedReader(), clock: clock,
            mayReview: { _, _ in true })
        let found = try await test.database.read { tx in try documents.document(id, in: tx) }
        let document = try #require(found)
        #expect(try await documents.picture(of: document) == picture)
        try await test.database.write { tx in
            try documents.release(
                id, of: person, told: EventStream(kind: "application", id: "a"), at: clock.now, in: tx)
        }
        clock.advance(by: Documents.grace)
        #expect(try await documents.sweep() == 1)
    }
}
