import Dispatch
package import Foundation
package import Kernel
import Sealing
import Synchronization

/// Keeps sealed files in a folder of 256 folders, all made at the start: were each made with its first file, a second
/// file could be acknowledged before the folder's own name is on the disk. A file is written aside, synced, renamed,
/// and its folder synced.
package struct FolderBlobStore: BlobStore {
    private let root: URL
    private let queue = DispatchQueue(label: "blobs", attributes: .concurrent)

    private static let aside = "part"

    package init(folder: URL) throws {
        root = folder
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for shelf in shelves {
            try FileManager.default.createDirectory(at: shelf, withIntermediateDirectories: true)
        }
        // Synced at every start: the one that made them may have lost its power before.
        try Folder.sync(folder.path)
        try Folder.sync(folder.deletingLastPathComponent().path)
    }

    package func put(_ pieces: SealedPieces, lock: Instant?) async throws -> BlobName {
        // A folder's owner can always remove a file: what can't be promised is refused.
        guard lock == nil else { throw BlobFault.cannotLock }
        let name = BlobName.random()
        try await write(pieces, to: url(of: name))
        return name
    }

    package func putBack(_ pieces: SealedPieces, as name: BlobName) async throws {
        let url = url(of: name)
        guard !FileManager.default.fileExists(atPath: url.path) else { return }
        // Of an attempt that was cut short.
        _ = unlink(url.appendingPathExtension(Self.aside).path)
        try await write(pieces, to: url)
    }

    private func write(_ pieces: SealedPieces, to url: URL) async throws {
        let aside = url.appendingPathExtension(Self.aside)
        do {
            let file = try await onQueue {
                try OpenFile(aside.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
            }
            for try await piece in pieces { try await onQueue { try file.write(piece) } }
            try await onQueue {
                try file.sync()
                guard rename(aside.path, url.path) == 0 else { throw Self.fault(errno) }
                try Folder.sync(url.deletingLastPathComponent().path)
            }
        } catch {
            // Whichever of the two it is by now, nobody was told its name.
            _ = unlink(aside.path)
            _ = unlink(url.path)
            if let notSynced = error as? Folder.NotSynced { throw Self.fault(notSynced.code) }
            throw error
        }
    }

    package func pieces(of name: BlobName) async throws -> SealedPieces {
        let path = url(of: name).path
        let file = try await onQueue {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw errno == ENOENT ? MissingBlob(name: name) : Self.fault(errno) }
            return OpenFile(descriptor)
        }
        return SealedPieces { try await onQueue { try file.read(upTo: Rest.piece) } }
    }

    package func remove(_ name: BlobName) async throws {
        let path = url(of: name).path
        try await onQueue { guard unlink(path) == 0 || errno == ENOENT else { throw Self.fault(errno) } }
    }

    package func names(written time: Range<Instant>) -> AsyncThrowingStream<[BlobName], any Error> {
        let shelves = Mutex(shelves)
        return AsyncThrowingStream {
            guard let shelf = shelves.withLock({ $0.popLast() }) else { return nil }
            return try await onQueue { try Self.files(in: shelf, written: time).compactMap(BlobName.init) }
        }
    }

    package func removeLeftovers(before moment: Instant) async throws {
        for shelf in shelves {
            try await onQueue {
                for name in try Self.files(in: shelf, written: Instant(milliseconds: 0)..<moment)
                where name.hasSuffix("." + Self.aside) {
                    _ = unlink(shelf.appending(path: name).path)
                }
            }
        }
    }

    private var shelves: [URL] {
        (0..<256).map { root.appending(path: Hex.text(of: [UInt8($0)]), directoryHint: .isDirectory) }
    }

    private func url(of name: BlobName) -> URL {
        root.appending(path: String(name.text.prefix(2))).appending(path: name.text)
    }

    /// The names of the files in a folder that were last written within a time.
    private static func files(in shelf: URL, written time: Range<Instant>) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: shelf.path).filter { name in
            var status = stat()
            guard stat(shelf.appending(path: name).path, &status) == 0 else { return false }
            return time.contains(Instant(milliseconds: Int64(status.st_mtim.tv_sec) * 1_000))
        }
    }

    static func fault(_ code: Int32) -> BlobFault {
        switch code {
        case ENOSPC, EDQUOT: .full
        default: .unavailable(String(cString: strerror(code)))
        }
    }

    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

/// A file in use by one task at a time; closed with the last reference to it.
private final class OpenFile: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    init(_ path: String, _ flags: Int32) throws {
        descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { throw FolderBlobStore.fault(errno) }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let wrote = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard wrote > 0 || errno == EINTR else { throw FolderBlobStore.fault(errno) }
            rest = rest.dropFirst(max(0, wrote))
        }
    }

    func sync() throws { guard fsync(descriptor) == 0 else { throw FolderBlobStore.fault(errno) } }

    func read(upTo count: Int) throws -> [UInt8]? {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var got = -1
            repeat { got = Foundation.read(descriptor, buffer.baseAddress, count) } while got < 0 && errno == EINTR
            if got < 0 { failure = errno }
            filled = max(0, got)
        }
        guard failure == 0 else { throw FolderBlobStore.fault(failure) }
        return bytes.isEmpty ? nil : bytes
    }
}
