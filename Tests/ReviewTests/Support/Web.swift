import Accounts
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore

@testable import Review
@testable import Web

extension ReviewBench {
    var desk: ReviewDesk {
        ReviewDesk(database: database, pages: pages, clock: clock, vault: vault, sources: sources)
    }

    /// The frame of a page for nobody in particular.
    var frame: PageFrame {
        PageFrame(
            title: "审核单", nonce: "n", csrf: "c", person: "138****2468", isStaff: true, isReviewer: true,
            isOperator: true, isDemo: true,
            assets: Assets.none.links, requestID: "r-1")
    }

    /// The routes behind the middlewares that they count on; the session's token is the person's id.
    func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self)
        router.add(middleware: ProblemMiddleware(pages: pages))
        router.add(
            middleware: SessionMiddleware(
                resolver: NamedSessions(), formToken: Self.formToken, cookies: CookieJar(isSecure: false)))
        review.addRoutes(to: router)
        return router
    }

    static let formToken = FormToken(secret: Array("test".utf8))
}

/// A session's token is a person's id; all but the applicant are reviewers.
private struct NamedSessions: SessionResolver {
    func identity(forSession token: String) async throws -> Identity? {
        Identity(person: token, roles: token == ID<Person>.applicant.text ? [] : [.reviewer], label: { "138****2468" })
    }
}

/// A browser in which somebody is signed in.
struct TestBrowser {
    let client: any TestClientProtocol
    let person: ID<Person>?

    private static let visitor = "abcdefghijklmnopqrstuvwx"

    private var headers: HTTPFields {
        let session = person.map { "; ruzhu_session=\($0)" } ?? ""
        return [.accept: "text/html", .cookie: "ruzhu_visitor=\(Self.visitor)\(session)"]
    }

    func get(_ path: String) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    func post(_ path: String, _ fields: [String: String] = [:], key: String? = nil) async throws -> TestResponse {
        var fields = fields
        fields["_csrf"] = ReviewBench.formToken.bound(to: Self.visitor).masked()
        fields["_key"] = key
        let body = fields.map { "\($0.key.percentEncodedForQuery)=\($0.value.percentEncodedForQuery)" }
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await client.executeRequest(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body.joined(separator: "&")))
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var location: String? { headers[.location] }
}
