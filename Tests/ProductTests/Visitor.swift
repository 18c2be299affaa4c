import CanonicalJSON
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import Web

/// Somebody with a browser: keeps cookies, follows redirects, sends forms with the token of the page seen last.
actor Visitor {
    private let client: any TestClientProtocol
    private var cookies: [String: String] = [:]
    private var token = ""
    private(set) var page = Page(path: "", status: .ok, text: "")

    struct Page: Sendable {
        let path: String
        let status: HTTPResponse.Status
        let text: String

        /// The id behind `prefix` in the page's own address, such as an application's.
        func id(after prefix: String) -> String? {
            guard path.hasPrefix(prefix) else { return nil }
            return path.dropFirst(prefix.count).split(whereSeparator: { "/?#".contains($0) }).first.map(String.init)
        }
    }

    init(_ client: any TestClientProtocol) { self.client = client }

    @discardableResult
    func get(_ path: String) async throws -> Page { try await send(path, .get, nil, "") }

    @discardableResult
    func post(_ path: String, _ fields: [(String, String)] = [], withToken: Bool = true) async throws -> Page {
        let all = fields + (withToken ? [("_csrf", token)] : [])
        let body = all.map { "\($0.0.percentEncodedForQuery)=\($0.1.percentEncodedForQuery)" }.joined(separator: "&")
        return try await send(path, .post, Array(body.utf8), "application/x-www-form-urlencoded")
    }

    @discardableResult
    func upload(_ path: String, file name: String, _ bytes: [UInt8], go: String = "next") async throws -> Page {
        let boundary = "----ruzhu-test-boundary"
        var body: [UInt8] = []
        for (field, value) in [("_csrf", token), ("go", go)] {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"a.jpg\"\r\n".utf8)
        body += Array("Content-Type: image/jpeg\r\n\r\n".utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        return try await send(path, .post, body, "multipart/form-data; boundary=\(boundary)")
    }

    /// What a program gets: the status and the body, without following redirects.
    func json(_ path: String, _ method: HTTPRequest.Method = .get, body: String? = nil) async throws -> (
        HTTPResponse.Status, String
    ) {
        let response = try await client.executeRequest(
            uri: path, method: method,
            headers: [
                .accept: "application/json", .cookie: cookieHeader, .contentType: "application/x-www-form-urlencoded",
            ],
            body: body.map { ByteBuffer(string: $0) })
        return (response.status, String(buffer: response.body))
    }

    /// What a program gets for a JSON body.
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, type: String = "application/json",
        key: String? = nil
    ) async throws -> (status: HTTPResponse.Status, body: JSONValue) {
        var headers: HTTPFields = [.accept: "application/json", .cookie: cookieHeader]
        if body != nil { headers[.contentType] = type }
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let response = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0.canonicalBytes) })
        return (response.status, (try? JSONValue(parsing: Array(response.body.readableBytesView))) ?? .null)
    }

    private var cookieHeader: String { cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }

    private func send(_ path: String, _ method: HTTPRequest.Method, _ body: [UInt8]?, _ type: String) async throws
        -> Page
    {
        var (path, method, body) = (path, method, body)
        for _ in 0..<5 {
            var headers: HTTPFields = [.accept: "text/html", .cookie: cookieHeader]
            if body != nil { headers[.contentType] = type }
            let response = try await client.executeRequest(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
            for cookie in response.headers[values: .setCookie] {
                let pair = cookie.prefix { $0 != ";" }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                cookies[String(pair[0])] = String(pair[1])
            }
            if response.status == .seeOther, let location = response.headers[.location] {
                (path, method, body) = (location.prefix { $0 != "#" }.description, .get, nil)
                continue
            }
            let text = String(buffer: response.body)
            if let found = text.firstMatch(of: #/name="_csrf" value="([^"]+)"/#) { token = String(found.1) }
            page = Page(path: path, status: response.status, text: text)
            return page
        }
        throw TooManyRedirects()
    }

    struct TooManyRedirects: Error {}
}
