import Crypto
import Foundation
import Sealing

/// A secret that we and one endpoint share, and the signing with it: Standard Webhooks 1.0, symmetric
/// (https://www.standardwebhooks.com, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
struct WebhookSecret: Sendable {
    private let key: SymmetricKey

    /// 24 to 64 bytes are allowed; a new secret has 32.
    static func random() -> WebhookSecret { WebhookSecret(key: SymmetricKey(size: .bits256)) }

    /// Reads `whsec_` and base64; nil for anything else.
    init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            (24...64).contains(bytes.count)
        else { return nil }
        key = SymmetricKey(data: bytes)
    }

    private init(key: SymmetricKey) { self.key = key }

    private static let prefix = "whsec_"

    /// The secret as its receiver writes it down.
    var text: Secret<String> {
        Secret(Self.prefix + key.withUnsafeBytes { Data($0) }.base64EncodedString())
    }

    /// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
    ///
    /// - Parameter second: whole seconds since 1970, as `webhook-timestamp` has them.
    func signature(id: String, second: Int64, body: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(second).\(body)".utf8), using: key)
        return "v1," + Data(code).base64EncodedString()
    }
}

extension [WebhookSecret] {
    /// The value of `webhook-signature`: one signature for each secret, separated by blanks.
    func signatures(id: String, second: Int64, body: String) -> String {
        map { $0.signature(id: id, second: second, body: body) }.joined(separator: " ")
    }
}
