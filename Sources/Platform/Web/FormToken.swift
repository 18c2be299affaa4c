import Crypto
import Foundation

/// Makes and checks the token that ties a form to the browser it was shown in: HMAC-SHA-256 of the browser's cookie.
package struct FormToken: Sendable {
    private let key: SymmetricKey

    package init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    func token(for cookie: String) -> String {
        RandomToken.encode(Data(HMAC<SHA256>.authenticationCode(for: Data(cookie.utf8), using: key)))
    }

    /// Compares in a time that does not depend on where the texts differ.
    static func matches(_ sent: String?, _ expected: String) -> Bool {
        guard let sent, !expected.isEmpty, sent.utf8.count == expected.utf8.count else { return false }
        return zip(sent.utf8, expected.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
