import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Testing
import Web

@testable import Accounts

/// A browser: it keeps cookies and sends forms with the token of the page that it saw last.
actor Browser {
    private let client: any TestClientProtocol
    private(set) var cookies: [String: String] = [:]
    private var token = ""

    struct Page: Sendable {
        let status: HTTPResponse.Status
        let location: String?
        let text: String

        /// The challenge that a redirect leads to.
        var challenge: ID<Challenge>? {
            location?.firstMatch(of: #/challenge=([0-9a-z]{26})/#).flatMap { ID(String($0.1)) }
        }
    }

    init(_ client: any TestClientProtocol) { self.client = client }

    @discardableResult
    func get(_ path: String) async throws -> Page { try await send(path, .get, body: nil, accept: "text/html") }

    func post(
        _ path: String, _ fields: [String: String] = [:], accept: String = "text/html", withToken: Bool = true
    ) async throws -> Page {
        var fields = fields
        if withToken { fields["_csrf"] = token }
        let body = fields.map { "\($0.key)=\($0.value.percentEncodedForQuery)" }.joined(separator: "&")
        return try await send(path, .post, body: body, accept: accept)
    }

    /// Fills in the phone form. Staff are asked for no consent.
    func ask(_ phone: String, door: String = "/sign-in", next: String? = nil) async throws -> Page {
        try await get(door + (next.map { "?next=" + $0.percentEncodedForQuery } ?? ""))
        var fields = ["phone": phone]
        if door == "/sign-in" { fields["consent"] = "2026-01" }
        if let next { fields["next"] = next }
        return try await post(door, fields)
    }

    func answer(_ challenge: ID<Challenge>, _ code: String, door: String = "/sign-in", next: String = "") async throws
        -> Page
    {
        try await post(door + "/code", ["challenge": challenge.text, "code": code, "next": next])
    }

    /// Walks through both forms.
    func signIn(_ phone: String, in house: House, door: String = "/sign-in") async throws -> Page {
        let challenge = try #require(try await ask(phone, door: door).challenge)
        let message = try #require(try await house.message(for: challenge))
        return try await answer(challenge, message.code, door: door)
    }

    func keep(_ cookie: String, _ value: String) { cookies[cookie] = value }

    private func send(_ path: String, _ method: HTTPRequest.Method, body: String?, accept: String) async throws -> Page
    {
        var headers: HTTPFields = [.accept: accept]
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let response = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = String(pair[1])
        }
        let text = String(buffer: response.body)
        if let found = text.firstMatch(of: #/name="_csrf" value="([^"]+)"/#) { token = String(found.1) }
        return Page(status: response.status, location: response.headers[.location], text: text)
    }
}
