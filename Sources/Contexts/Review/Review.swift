package import Applications
package import Catalogue
package import Database
package import Foundation
package import Hummingbird
package import Kernel
package import Sealing
package import Web
package import Work

/// 审核: cases, claims and decisions.
package struct Review: Sendable {
    package static let migrations: [Migration] = []
    package static let templates = Bundle.module.bundleURL.appending(path: "Templates")

    /// Opens cases, and closes those whose application was withdrawn.
    package let handlers: [EventHandler]

    package init(
        database: any Database, applications: Applications, catalogue: Catalogue, vault: Vault, pages: Pages,
        clock: any WallClock, sources: CaseSources
    ) {
        handlers = []
    }

    /// Serves `/staff/queue` and `/staff/cases/…`.
    package func addRoutes(to router: some RouterMethods<WebContext>) {}
}
