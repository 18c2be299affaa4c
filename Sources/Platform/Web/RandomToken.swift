import Crypto
import Foundation

/// Text that nobody can guess, in the alphabet of base64url.
package enum RandomToken {
    package static func make(bytes count: Int) -> String {
        SymmetricKey(size: .init(bitCount: count * 8)).withUnsafeBytes { encode($0) }
    }

    /// Base64url without padding (RFC 4648 section 5).
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
            var (count, held, bits) = (0, UInt32(0), 0)
            for byte in bytes {
                held = held << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    text[count] = alphabet[Int(held >> UInt32(bits) & 63)]
                    count += 1
                }
            }
            if bits > 0 {
                text[count] = alphabet[Int(held << UInt32(6 - bits) & 63)]
                count += 1
            }
            return count
        }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
