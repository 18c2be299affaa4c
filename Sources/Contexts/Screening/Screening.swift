package import Applications
package import Catalogue
package import Database
package import Kernel
package import Sealing
package import Work

/// 风险筛查: what can be said about an application before a person looks at it.
package struct Screening: Sendable {
    package static let migrations: [Migration] = []

    /// Answers the screening stage's requests.
    package let handlers: [EventHandler]

    package init(applications: Applications, catalogue: Catalogue, vault: Vault) {
        handlers = []
    }

    /// What the reviewer should know about an application; it holds nobody back.
    package func findings(of application: ID<Application>, in tx: borrowing Transaction) throws -> [Finding] { [] }
}
