package import CanonicalJSON
package import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// 303: the browser goes on to `path` with a GET.
    package static func see(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }

    /// Bytes of a given type, not to be kept.
    package static func bytes(_ bytes: [UInt8], type: String, cache: String = "no-store") -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: cache],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A JSON text, not to be kept.
    package static func json(_ value: JSONValue) -> Response { .bytes(value.canonicalBytes, type: "application/json") }

    /// 201: something new is at `path`; the body tells about it.
    package static func created(_ value: JSONValue, at path: String) -> Response {
        var response = Response.json(value)
        response.status = .created
        response.headers[.location] = path
        return response
    }

    /// A page.
    package static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Request {
    /// Whether a person's browser asks, rather than a program.
    package var wantsHTML: Bool { headers[.accept]?.contains("text/html") ?? false }
}

extension String {
    /// This text as a part of a query, so that it can't add parts of its own.
    package var percentEncodedForQuery: String {
        var encoded = ""
        for byte in utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._~/".utf8.contains(byte)
            if isPlain {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return encoded
    }
}
