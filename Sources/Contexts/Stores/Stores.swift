package import Applications
package import Catalogue
package import Database
package import Foundation
package import Kernel
package import Sealing
package import Web
package import Work

package import protocol Hummingbird.RouterMethods

/// 店铺: the front of this context. The open shop, and what it shows the public.
package struct Stores: Sendable {
    private let opening: Opening
    private let routes: ShopRoutes
    private let sales: SalesRoutes
    private let watched: WatchedRoutes

    package static let migrations = StoreMigrations.all + SaleMigrations.all
    /// Its tables, those that others refer to first.
    package static let tables = [StoreRecord.table, SaleRecord.table, ToldLevelRecord.table]
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    package init(
        database: any Database, applications: Applications, catalogue: Catalogue, vault: Vault, pages: Pages,
        clock: any WallClock
    ) {
        self.init(
            database: database, submission: { try applications.submission(of: $0, round: $1, in: $2) },
            pack: { try catalogue.pack($0) }, vault: vault, pages: pages, clock: clock)
    }

    init(
        database: any Database,
        submission: @escaping @Sendable (ID<Application>, _ round: Int, borrowing Transaction) throws -> Submission?,
        pack: @escaping @Sendable (_ hash: String) throws -> Pack, vault: Vault, pages: Pages, clock: any WallClock
    ) {
        let reading = TurnoverReading(pack: pack)
        opening = Opening(submission: submission, pack: pack, vault: vault)
        routes = ShopRoutes(database: database, pack: pack, vault: vault, pages: pages, clock: clock)
        sales = SalesRoutes(database: database, reading: reading, clock: clock)
        watched = WatchedRoutes(database: database, reading: reading, pages: pages, clock: clock)
    }

    /// Opens the store when its stage is due.
    package var handlers: [EventHandler] { [opening.handler] }

    /// Serves `/shops/…` to everybody, `/api/shops/…` to owners and operators, `/operations/turnover` to operators.
    package func addRoutes(to router: some RouterMethods<WebContext>) {
        routes.add(to: router)
        sales.add(to: router)
        watched.add(to: router)
    }

    /// The store that an application led to, once it is open.
    package static func storeID(of application: ID<Application>, in tx: borrowing Transaction) throws -> ID<Store>? {
        try StoreStore().find(of: application, in: tx)?.id
    }

    /// Where the public finds the store that an application led to, once it is open.
    package static func path(
        ofStoreOpenedBy application: ID<Application>, in tx: borrowing Transaction
    ) throws -> String? {
        try storeID(of: application, in: tx).map(ShopPath.page)
    }
}
