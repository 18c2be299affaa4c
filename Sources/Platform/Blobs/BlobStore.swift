import Foundation
package import Sealing

/// The random name of a stored file. It says nothing about what is in it.
package struct BlobName: Hashable, Sendable {
    package let text: String

    /// Accepts 32 lower-case hexadecimal digits.
    package init?(_ text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.text = text
    }

    static func random() -> BlobName? {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<2).map { _ in
            let part = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - part.count) + part
        }
        return BlobName(digits.joined())
    }
}

/// Where sealed files are kept: a folder today, an object store on many machines.
package protocol BlobStore: Sendable {
    /// Keeps sealed bytes. Returns only when they would survive the loss of power.
    func put(_ sealed: Sealed) async throws -> BlobName
    func get(_ name: BlobName) async throws -> Sealed
    /// Removes a file; it is no error if there is none.
    func remove(_ name: BlobName) async throws
}

/// There is no file of this name.
package struct MissingBlob: Error {
    package let name: BlobName
}
