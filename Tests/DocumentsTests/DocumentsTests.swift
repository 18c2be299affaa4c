import Accounts
import Blobs
import Database
import Foundation
import Kernel
import Logging
import Sealing
import Synchronization
import TestSupport
import Testing
import Work

@testable import Documents

@Suite("Pictures")
struct DocumentsTests {
    static let executable: [UInt8] = Array("MZ".utf8) + [UInt8](repeating: 0, count: 100)
    static let heic: [UInt8] = [0, 0, 0, 24] + Array("ftypheic".utf8) + [UInt8](repeating: 0, count: 64)
    static let refused: [(bytes: [UInt8], refusal: UploadRefusal)] = [
        ([], .empty),
        (Array("<svg onload=alert(1)>".utf8), .notAPicture),
        (executable, .notAPicture),
        (heic, .heic),
        ([0xFF, 0xD8, 0xFF, 0xE0], .damaged),
        (Array(PictureBytes.jpeg(width: 800, height: 600).dropLast(2)), .damaged),
        (Array(PictureBytes.png(width: 800, height: 600).dropLast(1)), .damaged),
        (PictureBytes.jpegOfTwoFrames, .damaged),
        (PictureBytes.jpegOfManyScans, .damaged),
        (PictureBytes.jpeg(width: 300, height: 200), .tooSmall),
        (PictureBytes.jpeg(width: 60_000, height: 60_000), .tooManyPixels),
        (PictureBytes.png(width: 20_000, height: 20_000), .tooManyPixels),
        (PictureBytes.png(width: 0, height: 500), .damaged),
        (PictureBytes.hugePNG, .tooManyPixels),
    ]

    @Test("A file is judged by its bytes, whatever it is called", arguments: refused)
    func refusals(bytes: [UInt8], refusal: UploadRefusal) {
        #expect(throws: refusal) { try PictureHeader(bytes) }
    }

    @Test(
        "A photo of a camera is taken",
        arguments: [PictureBytes.jpeg(width: 1_600, height: 1_200), PictureBytes.png(width: 800, height: 600)])
    func accepted(bytes: [UInt8]) throws {
        let header = try PictureHeader(bytes)
        #expect(header.width > header.height)
    }

    static let hidden: [[UInt8]] = [
        Array("PK\u{3}\u{4} an archive".utf8), Array("<html><script>alert(1)</script>".utf8), Array("GIF89a".utf8),
        [UInt8](repeating: 0, count: 4_096), PictureBytes.jpeg(width: 900, height: 900),
    ]

    @Test("What stands behind the end of a picture is no part of it", arguments: hidden.indices)
    func trailing(index: Int) throws {
        for picture in [PictureBytes.jpeg(width: 800, height: 600), PictureBytes.png(width: 800, height: 600)] {
            #expect(try PictureHeader(picture + Self.hidden[index]).length == picture.count)
        }
    }

    @Test("Pictures damaged anywhere are taken or refused, and never read beyond their end", arguments: 0..<300)
    func damaged(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return Int(state >> 33) % bound
        }
        var bytes =
            seed.isMultiple(of: 2)
            ? PictureBytes.jpeg(width: 800, height: 600) : PictureBytes.png(width: 800, height: 600)
        for _ in 0..<(1 + next(6)) { bytes[next(bytes.count)] = UInt8(next(256)) }
        if next(3) == 0 { bytes.removeLast(next(bytes.count)) }
        if let header = try? PictureHeader(bytes) { #expect(header.length <= bytes.count, "seed \(seed)") }
    }

    @Test("Random bytes never crash the reading of a header", arguments: 0..<200)
    func random(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 7
        var bytes: [UInt8] =
            seed.isMultiple(of: 2) ? [0xFF, 0xD8, 0xFF] : [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        for _ in 0..<300 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            bytes.append(UInt8(truncatingIfNeeded: state >> 33))
        }
        _ = try? PictureHeader(bytes)
    }

    @Test("A licence is read once, and what was read is sealed")
    func reading() async throws {
        let world = try await World()
        let id = try await world.upload(.licence)
        #expect(try await world.state(of: id) == .waiting)
        _ = try await world.runner.pass()
        #expect(try await world.state(of: id) == .read)
        let reading = try await world.test.database.read { tx in try world.documents.reading(of: id, in: tx)?.reveal() }
        #expect(reading?.fields["名称"]?.value == "杭州禾穗知食品有限公司")
        #expect(reading?.fields["名称"]?.cropBlob != nil)
        let files = try world.everyByteOnDisk()
        #expect(!files.contains(Array("杭州禾穗知食品有限公司".utf8)))
        #expect(!files.contains(PictureBytes.marker), "the picture itself is sealed")
    }

    @Test("Neither readings nor pictures can be exchanged between two documents of one person")
    func exchanged() async throws {
        let world = try await World()
        let person = ID<Person>.new(at: world.clock.now)
        let ids = [
            try await world.upload(.licence, from: person, width: 1_600),
            try await world.upload(.licence, from: person, width: 1_700),
        ]
        _ = try await world.runner.pass()
        try await world.test.database.write { tx in
            let kept = try tx.rows(
                "SELECT id, content FROM \(sqlite: "documents_pictures", postgres: "documents.pictures")")
            let contents = try kept.map { try $0.get("content", as: Sealed.self) }
            for (row, content) in zip(kept, contents.reversed()) {
                let id = try row.get("id", as: String.self)
                try tx.run(
                    "UPDATE \(sqlite: "documents_pictures", postgres: "documents.pictures") SET content = \(content) WHERE id = \(id)"
                )
            }
        }
        let found = try await world.test.database.read { [documents = world.documents] tx in
            try ids.compactMap { try documents.document($0, in: tx) }
        }
        let (one, two) = (try #require(found.first), try #require(found.last))
        await #expect(throws: OwnerKey.Unreadable.self) {
            try await world.test.database.read { [documents = world.documents] tx in
                _ = try documents.reading(of: one.id, in: tx)
            }
        }
        _ = try await world.documents.picture(of: one)
        // The two rows' sealed files change places.
        try await world.test.database.write { tx in
            let files = try tx.rows("SELECT id, blob FROM \(sqlite: "documents_files", postgres: "documents.files")")
            let (ids, blobs) = try (
                files.map { try $0.get("id", as: String.self) }, files.map { try $0.get("blob", as: String.self) }
            )
            try tx.run("UPDATE \(sqlite: "documents_files", postgres: "documents.files") SET blob = 'x' || blob")
            for (id, blob) in zip(ids, blobs.reversed()) {
                try tx.run(
                    "UPDATE \(sqlite: "documents_files", postgres: "documents.files") SET blob = \(blob) WHERE id = \(id)"
                )
            }
        }
        for document in [one, two] {
            await #expect(throws: OwnerKey.Unreadable.self) { _ = try await world.documents.picture(of: document) }
        }
    }

    @Test("All folders for files are there before the first file comes, so that each is known to be on the disk")
    func folders() async throws {
        let test = try await TestDatabase()
        let folder = test.folder.appending(path: "blobs")
        for _ in 0..<2 { _ = try FolderBlobStore(folder: folder) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count == 256)
        #expect(names.min() == "00")
        #expect(names.max() == "ff")
    }

    @Test("Other pictures are kept and not read")
    func kept() async throws {
        let world = try await World()
        #expect(try await world.state(of: try await world.upload(.other)) == .notNeeded)
    }

    @Test(
        "Without a reader the form says so; a picture that takes the reader down is given up; a full queue is tried again",
        arguments: [
            (PictureReaderFault.unavailable, ReadingState.unavailable), (.unreadable, .failed), (.busy, .waiting),
        ])
    func faults(fault: PictureReaderFault, state: ReadingState) async throws {
        let world = try await World()
        world.reader.fault = fault
        let id = try await world.upload(.licence)
        _ = try await world.runner.pass()
        #expect(try await world.state(of: id) == state)
        guard fault == .busy else { return }
        world.reader.fault = nil
        world.clock.advance(by: .seconds(60))
        _ = try await world.runner.pass()
        #expect(try await world.state(of: id) == .read)
    }

    @Test(
        "A picture that finds no place for minutes is no bad picture: the form says that reading is not to be had")
    func givenUp() async throws {
        let world = try await World()
        world.reader.fault = .busy
        let id = try await world.upload(.licence)
        for _ in 0..<4 {
            _ = try await world.runner.pass()
            #expect(try await world.state(of: id) == .waiting)
            world.clock.advance(by: .seconds(50))
        }
        _ = try await world.runner.pass()
        #expect(try await world.state(of: id) == .unavailable)
    }

    @Test("A picture whose store is away for a while is read when it is back, and not given up as a bad picture")
    func storeIsAway() async throws {
        let world = try await World()
        let id = try await world.upload(.licence)
        // A folder in the place of its file can be opened and not be read.
        let file = try #require(try Self.files(under: world.test.folder.appending(path: "blobs")).first)
        let aside = world.test.folder.appending(path: "aside")
        try FileManager.default.moveItem(at: file, to: aside)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        for _ in 0..<6 {
            _ = try await world.runner.pass()
            #expect(try await world.state(of: id) == .waiting)
            world.clock.advance(by: .seconds(10))
        }
        try FileManager.default.removeItem(at: file)
        try FileManager.default.moveItem(at: aside, to: file)
        _ = try await world.runner.pass()
        #expect(try await world.state(of: id) == .read)
    }

    private static func files(under folder: URL) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.utf8.count == 35 }
            .map { folder.appending(path: $0) }
    }
}
