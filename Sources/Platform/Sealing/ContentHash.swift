import Crypto
package import Foundation

/// SHA-256, the one hash by which content and tokens are named here (FIPS 180-4).
package enum ContentHash {
    /// The 32 bytes of the hash.
    package static func bytes(of content: some DataProtocol) -> [UInt8] { Array(SHA256.hash(data: content)) }

    /// The hash as 64 hexadecimal digits in lower case.
    package static func hex(of content: some DataProtocol) -> String {
        bytes(of: content).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
