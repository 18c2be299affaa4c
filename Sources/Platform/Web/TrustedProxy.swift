package import Hummingbird

/// Takes the client's address from the reverse proxy's header, if the operator says that there is one to trust.
package struct TrustedProxy: RouterMiddleware {
    package typealias Context = WebContext

    private let isTrusted: Bool

    package init(isTrusted: Bool) { self.isTrusted = isTrusted }

    package func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        var context = context
        // The last address is the one that the trusted proxy added; those before it are whatever the client sent.
        if isTrusted, let last = request.headers[.forwardedFor]?.split(separator: ",").last {
            context.web.client = last.trimmingPrefix(while: \.isWhitespace).prefix(45).description
        }
        return try await next(request, context)
    }
}
