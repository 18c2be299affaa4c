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
    private let stores = StoreStore()

    init(
        database: any Database, pack: @escaping @Sendable (_ hash: String) throws -> Pack, vault: Vault, pages: Pages
    ) {
        self.database = database
        self.pack = pack
        self.vault = vault
        self.pages = pages
    }

    func add(to router: some RouterMethods<WebContext>) {
        let shop = router.group(RouterPath(ShopPath.pattern))
        shop.get(use: show)
        shop.get("licence", use: licence)
    }

    @Sendable func show(_ request: Request, context: WebContext) async throws -> Response {
        let store = try await store(in: context)
        let page = ShopPage(
            page: pages.frame(store.name, in: context), store: store,
            categories: try pack(store.pack).names(of: store.categories),
            isOwner: context.web.identity?.person == store.person.text)
        return try pages.render("shop", page)
    }

    @Sendable func licence(_ request: Request, context: WebContext) async throws -> Response {
        let store = try await store(in: context)
        let representative = try await database.read { [vault] tx in
            let key = try vault.existingKey(for: store.person.keyOwner, in: tx)
            return try key.openText(store.licence.legalRepresentative, place: PublishedLicence.representativePlace)
        }
        let frame = pages.frame("营业执照信息", in: context)
        return try pages.render(
            "shop-licence", LicencePage(page: frame, store: store, representative: representative.reveal()))
    }

    private func store(in context: WebContext) async throws -> Store {
        guard let id = ID<Store>(try context.parameters.require("shop")) else { throw Problem.notFound }
        guard let store = try await database.read({ [stores] tx in try stores.find(id, in: tx) }) else {
            throw Problem.notFound
        }
        return store
    }
}
