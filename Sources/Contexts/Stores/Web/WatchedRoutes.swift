import Database
import Hummingbird
import Kernel
import Web

/// Which natural persons' shops are near or over what may be sold in a year, for operators.
struct WatchedRoutes: Sendable {
    let database: any Database
    let reading: TurnoverReading
    let pages: Pages
    let clock: any WallClock

    func add(to router: some RouterMethods<WebContext>) {
        router.group(RouterPath(ShopPath.watched), context: OperatorContext.self).get(use: show)
    }

    @Sendable func show(_ request: Request, context: OperatorContext) async throws -> Response {
        let year = clock.now.inShanghai.year
        let watched = try await database.read { [reading] tx in try reading.watched(in: year, in: tx) }
        return try pages.render(
            "watched-shops", WatchedPage(page: pages.frame("自然人年销售额", in: context), watched, year: year))
    }
}
