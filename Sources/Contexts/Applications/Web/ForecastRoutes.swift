import Catalogue
import Database
import Hummingbird
import Kernel
import Web
import WorkingTime

/// How well answers were foretold, for operators.
struct ForecastRoutes {
    let applications: Applications
    static let path = "/operations/forecasts"
    private static let days = 90
    /// The newest count; more would say the same.
    private static let most = 5_000

    func add(to router: some RouterMethods<WebContext>) {
        router.group(RouterPath(Self.path), context: OperatorContext.self).get(use: show)
    }

    @Sendable func show(_ request: Request, context: OperatorContext) async throws -> Response {
        let now = applications.clock.now
        let ended = try await applications.database.read { tx in
            try ForecastStore().ended(since: now - .seconds(Self.days * 86_400), limit: Self.most, in: tx)
        }
        let content = try applications.catalogue.current(at: now).content
        let page = ForecastPage(
            page: applications.pages.frame("预计时间准不准", in: context), ended, days: Self.days,
            isCut: ended.count == Self.most, hours: applications.calendar.hours
        ) { content.category($0)?.name ?? $0 }
        return try applications.pages.render("forecasts", page)
    }
}
