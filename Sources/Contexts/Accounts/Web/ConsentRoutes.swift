import Hummingbird
import Web

/// Shows the text that applicants agree to, in its current version.
struct ConsentRoutes: Sendable {
    static let path = "/consents/current"

    let text: ConsentText
    let pages: Pages

    func add(to router: some RouterMethods<WebContext>) {
        router.get(RouterPath(Self.path), use: show)
    }

    @Sendable func show(_ request: Request, context: WebContext) async throws -> Response {
        try pages.render("consent", ConsentPage(page: pages.frame(text.heading, in: context), text: text))
    }
}

/// What `consent` may know.
struct ConsentPage: Sendable {
    let page: PageFrame
    let heading: String
    let version: String
    let effective: String
    let sections: [ConsentText.Section]

    init(page: PageFrame, text: ConsentText) {
        self.page = page
        heading = text.heading
        version = text.version
        effective = text.effective
        sections = text.sections
    }
}
