import Foundation
import Kernel
import Sealing
import Synchronization
import Testing

@testable import Blobs

@Suite("Files in a folder")
struct FolderBlobStoreTests {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "ruzhu-blobs-\(UUID().uuidString)")

    @Test("What is kept comes back as it was", arguments: [0, 1, 5 << 20, 40 << 20])
    func roundTrip(size: Int) async throws {
        let store = try FolderBlobStore(folder: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = noise(size, seed: UInt64(size))
        let name = try await store.put(Sealed(bytes: bytes))
        #expect(try await store.get(name).bytes == bytes)
        #expect(try await store.allNames() == [name])
        try await store.remove(name)
        try await store.remove(name)
        await #expect(throws: MissingBlob.self) { try await store.get(name) }
    }

    @Test("A file that is put back has the name that it had, and does not take another's place")
    func putBack() async throws {
        let store = try FolderBlobStore(folder: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = BlobName.random()
        try await store.putBack(SealedPieces(Sealed(bytes: [1, 2])), as: name)
        try await store.putBack(SealedPieces(Sealed(bytes: [3])), as: name)
        #expect(try await store.get(name).bytes == [1, 2])
        #expect(try await store.allNames() == [name])
    }

    @Test("Only files of before the moment are named, so that one that is just written is not swept")
    func ages() async throws {
        let store = try FolderBlobStore(folder: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await store.put(Sealed(bytes: [1]))
        for try await page in store.names(written: Instant(milliseconds: 0)..<SystemClock().now - .seconds(3_600)) {
            #expect(page.isEmpty)
        }
    }

    @Test("What a dead process left half written is removed later, and never takes a file's place")
    func leftovers() async throws {
        let store = try FolderBlobStore(folder: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = try await store.put(Sealed(bytes: [1]))
        let left = folder.appending(path: "ab/ab\(String(repeating: "0", count: 30)).part")
        try Data([9]).write(to: left)
        try await store.removeLeftovers(before: SystemClock().now - .seconds(3_600))
        #expect(FileManager.default.fileExists(atPath: left.path))
        try await store.removeLeftovers(before: SystemClock().now + .seconds(60))
        #expect(!FileManager.default.fileExists(atPath: left.path))
        #expect(try await store.allNames() == [name])
    }

    @Test("A file that breaks off on its way leaves nothing behind")
    func abandoned() async throws {
        let store = try FolderBlobStore(folder: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        struct Broken: Error {}
        let count = Counter()
        let pieces = SealedPieces {
            guard count.next() < 3 else { throw Broken() }
            return [1, 2, 3]
        }
        await #expect(throws: Broken.self) { _ = try await store.put(pieces, lock: nil) }
        #expect(try files().isEmpty)
    }

    @Test("A full disk says so and keeps nothing of what did not fit", .enabled(if: getuid() == 0))
    func fullDisk() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // A disk of its own, of 2 MB; where even the first user may not mount one, there is nothing to test on.
        guard try run("mount", "-t", "tmpfs", "-o", "size=2m", "none", folder.path) == 0 else { return }
        defer { _ = try? run("umount", "-l", folder.path) }
        let store = try FolderBlobStore(folder: folder)
        let small = try await store.put(Sealed(bytes: [1]))
        let fault = await #expect(throws: BlobFault.self) {
            _ = try await store.put(Sealed(bytes: noise(3 << 20, seed: 1)))
        }
        #expect(fault == .full)
        #expect(fault?.problem.code == "blobs.full")
        #expect(try files() == [small.text])
        _ = try await store.put(Sealed(bytes: noise(1 << 20, seed: 2)))
    }

    @Test("A folder does not promise what it can't keep")
    func lock() async throws {
        let store = try FolderBlobStore(folder: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        await #expect(throws: BlobFault.cannotLock) {
            _ = try await store.put(Sealed(bytes: [1]), lock: SystemClock().now)
        }
    }

    private func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.contains("/") }
            .map { String($0.split(separator: "/")[1]) }
    }

    private func run(_ words: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// Counts from zero.
final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
