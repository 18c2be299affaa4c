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

@Suite("Files that nobody names")
struct SweepTests {
    static let longer = Duration.seconds(25 * 3_600)

    @Test("The same photo of one person is kept once, of two people twice")
    func shared() async throws {
        let world = try await World()
        let (one, two) = (ID<Person>.new(at: world.clock.now), ID<Person>.new(at: world.clock.now))
        let first = try await world.upload(.other, from: one)
        let second = try await world.upload(.other, from: one)
        #expect(first != second, "each field has a document of its own")
        #expect(try await world.count() == 1)
        _ = try await world.upload(.other, from: two)
        #expect(try await world.count() == 2)
    }

    @Test("A shared file goes with the last document that names it")
    func counted() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let ids = [try await world.upload(.other, from: person), try await world.upload(.other, from: person)]
        try await world.release(ids[0], of: person)
        world.clock.advance(by: Self.longer)
        try await world.documents.sweep()
        let left = try #require(try await world.document(ids[1]))
        #expect(try await world.documents.picture(of: left) == PictureBytes.jpeg(width: 1_600, height: 1_200))
        try await world.release(ids[1], of: person)
        #expect(try await world.documents.sweep() == 0, "a backup may still name it")
        world.clock.advance(by: Self.longer)
        #expect(try await world.documents.sweep() == 1)
        #expect(try await world.count() == 0)
    }

    @Test("A replaced licence goes with what was cut out of it, and only the one who told of it may let it go")
    func replaced() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let id = try await world.upload(.licence, from: person)
        _ = try await world.runner.pass()
        #expect(try await world.count() == 2)
        try await world.release(id, of: .new(at: world.clock.now))
        #expect(try await world.document(id) != nil, "somebody else's word is none")
        try await world.release(id, of: person)
        #expect(try await world.document(id) == nil)
        world.clock.advance(by: Self.longer)
        #expect(try await world.documents.sweep() == 2)
        #expect(try await world.count() == 0)
    }

    @Test("A photo that was kept a moment ago stays until its row is written")
    func young() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let upload = try await world.documents.take(
            PictureBytes.jpeg(width: 1_600, height: 1_200)[...], kind: .other, from: person)
        let orphan = try await world.blobs.put(Sealed(bytes: [1, 2, 3]))
        try await world.documents.sweep()
        #expect(try await world.count() == 2)
        let id = try await world.attach(upload)
        world.clock.advance(by: Self.longer)
        #expect(try await world.documents.sweep() == 1)
        await #expect(throws: MissingBlob.self) { try await world.blobs.get(orphan) }
        let kept = try #require(try await world.document(id))
        _ = try await world.documents.picture(of: kept)
    }

    @Test("A photo that comes back while its last document goes is not lost")
    func leased() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let first = try await world.upload(.other, from: person)
        world.clock.advance(by: Self.longer)
        let upload = try await world.documents.take(
            PictureBytes.jpeg(width: 1_600, height: 1_200)[...], kind: .other, from: person)
        try await world.release(first, of: person)
        try await world.documents.sweep()
        let second = try await world.attach(upload)
        let kept = try #require(try await world.document(second))
        _ = try await world.documents.picture(of: kept)
    }

    @Test("Through the whole store it goes once a day, whoever does it")
    func daily() async throws {
        let world = try await World()
        world.clock.advance(by: Self.longer)
        _ = try await world.blobs.put(Sealed(bytes: [1]))
        #expect(try await world.documents.sweep() == 1)
        _ = try await world.blobs.put(Sealed(bytes: [2]))
        #expect(try await world.documents.sweep() == 0)
        world.clock.advance(by: Self.longer)
        #expect(try await world.documents.sweep() == 1)
    }

    @Test("A file that has its document is looked at once, however often is swept, and still goes with it")
    func settled() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let id = try await world.upload(.other, from: person)
        #expect(try await world.dueFiles() == 0)
        world.clock.advance(by: Self.longer)
        #expect(try await world.dueFiles() == 1)
        #expect(try await world.documents.sweep() == 0)
        world.clock.advance(by: Self.longer)
        #expect(try await world.dueFiles() == 0, "a sweep costs nothing for files that stay")
        try await world.release(id, of: person)
        world.clock.advance(by: Self.longer)
        #expect(try await world.documents.sweep() == 1)
    }

    @Test("Many files go in one sweep, and a large folder is compared with the rows in portions")
    func many() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let kept = try await world.upload(.other, from: person)
        let now = world.clock.now
        // More rows than are looked at in one go, and more files in one folder than a statement takes values.
        try await world.test.database.write { tx in
            for number in 0..<450 {
                let name = String(repeating: "0", count: 28) + String(1_000 + number)
                try tx.insert(
                    StoredFileRecord(
                        file: StoredFile(id: .new(at: now), person: person, blob: try #require(BlobName(name))),
                        index: nil, keptUntil: now))
            }
        }
        let folder = world.test.folder.appending(path: "blobs/ab")
        for number in 0..<12_000 {
            let name = "ab" + String(repeating: "0", count: 24) + String(100_000 + number)
            #expect(FileManager.default.createFile(atPath: folder.appending(path: name).path, contents: nil))
        }
        world.clock.advance(by: Self.longer)
        #expect(try await world.documents.sweep() == 12_450)
        let left = try #require(try await world.document(kept))
        _ = try await world.documents.picture(of: left)
    }

    @Test("Uploads that were given up go with their parts after a day")
    func uploads() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let upload = try await world.documents.beginUpload(length: 10, of: person)
        _ = try await world.documents.add([1, 2, 3], at: 0, to: upload.id, of: person)
        try await world.documents.sweep()
        #expect(try await world.count() == 1)
        world.clock.advance(by: Self.longer)
        #expect(try await world.documents.sweep() == 1)
        await #expect(throws: ResumableUploadRefusal.gone) {
            _ = try await world.documents.upload(upload.id, of: person)
        }
    }
}
