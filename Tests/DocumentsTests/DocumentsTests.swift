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
        let ids = [try await world.upload(.licence, from: person), try await world.upload(.licence, from: person)]
        _ = try await world.runner.pass()
        try await world.test.database.write { tx in
            let kept = try tx.rows(
                "SELECT id, content FROM \(sqlite: "documents_documents", postgres: "documents.documents")")
            let contents = try kept.map { try $0.get("content", as: Sealed.self) }
            for (row, content) in zip(kept, contents.reversed()) {
                let id = try row.get("id", as: String.self)
                try tx.run(
                    "UPDATE \(sqlite: "documents_documents", postgres: "documents.documents") SET content = \(content) WHERE id = \(id)"
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
        _ = try await world.documents.open(one.blob, of: one, place: Documents.picturePlace)
        await #expect(throws: OwnerKey.Unreadable.self) {
            _ = try await world.documents.open(two.blob, of: one, place: Documents.picturePlace)
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
}

/// A reader that says what it is told to.
private final class ScriptedReader: PictureReader {
    private let state = Mutex<PictureReaderFault?>(nil)
    var fault: PictureReaderFault? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func read(_ picture: [UInt8]) async throws(PictureReaderFault) -> PictureReading {
        if let fault { throw fault }
        return PictureReading(
            kind: "licence",
            fields: [
                "名称": ReadField(
                    value: "杭州禾穗知食品有限公司", confidence: 0.97, box: [1, 2, 3, 4], isRepaired: false,
                    crop: PictureBytes.marker)
            ])
    }

    var condition: ReaderCondition { ReaderCondition(isReady: true, text: "") }
}

private struct World {
    let test: TestDatabase
    let clock = ManualClock()
    let reader = ScriptedReader()
    let documents: Documents
    let runner: JobRunner

    init() async throws {
        test = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Documents.migrations)
        documents = Documents(
            database: test.database, blobs: try FolderBlobStore(folder: test.folder.appending(path: "blobs")),
            vault: Vault(.forTesting()), reader: reader, clock: clock,
            mayReview: { _, _ in true })
        runner = JobRunner(
            database: test.database, handlers: documents.jobs, clock: clock,
            logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() })
    }

    func upload(_ kind: Document.Kind, from person: ID<Person>? = nil) async throws -> ID<Document> {
        let now = clock.now
        let upload = try await documents.take(
            PictureBytes.jpeg(width: 1_600, height: 1_200)[...], kind: kind, from: person ?? .new(at: now))
        try await test.database.write { [documents] tx in
            try documents.attach(upload, telling: EventStream(kind: "application", id: "a"), at: now, in: tx)
        }
        return upload.document.id
    }

    func state(of id: ID<Document>) async throws -> ReadingState? {
        try await test.database.read { [documents] tx in try documents.document(id, in: tx)?.reading }
    }

    func everyByteOnDisk() throws -> [UInt8] {
        try test.kept().flatMap { Array($0.bytes) }
    }
}

enum PictureBytes {
    static let marker = Array("what is in the picture".utf8)

    /// The first bytes of a baseline JPEG of this size, and a marker.
    static func jpeg(width: Int, height: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8]
        bytes += two(height)
        bytes += two(width)
        bytes += [1, 1, 0x11, 0]
        return bytes + marker
    }

    static func png(width: Int, height: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
        bytes += Array("IHDR".utf8)
        bytes += [0, 0] + two(width)
        bytes += [0, 0] + two(height)
        return bytes + marker
    }

    /// The widest and highest that a PNG can claim to be.
    static let hugePNG: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [UInt8](repeating: 0xFF, count: 8)

    private static func two(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
}
