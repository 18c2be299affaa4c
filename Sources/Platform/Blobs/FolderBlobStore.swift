import Dispatch
package import Foundation
import Kernel
package import Sealing

/// Keeps sealed files in a folder of 256 folders, all made at the start: were each made with its first file, a second
/// file could be acknowledged before the folder's own name is on the disk. A file is written aside, synced, renamed,
/// and its folder synced.
package struct FolderBlobStore: BlobStore {
    private let root: URL
    private let queue = DispatchQueue(label: "blobs", attributes: .concurrent)

    package init(folder: URL) throws {
        root = folder
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for number in 0..<256 {
            try FileManager.default.createDirectory(
                at: folder.appending(path: Hex.text(of: [UInt8(number)])), withIntermediateDirectories: true)
        }
        // Synced at every start: the one that made them may have lost its power before.
        try Folder.sync(folder.path)
        try Folder.sync(folder.deletingLastPathComponent().path)
    }

    package func put(_ sealed: Sealed) async throws -> BlobName {
        guard let name = BlobName.random() else { throw CocoaError(.fileWriteUnknown) }
        try await onQueue { try write(sealed.bytes, to: url(of: name)) }
        return name
    }

    package func get(_ name: BlobName) async throws -> Sealed {
        try await onQueue {
            guard let data = FileManager.default.contents(atPath: url(of: name).path) else {
                throw MissingBlob(name: name)
            }
            return Sealed(bytes: Array(data))
        }
    }

    package func remove(_ name: BlobName) async throws {
        try await onQueue {
            do {
                try FileManager.default.removeItem(at: url(of: name))
            } catch let error as CocoaError where error.code == .fileNoSuchFile {
                return
            }
        }
    }

    private func url(of name: BlobName) -> URL {
        root.appending(path: String(name.text.prefix(2))).appending(path: name.text)
    }

    private func write(_ bytes: [UInt8], to url: URL) throws {
        let folder = url.deletingLastPathComponent()
        let aside = url.appendingPathExtension("part")
        let descriptor = open(aside.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(bytes))
        try handle.synchronize()
        try handle.close()
        guard rename(aside.path, url.path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try Folder.sync(folder.path)
    }

    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
