import Crypto
import Foundation
import Sealing

/// A bearer credential of a partner (RFC 6750): `rzp_` and 43 characters of base64url, 256 bits of chance.
struct PartnerKey: Sendable {
    let text: Secret<String>

    static func random() -> PartnerKey {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let encoded = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
        return PartnerKey(text: Secret("rzp_" + encoded))
    }

    /// Reads an `Authorization` header; nil if it is no such credential.
    init?(authorization header: String) {
        let words = header.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer", words[1].hasPrefix("rzp_"), words[1].utf8.count == 47
        else { return nil }
        text = Secret(String(words[1]))
    }

    private init(text: Secret<String>) { self.text = text }

    /// By which it is found. It is as hard to guess as the key itself.
    var digest: [UInt8] { ContentHash.bytes(of: Array(text.reveal().utf8)) }
}
