import Crypto
import Foundation
import Kernel
import Sealing

/// The signature of Tencent Cloud API 3.0, TC3-HMAC-SHA256 (https://cloud.tencent.com/document/api/382/52072).
///
/// Always over a POST to `/` without a query, which is all that the API needs.
struct TC3Signature: Sendable {
    let secretID: String
    let secretKey: Secret<String>
    /// Such as `sms`: the first label of the service's host.
    let service: String

    static let algorithm = "TC3-HMAC-SHA256"

    /// A signature over some headers and a body, as hex.
    ///
    /// - Parameter headers: lower-case names with the values as they are sent, in the order of the names.
    func signature(headers: [(name: String, value: String)], body: [UInt8], at second: Int64) -> String {
        let day = Self.day(of: second)
        let text = [
            Self.algorithm, String(second), "\(day)/\(service)/tc3_request",
            ContentHash.hex(of: Array(canonicalRequest(headers, body).utf8)),
        ].joined(separator: "\n")
        var key = SymmetricKey(data: Data(("TC3" + secretKey.reveal()).utf8))
        for part in [day, service, "tc3_request"] {
            key = SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key)))
        }
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
        return Hex.text(of: code)
    }

    /// The value of the `Authorization` header.
    func authorization(headers: [(name: String, value: String)], body: [UInt8], at second: Int64) -> String {
        let names = headers.map(\.name).joined(separator: ";")
        let scope = "\(secretID)/\(Self.day(of: second))/\(service)/tc3_request"
        let signature = signature(headers: headers, body: body, at: second)
        return "\(Self.algorithm) Credential=\(scope), SignedHeaders=\(names), Signature=\(signature)"
    }

    private func canonicalRequest(_ headers: [(name: String, value: String)], _ body: [UInt8]) -> String {
        let lines = headers.map { "\($0.name):\($0.value.lowercased())\n" }.joined()
        let names = headers.map(\.name).joined(separator: ";")
        return ["POST", "/", "", lines, names, ContentHash.hex(of: body)].joined(separator: "\n")
    }

    /// The day in UTC, `2019-02-25`.
    private static func day(of second: Int64) -> String {
        String(Instant(milliseconds: second * 1_000).iso8601.prefix(10))
    }
}
