import Foundation
import Kernel
import Logging
import Sealing
import Synchronization

@testable import Blobs

/// A running SeaweedFS, started by scripts/with-seaweedfs; it ends with this process at the latest.
final class SeaweedFS: Sendable {
    let environment: [String: String]
    private let process: Process
    private let input: FileHandle
    private let output: Mutex<FileHandle>

    /// The one that the tests share which do not end it.
    static let shared = Result { try SeaweedFS() }

    struct NotStarted: Error {
        let said: String
    }

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let (input, output, faults) = (Pipe(), Pipe(), Pipe())
        process = Process()
        process.executableURL = root.appending(path: "scripts/with-seaweedfs")
        process.arguments = ["--control"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = faults
        try process.run()
        self.input = input.fileHandleForWriting
        self.output = Mutex(output.fileHandleForReading)
        let lines = Self.lines(until: "done", of: output.fileHandleForReading)
        environment = Dictionary(
            lines.compactMap { line in
                line.firstIndex(of: "=").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
            }, uniquingKeysWith: { first, _ in first })
        guard !environment.isEmpty else {
            throw NotStarted(
                said: String(decoding: faults.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
        }
    }

    deinit {
        // Frozen, it could not end.
        try? thaw()
        try? input.close()
        process.waitUntilExit()
    }

    /// Ends it at once, as the loss of power would.
    func kill() throws { try obey("kill") }
    func start() throws { try obey("start") }
    /// It takes connections, as the kernel does for it, and answers nothing until it is thawed.
    func freeze() throws { try obey("freeze") }
    func thaw() throws { try obey("thaw") }

    private func obey(_ word: String) throws {
        try input.write(contentsOf: Data((word + "\n").utf8))
        output.withLock { _ = Self.lines(until: "done", of: $0) }
    }

    private static func lines(until end: String, of output: FileHandle) -> [String] {
        var text = ""
        while !text.hasSuffix(end + "\n") {
            let data = output.availableData
            guard !data.isEmpty else { return [] }
            text += String(decoding: data, as: UTF8.self)
        }
        return text.split(separator: "\n").map(String.init).filter { $0 != end }
    }

    func settings(secretKey: String? = nil, location: String? = nil) throws -> S3Settings {
        try S3Settings(
            location: location ?? environment["RUZHU_BLOBS"] ?? "",
            part: "test-" + UUID().uuidString.lowercased(), endpoint: environment["RUZHU_S3_ENDPOINT"] ?? "",
            region: environment["RUZHU_S3_REGION"] ?? "", accessKey: environment["RUZHU_S3_ACCESS_KEY"] ?? "",
            secretKey: Secret(secretKey ?? environment["RUZHU_S3_SECRET_KEY"] ?? ""))
    }

    /// A store with a part of the bucket for itself.
    func store(_ settings: S3Settings? = nil, clock: any WallClock = SystemClock()) throws -> S3BlobStore {
        S3BlobStore(
            try settings ?? self.settings(), clock: clock, logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// Bytes that look random and are the same for the same seed.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        for index in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            buffer[index] = UInt8(truncatingIfNeeded: state >> 56)
        }
        filled = count
    }
}

extension BlobStore {
    /// All names written until now and a while.
    func allNames() async throws -> Set<BlobName> {
        var names: Set<BlobName> = []
        for try await page in self.names(written: Instant(milliseconds: 0)..<SystemClock().now + .seconds(60)) {
            names.formUnion(page)
        }
        return names
    }
}
