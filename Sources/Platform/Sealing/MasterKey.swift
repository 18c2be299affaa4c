import Crypto
import Foundation
import Kernel

/// The key that wraps all other keys. It lives in a file beside the data, never in the database.
package struct MasterKey: Sendable {
    private let key: SymmetricKey

    /// Why a key file can't be used.
    package enum Fault: Error, Sendable {
        case missing(path: String)
        case readableByOthers(path: String)
        case wrongLength(path: String)
    }

    /// Reads the key from a file of exactly 32 bytes that only its owner may read.
    package init(file path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else { throw Fault.missing(path: path) }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard permissions & 0o077 == 0 else { throw Fault.readableByOthers(path: path) }
        guard bytes.count == 32 else { throw Fault.wrongLength(path: path) }
        key = SymmetricKey(data: bytes)
    }

    /// Makes a new key and writes it to a file that only its owner may read. Refuses to replace one.
    package static func create(file path: String) throws {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try handle.close()
        try Folder.sync(URL(filePath: path).deletingLastPathComponent().path)
    }

    /// A key that is made anew for one test.
    package static func forTesting() -> MasterKey { MasterKey(key: SymmetricKey(size: .bits256)) }

    private init(key: SymmetricKey) { self.key = key }

    /// A key for one use, so that what one use shows says nothing about another.
    func derived(for use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data(use.utf8), outputByteCount: 32)
    }
}
