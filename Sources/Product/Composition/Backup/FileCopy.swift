import Crypto
import Foundation
import Sealing

/// Copies files and hashes them on the way, a mebibyte at a time.
enum FileCopy {
    private static let chunk = 1 << 20

    /// Copies a file to one that must not exist and that only its owner may read.
    static func copy(_ source: URL, to target: URL) throws -> BackupManifest.File {
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let output = try new(target)
        let file = try read(source) { try output.write(contentsOf: $0) }
        try output.close()
        return file
    }

    /// Writes bytes to a file that must not exist and that only its owner may read.
    static func write(_ bytes: [UInt8], to target: URL) throws {
        let output = try new(target)
        try output.write(contentsOf: Data(bytes))
        try output.close()
    }

    private static func new(_ target: URL) throws -> FileHandle {
        let descriptor = open(target.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// The hash and the length of a file.
    static func hash(_ source: URL) throws -> BackupManifest.File { try read(source) { _ in } }

    private static func read(_ source: URL, _ body: (Data) throws -> Void) throws -> BackupManifest.File {
        let input = try FileHandle(forReadingFrom: source)
        defer { try? input.close() }
        var (hash, bytes) = (SHA256(), 0)
        while let data = try input.read(upToCount: chunk), !data.isEmpty {
            hash.update(data: data)
            bytes += data.count
            try body(data)
        }
        return .init(sha256: Hex.text(of: hash.finalize()), bytes: bytes)
    }

    /// Paths of all files under a folder, relative to it; none if there is no such folder.
    static func files(under folder: URL) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder.appending(path: path).path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
