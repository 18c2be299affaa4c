package import Applications
package import Catalogue
package import Database
package import Foundation
package import protocol Hummingbird.RouterMethods
package import Kernel
package import Sealing
package import Web
package import Work

/// 店铺: the open shop and what it shows the public.
package struct Stores: Sendable {
    package static let migrations: [Migration] = []
    package static let templates = Bundle.module.bundleURL.appending(path: "Templates")

    /// Opens the store when its stage is due.
    package let handlers: [EventHandler]

    package init(
        database: any Database, applications: Applications, catalogue: Catalogue, vault: Vault, pages: Pages,
        clock: any WallClock
    ) {
        handlers = []
    }

    /// The store that an application led to, once it is open.
    package func storeID(of application: ID<Application>, in tx: borrowing Transaction) throws -> ID<Store>? { nil }

    /// Serves `/shops/…`.
    package func addRoutes(to router: some RouterMethods<WebContext>) {}
}
