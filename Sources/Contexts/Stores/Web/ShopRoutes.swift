import Accounts
import Catalogue
import Database
import Hummingbird
import Kernel
import Sealing
import Web

/// What the public sees of a shop.
struct ShopRoutes: Sendable {
    let database: any Database
    let pack: @Sendable (_ hash: String) throws -> Pack
    let vault: Vault
    let pages: Pages
    let clock: any WallClock
    /// The address under which people reach this site, without a slash at its end.
    let site: String
    private let stores = StoreStore()

    init(
        database: any Database, pack: @escaping @Sendable (_ hash: String) throws -> Pack, vault: Vault, pages: Pages,
        clock: any WallClock, site: String
    ) {
        self.database = database
        self.pack = pack
        self.vault = vault
        self.pages = pages
        self.clock = clock
        self.site = site
    }

    func add(to router: some RouterMethods<WebContext>) {
        let shop = router.group(RouterPath(ShopPath.pattern))
        shop.get(use: show)
        shop.get("licence", use: licence)
    }

    @Sendable func show(_ request: Request, context: WebContext) async throws -> Response {
        let store = try await store(in: context)
        let isOwner = context.web.identity?.person == store.person.text
        let page = ShopPage(
            page: pages.frame(store.name, in: context), store: store,
            categories: try pack(store.pack).names(of: store.categories), isOwner: isOwner,
            done: isOwner ? try await done(in: store.id) : [:],
            turnover: isOwner ? try await turnover(of: store) : nil)
        return try pages.render("shop", page)
    }

    @Sendable func licence(_ request: Request, context: WebContext) async throws -> Response {
        let store = try await store(in: context)
        let representative = try await database.read { [vault] tx in
            let key = try vault.existingKey(for: store.person.keyOwner, in: tx)
            return try key.openText(store.licence.legalRepresentative, place: PublishedLicence.representativePlace)
        }
        let frame = pages.frame("\(store.name)的营业执照信息", in: context)
        return try pages.revalidated(
            "shop-licence",
            LicencePage(page: frame, store: store, representative: representative.reveal(), site: site),
            for: request, in: context)
    }

    private func done(in id: ID<Store>) async throws -> [FirstDayStep: Instant] {
        try await database.read { tx in try FirstDayStore().done(in: id, in: tx) }
    }

    private func turnover(of store: Store) async throws -> ShopTurnover? {
        let (reading, year) = (TurnoverReading(pack: pack), clock.now.inShanghai.year)
        return ShopTurnover(try await database.read { tx in try reading.turnover(of: store, in: year, in: tx) })
    }

    private func store(in context: WebContext) async throws -> Store {
        let id = try context.shop()
        guard let store = try await database.read({ [stores] tx in try stores.find(id, in: tx) }) else {
            throw Problem.notFound
        }
        return store
    }
}
