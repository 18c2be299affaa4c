import Crypto
import Foundation
import Kernel
import Sealing

/// AWS Signature Version 4 (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html).
struct SignatureV4: Sendable {
    let accessKey: String
    let secretKey: Secret<String>
    let region: String
    var service = "s3"

    static let algorithm = "AWS4-HMAC-SHA256"
    /// In place of the body's hash in an address that is signed before anybody knows a body.
    static let unsigned = "UNSIGNED-PAYLOAD"

    /// The value of the `Authorization` header.
    ///
    /// - Parameters:
    ///   - headers: all that are to be signed, `host` and `x-amz-date` among them, with lower-case names.
    ///   - payloadHash: SHA-256 of the body in hex.
    func authorization(_ request: S3Request, headers: [String: String], payloadHash: String, at now: Instant) -> String
    {
        let signature = signature(request, headers: headers, payloadHash: payloadHash, at: now)
        let names = headers.keys.sorted().joined(separator: ";")
        return
            "\(Self.algorithm) Credential=\(accessKey)/\(scope(at: now)), SignedHeaders=\(names), Signature=\(signature)"
    }

    /// The query of an address that carries its own signature and needs no header but `Host`.
    ///
    /// - Parameter seconds: how long it works, at most seven days.
    func presigned(_ request: S3Request, host: String, for seconds: Int, at now: Instant) -> S3Request {
        var signed = request
        signed.query += [
            ("X-Amz-Algorithm", Self.algorithm), ("X-Amz-Credential", "\(accessKey)/\(scope(at: now))"),
            ("X-Amz-Date", Self.stamp(now)), ("X-Amz-Expires", String(seconds)), ("X-Amz-SignedHeaders", "host"),
        ]
        let signature = signature(signed, headers: ["host": host], payloadHash: Self.unsigned, at: now)
        signed.query.append(("X-Amz-Signature", signature))
        return signed
    }

    private func signature(_ request: S3Request, headers: [String: String], payloadHash: String, at now: Instant)
        -> String
    {
        let names = headers.keys.sorted()
        let lines = names.map { "\($0):\(Self.trimmed(headers[$0] ?? ""))\n" }.joined()
        let canonical = [
            request.method, request.encodedPath, request.encodedQuery, lines, names.joined(separator: ";"), payloadHash,
        ].joined(separator: "\n")
        let text = [
            Self.algorithm, Self.stamp(now), scope(at: now), ContentHash.hex(of: Array(canonical.utf8)),
        ].joined(separator: "\n")
        var key = SymmetricKey(data: Data(("AWS4" + secretKey.reveal()).utf8))
        for part in [Self.day(now), region, service, "aws4_request"] {
            key = SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key)))
        }
        return Hex.text(of: HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }

    private func scope(at now: Instant) -> String { "\(Self.day(now))/\(region)/\(service)/aws4_request" }

    /// `20130524T000000Z`
    static func stamp(_ now: Instant) -> String {
        String(now.iso8601.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private static func day(_ now: Instant) -> String { String(stamp(now).prefix(8)) }

    /// Without blanks at the ends, and with single ones within.
    private static func trimmed(_ value: String) -> String {
        value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }
}

/// A request to an object store, before it is signed.
struct S3Request: Sendable {
    var method: String
    /// Begins with a slash; not encoded.
    var path: String
    var query: [(name: String, value: String)] = []
    /// With lower-case names.
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    /// What is sent is encoded as it was signed, so that no two readings of it differ.
    var encodedPath: String { Self.encoded(path, keeping: "/") }

    var encodedQuery: String {
        query.map { (Self.encoded($0.name), Self.encoded($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// RFC 3986: all but the unreserved characters is encoded.
    private static func encoded(_ text: String, keeping kept: String = "") -> String {
        var encoded = ""
        for byte in text.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._~".utf8.contains(byte) || kept.utf8.contains(byte)
            if isPlain {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + Hex.text(of: [byte]).uppercased()
            }
        }
        return encoded
    }
}
