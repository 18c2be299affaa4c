import HTTPTypes
package import Hummingbird

/// The headers that keep a page's content its own (CSP level 3) and its address from leaking.
package struct SecurityHeaders: RouterMiddleware {
    package typealias Context = WebContext

    private let isSecure: Bool

    package init(isSecure: Bool) { self.isSecure = isSecure }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        var response = try await next(request, context)
        let isPage = response.headers[.contentType]?.hasPrefix("application/") != true
        response.headers[.contentSecurityPolicy] =
            isPage ? Self.pagePolicy(nonce: context.web.nonce) : "default-src 'none'; frame-ancestors 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(self), geolocation=(), microphone=()"
        response.headers[.requestID] = context.web.requestID
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }

    private static func pagePolicy(nonce: String) -> String {
        "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-\(nonce)'; "
            + "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'"
    }
}
