import Crypto
import Foundation

/// Makes and checks the token that ties a form to the browser it was shown in: HMAC-SHA-256 of the browser's cookie.
package struct FormToken: Sendable {
    private let key: SymmetricKey

    package init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// The token of one browser.
    func bound(to cookie: String) -> BoundFormToken { BoundFormToken(key: key, cookie: cookie) }
}

/// One browser's form token.
package struct BoundFormToken: Sendable {
    private let key: SymmetricKey?
    private let cookie: String

    init(key: SymmetricKey, cookie: String) { (self.key, self.cookie) = (key, cookie) }

    private init() { (key, cookie) = (nil, "") }

    /// That of a browser which nobody has looked at yet: it fits nothing.
    static let none = BoundFormToken()

    /// Made when a page or a form asks; programs never do.
    private var expected: [UInt8] {
        key.map { Array(HMAC<SHA256>.authenticationCode(for: Data(cookie.utf8), using: $0)) } ?? []
    }

    /// The token as a page shows it: under a fresh mask each time, so that the length of a packed page says nothing
    /// about it (BREACH).
    func masked() -> String {
        let mask = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return RandomToken.encode(mask + zip(mask, expected).map { $0 ^ $1 })
    }

    /// Names the browser without giving its token away: for keys of people who are not signed in yet.
    package var browser: String { RandomToken.encode(Array(SHA256.hash(data: expected))) }

    /// Whether a form carries this token. Takes the same time wherever the texts differ.
    func matches(_ sent: String?) -> Bool {
        let padded = (sent ?? "").replacing("-", with: "+").replacing("_", with: "/")
        let (rest, expected) = (padded.utf8.count % 4, expected)
        guard expected.count == 32,
            let bytes = Data(base64Encoded: padded + String(repeating: "=", count: rest == 0 ? 0 : 4 - rest)),
            bytes.count == 64
        else { return false }
        let found = zip(bytes.prefix(32), bytes.suffix(32)).map { $0 ^ $1 }
        return zip(found, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
