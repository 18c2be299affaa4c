import Accounts
import Blobs
import Database
import Foundation
import Kernel
import Logging
import Sealing
import Synchronization
import TestSupport
import Work

@testable import Documents

/// A reader that says what it is told to.
final class ScriptedReader: PictureReader {
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

struct World {
    let test: TestDatabase
    let clock = ManualClock(SystemClock().now)
    let reader = ScriptedReader()
    let documents: Documents
    let blobs: FolderBlobStore
    let runner: JobRunner

    /// Begins now, because sealed files carry the time of the machine.
    init(converter: (any PictureConverter)? = nil) async throws {
        test = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Documents.migrations)
        blobs = try FolderBlobStore(folder: test.folder.appending(path: "blobs"))
        documents = Documents(
            database: test.database, blobs: blobs, vault: Vault(.forTesting()), reader: reader, converter: converter,
            clock: clock,
            mayReview: { _, _ in true })
        runner = JobRunner(
            database: test.database, handlers: documents.jobs, clock: clock,
            logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() })
    }

    static let stream = EventStream(kind: "application", id: "a")

    func upload(_ kind: Document.Kind, from person: ID<Person>? = nil, width: Int = 1_600) async throws -> ID<Document>
    {
        try await upload(PictureBytes.jpeg(width: width, height: 1_200), kind, from: person)
    }

    func upload(_ bytes: [UInt8], _ kind: Document.Kind, from person: ID<Person>? = nil) async throws -> ID<Document> {
        let now = clock.now
        let upload = try await documents.take(bytes[...], kind: kind, from: person ?? .new(at: now))
        return try await attach(upload)
    }

    func attach(_ upload: Documents.Upload) async throws -> ID<Document> {
        let now = clock.now
        try await test.database.write { [documents] tx in
            try documents.attach(upload, telling: Self.stream, at: now, in: tx)
        }
        return upload.document.id
    }

    func release(_ id: ID<Document>, of person: ID<Person>) async throws {
        let now = clock.now
        try await test.database.write { [documents] tx in
            try documents.release(id, of: person, told: Self.stream, at: now, in: tx)
        }
    }

    func document(_ id: ID<Document>) async throws -> Document? {
        try await test.database.read { [documents] tx in try documents.document(id, in: tx) }
    }

    /// How many sealed files there are.
    func count() async throws -> Int {
        var count = 0
        let time = Instant(milliseconds: 0)..<SystemClock().now + .seconds(60)
        for try await page in blobs.names(written: time) { count += page.count }
        return count
    }

    /// How many files a sweep would look at.
    func dueFiles() async throws -> Int {
        let now = clock.now
        return try await test.database.read { tx in
            try tx.value("SELECT COUNT(*) FROM \(StoredFileRecord.table) WHERE kept_until <= \(now)") ?? 0
        }
    }

    func state(of id: ID<Document>) async throws -> ReadingState? {
        try await test.database.read { [documents] tx in try documents.document(id, in: tx)?.reading }
    }

    func everyByteOnDisk() throws -> [UInt8] {
        let all =
            FileManager.default.enumerator(at: test.folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
            ?? []
        return all.flatMap { FileManager.default.contents(atPath: $0.path).map(Array.init) ?? [] }
    }
}

enum PictureBytes {
    static let marker = Array("what is in the picture".utf8)

    /// The structure of a baseline JPEG of this size, with a marker in place of its pixels.
    static func jpeg(width: Int, height: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8]
        bytes += two(height)
        bytes += two(width)
        bytes += [1, 1, 0x11, 0]
        return bytes + scan + [0xFF, 0xD9]
    }

    /// With a byte FF and a restart marker, as in real data.
    private static let scan: [UInt8] =
        [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0] + marker + [0xFF, 0x00, 7, 0xFF, 0xD0, 9]

    /// A small picture and then a huge one: which of them a reader sees depends on the reader.
    static let jpegOfTwoFrames: [UInt8] =
        Array(jpeg(width: 800, height: 600).dropLast(2)) + Array(jpeg(width: 60_000, height: 60_000).dropFirst(8))

    /// Far more passes over the picture than any encoder makes.
    static let jpegOfManyScans: [UInt8] =
        Array(jpeg(width: 800, height: 600).dropLast(2)) + Array([[UInt8]](repeating: scan, count: 100).joined())
        + [0xFF, 0xD9]

    static func png(width: Int, height: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
        bytes += Array("IHDR".utf8)
        bytes += [0, 0] + two(width)
        bytes += [0, 0] + two(height)
        bytes += [8, 2, 0, 0, 0] + [0, 0, 0, 0]
        bytes += [0, 0, 0, UInt8(marker.count)] + Array("IDAT".utf8) + marker + [0, 0, 0, 0]
        return bytes + [0, 0, 0, 0] + Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]
    }

    /// The widest and highest that a PNG can claim to be.
    static let hugePNG: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [UInt8](repeating: 0xFF, count: 8)

    private static func two(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
}
