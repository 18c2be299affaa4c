package import Applications
package import Catalogue
package import Database
package import Foundation
package import Kernel
package import Logging
package import Sealing
package import Web
package import Work

package import protocol Hummingbird.RouterMethods

/// 店铺: the front of this context. The open shop, what it shows the public, and what the mall hears of it.
package struct Stores: Sendable {
    private let opening: Opening
    private let routes: ShopRoutes
    private let firstDay: FirstDayRoutes
    private let sales: SalesRoutes
    private let watched: WatchedRoutes
    private let partners: PartnerRoutes
    private let messages: WebhookMessages
    private let delivering: WebhookDelivering
    private let webhooks: WebhookSetup
    private let sweeping: WebhookSweep

    package static let migrations =
        StoreMigrations.all + SaleMigrations.all + WebhookMigrations.all + FirstDayMigrations.all
    /// Its tables, those that others refer to first.
    package static let tables =
        [StoreRecord.table, SaleRecord.table, ToldLevelRecord.table, FirstDayRecord.table] + WebhookMigrations.tables
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    /// - Parameters:
    ///   - site: the address under which people reach this site, such as `https://ruzhu.example.cn`.
    ///   - webhookHosts: hosts, or hosts with ports, that may be called although they are not public.
    ///   - support: how owners reach the mall, as they read it; empty if nobody said so.
    package init(
        database: any Database, applications: Applications, catalogue: Catalogue, vault: Vault, pages: Pages,
        clock: any WallClock, site: String, webhookHosts: [String], support: String, logger: Logger
    ) {
        self.init(
            database: database, submission: { try applications.submission(of: $0, round: $1, in: $2) },
            pack: { try catalogue.pack($0) }, vault: vault, pages: pages, clock: clock, site: site,
            caller: WebhookCaller(allowed: AllowedHosts(webhookHosts)), support: support, logger: logger)
    }

    init(
        database: any Database,
        submission: @escaping @Sendable (ID<Application>, _ round: Int, borrowing Transaction) throws -> Submission?,
        pack: @escaping @Sendable (_ hash: String) throws -> Pack, vault: Vault, pages: Pages, clock: any WallClock,
        site: String = "https://ruzhu.example.cn", caller: WebhookCaller = WebhookCaller(allowed: AllowedHosts([])),
        support: String = "", logger: Logger = Logger(label: "stores"),
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        let reading = TurnoverReading(pack: pack)
        let site = site.hasSuffix("/") ? String(site.dropLast()) : site
        opening = Opening(submission: submission, pack: pack, vault: vault)
        routes = ShopRoutes(database: database, pack: pack, vault: vault, pages: pages, clock: clock, site: site)
        firstDay = FirstDayRoutes(database: database, pages: pages, clock: clock, site: site, help: support)
        sales = SalesRoutes(database: database, reading: reading, clock: clock)
        watched = WatchedRoutes(database: database, reading: reading, pages: pages, clock: clock)
        partners = PartnerRoutes(database: database, vault: vault, pack: pack, clock: clock, site: site)
        messages = WebhookMessages(pack: pack, site: site)
        delivering = WebhookDelivering(
            database: database, vault: vault, caller: caller, clock: clock, logger: logger, chance: chance)
        webhooks = WebhookSetup(
            database: database, desk: WebhookDesk(vault: vault, allowed: caller.allowed, messages: messages),
            pages: pages, clock: clock)
        sweeping = WebhookSweep(database: database, clock: clock)
    }

    /// Opens the store when its stage is due, and tells the mall.
    package var handlers: [EventHandler] { [opening.handler, messages.handler] }

    /// Calls the mall's endpoints.
    package var jobs: [JobHandler] { [delivering.handler] }

    /// Forgets old messages to the mall, and gives up endpoints that nothing reaches.
    package func sweep() async throws { try await sweeping.run() }

    /// How many of the mall's endpoints do not take messages: one used up its tries, or it was switched off for that.
    package func failingEndpoints() async throws -> Int { try await sweeping.failing() }

    /// Serves `/shops/…` to everybody, `/api/shops/…` to owners, operators and partners, `/operations/turnover` and
    /// `/operations/webhooks` to operators.
    ///
    /// - Parameter staffName: what an operator is called on pages.
    package func addRoutes(
        to router: some RouterMethods<WebContext>,
        staffName: @escaping @Sendable (_ person: String, borrowing Transaction) throws -> String = { person, _ in
            person
        }
    ) {
        routes.add(to: router)
        firstDay.add(to: router)
        sales.add(to: router)
        watched.add(to: router)
        partners.add(to: router)
        webhooks.routes(staffName: staffName).add(to: router)
    }

    /// The store that an application led to, once it is open.
    package static func storeID(of application: ID<Application>, in tx: borrowing Transaction) throws -> ID<Store>? {
        try StoreStore().find(of: application, in: tx)?.id
    }

    /// Where its owner goes once the store that an application led to is open: to the first day's page, which leads all
    /// others on to the shop.
    package static func path(
        ofStoreOpenedBy application: ID<Application>, in tx: borrowing Transaction
    ) throws -> String? {
        try storeID(of: application, in: tx).map(ShopPath.firstDay)
    }
}

/// What the operators' pages of endpoints are made of.
private struct WebhookSetup: Sendable {
    let database: any Database
    let desk: WebhookDesk
    let pages: Pages
    let clock: any WallClock

    func routes(
        staffName: @escaping @Sendable (_ person: String, borrowing Transaction) throws -> String
    ) -> WebhookRoutes {
        WebhookRoutes(database: database, desk: desk, pages: pages, clock: clock, staffName: staffName)
    }
}
