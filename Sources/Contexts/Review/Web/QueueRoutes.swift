import Accounts
import Database
import Hummingbird
import Kernel
import Web

/// The lists from which reviewers work.
struct QueueRoutes: Sendable {
    let desk: ReviewDesk

    func add(to router: some RouterMethods<WebContext>) {
        router.group(context: ReviewerContext.self).get(RouterPath(ReviewPath.queuePattern), use: show)
    }

    @Sendable func show(_ request: Request, context: ReviewerContext) async throws -> Response {
        let reviewer = try context.reviewer()
        let query = request.uri.queryParameters
        let tab = query["tab"].flatMap { QueueTab(rawValue: String($0)) } ?? .waiting
        let after = query["after"].flatMap { ID<Case>(String($0)) }
        let now = desk.clock.now
        let view = try await desk.database.read { [desk] tx in
            try QueueView(tab, of: reviewer, after: after, at: now, from: desk, in: tx)
        }
        return try desk.pages.render("queue", QueuePage(page: desk.pages.frame("审核单", in: context), view))
    }
}
