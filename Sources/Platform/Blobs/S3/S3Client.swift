import AsyncHTTPClient
import Crypto
import Foundation
import Kernel
import Logging
import NIOCore
import NIOHTTP1
import Sealing

/// Sends signed requests to an object store, and again when it was only a bad moment.
struct S3Client: Sendable {
    var settings: S3Settings
    let http: HTTPClient
    let clock: any WallClock
    let logger: Logger

    /// What a store answers with a status of 400 and above.
    struct Refusal: Error {
        let status: Int
        /// Such as `NoSuchKey`.
        let code: String

        var fault: BlobFault { status == 507 ? .full : .refused(status: status, code: code) }
    }

    /// What came back, and whether an earlier attempt may have been carried out although its answer was lost.
    struct Answer {
        let response: HTTPClientResponse
        let isRepeated: Bool
    }

    /// Sends a request until it is answered. What the store refuses (4xx) is never sent again.
    ///
    /// - Throws: `Refusal` for a 4xx, `BlobFault.unavailable` after the last attempt, `CancellationError`.
    func send(_ request: S3Request) async throws -> Answer {
        let end = ContinuousClock.now + settings.persistence
        var isRepeated = false
        var attempt = 1
        while true {
            let reason: String
            do {
                let response = try await http.execute(signed(request), timeout: .seconds(120))
                guard response.status.code >= 300 else { return Answer(response: response, isRepeated: isRepeated) }
                let refusal = await refusal(response)
                guard refusal.status >= 500, refusal.status != 507 else {
                    throw isRepeated ? RepeatedRefusal(refusal: refusal) : refusal as any Error
                }
                reason = "\(refusal.status) \(refusal.code)"
            } catch let error where error is Refusal || error is RepeatedRefusal || error is CancellationError {
                throw error
            } catch {
                try Task.checkCancellation()
                reason = "\(error)"
            }
            guard attempt < settings.attempts, .now < end else { throw BlobFault.unavailable(reason) }
            logger.notice(
                "Object store did not answer well, trying again",
                metadata: ["method": "\(request.method)", "attempt": "\(attempt)", "reason": "\(reason)"])
            try await Task.sleep(for: Self.pause(after: attempt))
            isRepeated = true
            attempt += 1
        }
    }

    /// A refusal of a request whose earlier attempt may have been carried out.
    struct RepeatedRefusal: Error {
        let refusal: Refusal
    }

    /// As `send`, for a short answer that is read as text.
    func text(_ request: S3Request) async throws -> String {
        let answer = try await send(request)
        do {
            return String(buffer: try await answer.response.body.collect(upTo: 8 * 1_024 * 1_024))
        } catch {
            throw BlobFault.unavailable("\(error)")
        }
    }

    /// Twice as long each time, and by chance shorter, so that many do not come back at once.
    private static func pause(after attempt: Int) -> Duration {
        .milliseconds(Int.random(in: 50...(200 << min(attempt, 5))))
    }

    private func refusal(_ response: HTTPClientResponse) async -> Refusal {
        let body = try? await response.body.collect(upTo: 64 * 1_024)
        let code = body.flatMap { S3Text.values(of: "Code", in: String(buffer: $0)).first }
        return Refusal(status: Int(response.status.code), code: code ?? "")
    }

    private func signed(_ request: S3Request) -> HTTPClientRequest {
        let now = clock.now
        let hash = SHA256.hash(data: request.body)
        var headers = request.headers
        headers["host"] = settings.host
        headers["x-amz-date"] = SignatureV4.stamp(now)
        headers["x-amz-content-sha256"] = Hex.text(of: hash)
        if request.method == "PUT" || request.method == "POST" {
            headers["content-md5"] =
                headers["content-md5"] ?? Data(Insecure.MD5.hash(data: request.body)).base64EncodedString()
        }
        headers["authorization"] = signer.authorization(
            request, headers: headers, payloadHash: Hex.text(of: hash), at: now)
        var sent = HTTPClientRequest(url: address(of: request))
        sent.method = HTTPMethod(rawValue: request.method)
        sent.headers = HTTPHeaders(headers.map { ($0.key, $0.value) })
        if !request.body.isEmpty || request.method == "PUT" { sent.body = .bytes(ByteBuffer(bytes: request.body)) }
        return sent
    }

    var signer: SignatureV4 {
        SignatureV4(accessKey: settings.accessKey, secretKey: settings.secretKey, region: settings.region)
    }

    func address(of request: S3Request) -> String {
        let query = request.query.isEmpty ? "" : "?" + request.encodedQuery
        return "\(settings.endpoint.scheme ?? "https")://\(settings.host)\(request.encodedPath)\(query)"
    }
}

/// The few things that are looked for in an object store's XML. What stands in it is our own names, and codes.
enum S3Text {
    /// The texts between `<name>` and `</name>`, in their order.
    static func values(of name: String, in text: String) -> [String] {
        text.components(separatedBy: "<\(name)>").dropFirst().compactMap { part in
            part.range(of: "</\(name)>").map { String(part[..<$0.lowerBound]) }?
                .replacing("&quot;", with: "\"").replacing("&#34;", with: "\"").replacing("&lt;", with: "<")
                .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        }
    }
}
