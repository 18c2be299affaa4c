package import Database
package import Foundation
package import Kernel
package import Web

package import protocol Hummingbird.RouterMethods

extension Catalogue {
    /// The folder of this context's page templates.
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    /// How a member of staff is named on pages.
    package typealias StaffName = @Sendable (_ person: String, borrowing Transaction) throws -> String

    /// Serves the rules to everybody at `/rules`, and their publishing to operators at `/operations/packs`.
    ///
    /// - Parameters:
    ///   - source: the pack that lies in the operator's folder.
    ///   - staffName: whose act it was, for other operators.
    package func addRoutes(
        to router: some RouterMethods<WebContext>, database: any Database, pages: Pages, clock: any WallClock,
        source: @escaping @Sendable () throws -> PackSource, staffName: @escaping StaffName
    ) {
        let changes = KnownChanges()
        RulesRoutes(catalogue: self, database: database, pages: pages, clock: clock, changes: changes).add(to: router)
        PublishingRoutes(
            catalogue: self, database: database, pages: pages, clock: clock, changes: changes, source: source,
            staffName: staffName
        ).add(to: router)
    }
}
