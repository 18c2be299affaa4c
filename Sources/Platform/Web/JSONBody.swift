package import CanonicalJSON
import HTTPTypes
package import Hummingbird
import Kernel
import NIOCore

extension Request {
    /// Reads the body as JSON (RFC 8259), for programs.
    ///
    /// The content type is what keeps strangers out: another site's page can't send `application/json` with our cookie
    /// unless we allow it when the browser asks (Fetch standard, CORS preflight), which we never do.
    ///
    /// - Parameters:
    ///   - limit: the largest body in bytes.
    ///   - other: another content type that is taken beside `application/json`; one that a form can't send either.
    /// - Throws: `Problem`: 415 for another content type, 413 for a larger body, 400 for what is no JSON.
    package func json(limit: Int = 256 * 1024, accepting other: String? = nil) async throws -> JSONValue {
        let type = headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        let plain = type.trimmingPrefix(while: \.isWhitespace)
        guard plain == "application/json" || (other != nil && plain == other ?? "") else {
            throw Problem(
                .unsupported, code: "body.unsupported", title: "无法识别提交的内容格式",
                hint: "请用 Content-Type: \(other ?? "application/json")")
        }
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw Problem.bodyTooLarge }
        let buffer: ByteBuffer
        do {
            buffer = try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.bodyTooLarge
        }
        do {
            return try JSONValue(parsing: Array(buffer.readableBytesView))
        } catch {
            throw Problem(.badRequest, code: "body.not_json", title: "提交的内容不是 JSON", hint: "请检查内容是否完整、编码是否为 UTF-8")
        }
    }
}
