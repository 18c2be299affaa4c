package import Hummingbird
import Kernel

/// The cookies of the product.
package struct CookieJar: Sendable {
    /// Cookies are sent over HTTPS only.
    let isSecure: Bool

    package init(isSecure: Bool) { self.isSecure = isSecure }

    static let session = "ruzhu_session"
    static let visitor = "ruzhu_visitor"

    func cookie(_ name: String, _ value: String, maxAge: Int?) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    /// Begins a session in the browser that gets this response.
    package func begin(session token: String, in response: inout Response) {
        response.setCookie(cookie(Self.session, token, maxAge: 30 * 86_400))
    }

    /// Ends the browser's session.
    package func end(in response: inout Response) {
        response.setCookie(cookie(Self.session, "", maxAge: 0))
    }
}

/// Finds out who is there, and gives each browser the cookie that its form tokens hang on.
package struct SessionMiddleware: RouterMiddleware {
    package typealias Context = WebContext

    private let resolver: any SessionResolver
    private let formToken: FormToken
    private let cookies: CookieJar

    package init(resolver: any SessionResolver, formToken: FormToken, cookies: CookieJar) {
        self.resolver = resolver
        self.formToken = formToken
        self.cookies = cookies
    }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        var context = context
        let sent = request.cookies
        if let token = sent[CookieJar.session]?.value, !token.isEmpty, token.utf8.count < 200 {
            context.web.identity = try await resolver.identity(forSession: token)
        }
        let known = sent[CookieJar.visitor]?.value
        let visitor = known.flatMap { $0.utf8.count == 24 ? $0 : nil } ?? RandomToken.make(bytes: 18)
        context.web.formToken = formToken.bound(to: visitor)
        var response = try await next(request, context)
        // Programs send no forms of ours and keep no cookies.
        if visitor != known, request.wantsHTML || known != nil {
            response.setCookie(cookies.cookie(CookieJar.visitor, visitor, maxAge: 365 * 86_400))
        }
        return response
    }
}

extension Request {
    /// The token of the session that the browser claims, if any.
    package var sessionToken: String? { cookies[CookieJar.session]?.value }
}
