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

    package static let migrations = StoreMigrations.all
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    package init(
        database: any Database, applications: Applications, catalogue: Catalogue, vault: Vault, pages: Pages
    ) {
        opening = Opening(
            submission: { try applications.submission(of: $0, round: $1, in: $2) }, pack: { try catalogue.pack($0) },
            vault: vault)
        routes = ShopRoutes(database: database, pack: { try catalogue.pack($0) }, vault: vault, pages: pages)
    }

    init(opening: Opening, routes: ShopRoutes) {
        self.opening = opening
        self.routes = routes
    }

    /// Opens the store when its stage is due.
    package var handlers: [EventHandler] { [opening.handler] }

    /// Serves `/shops/…` to everybody.
    package func addRoutes(to router: some RouterMethods<WebContext>) { routes.add(to: router) }

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
