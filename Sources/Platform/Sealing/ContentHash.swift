import Crypto
package import Foundation

/// SHA-256, the one hash by which content and tokens are named here (FIPS 180-4).
package enum ContentHash {
    /// The 32 bytes of the hash.
    package static func bytes(of content: some DataProtocol) -> [UInt8] { Array(SHA256.hash(data: content)) }

    /// The hash as 64 hexadecimal digits in lower case.
    package static func hex(of content: some DataProtocol) -> String { Hex.text(of: bytes(of: content)) }
}

/// Bytes as hexadecimal digits in lower case.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    package static func text(of bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.underestimatedCount * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
