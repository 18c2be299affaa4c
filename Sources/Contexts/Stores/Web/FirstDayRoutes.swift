import Database
import Hummingbird
import Kernel
import Web
import Work

/// The owner's page for the first day, with what is done of it.
struct FirstDayRoutes: Sendable {
    let database: any Database
    let pages: Pages
    let clock: any WallClock
    /// The address under which people reach this site, without a slash at its end.
    let site: String
    /// How owners reach the mall; empty if nobody said so.
    let help: String

    func add(to router: some RouterMethods<WebContext>) {
        let group = router.group(RouterPath(ShopPath.firstDayPattern), context: SignedInContext.self)
        group.get(use: show)
        group.post(use: tick)
    }

    /// Others than the owner are led to the shop.
    @Sendable func show(_ request: Request, context: SignedInContext) async throws -> Response {
        let (id, person) = (try context.shop(), context.identity.person)
        let found = try await database.read { tx in
            try StoreStore().find(id, in: tx).map { ($0, try FirstDayStore().done(in: id, in: tx)) }
        }
        guard let (store, done) = found else { throw Problem.notFound }
        guard store.person.text == person else { return .see(ShopPath.page(id)) }
        return try pages.render(
            "first-day",
            FirstDayPage(page: pages.frame("第一天", in: context), store: store, done: done, site: site, help: help))
    }

    /// The same tick again changes nothing.
    @Sendable func tick(_ request: Request, context: SignedInContext) async throws -> Response {
        let (form, id, person) = (try await request.form(in: context), try context.shop(), context.identity.person)
        guard let step = form["step"].flatMap(FirstDayStep.init) else { throw Problem.notFound }
        let (isDone, now) = (form["done"] == "yes", clock.now)
        try await database.write { tx in
            guard let store = try StoreStore().find(id, in: tx), store.person.text == person else {
                throw Problem.notFound
            }
            try FirstDayStore().set(step, done: isDone, in: id, at: now, in: tx)
        }
        return .see(ShopPath.firstDay(id) + "#\(step.rawValue)")
    }
}
