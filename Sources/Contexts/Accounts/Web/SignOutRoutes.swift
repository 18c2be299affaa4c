import Hummingbird
import Web

/// Ends the browser's session, here and in the browser.
struct SignOutRoutes: Sendable {
    let signIn: SignIn
    let cookies: CookieJar

    func add(to router: some RouterMethods<WebContext>) {
        router.post("/sign-out", use: signOut)
    }

    @Sendable func signOut(_ request: Request, context: WebContext) async throws -> Response {
        _ = try await request.form(in: context)
        if let token = request.sessionToken { try await signIn.signOut(token) }
        var response = Response.see("/")
        cookies.end(in: &response)
        return response
    }
}
