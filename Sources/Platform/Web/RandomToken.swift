import Crypto
import Foundation

/// Text that nobody can guess, in the alphabet of base64url.
package enum RandomToken {
    package static func make(bytes count: Int) -> String {
        encode(SymmetricKey(size: .init(bitCount: count * 8)).withUnsafeBytes { Data($0) })
    }

    static func encode(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
