package import Applications
package import Catalogue
package import Database
package import Kernel
package import Sealing
package import Work

/// 风险筛查: the front of this context. What can be said about an application before a person looks at it.
///
/// It does what needs nobody outside: the code's own checks, and other applications for the same company. No registry
/// is asked yet; where a pack wants that, the stage says so and holds the application.
package struct Screening: Sendable {
    private let checking: Checking

    package static let migrations = ScreeningMigrations.all
    /// Its tables, those that others refer to first.
    package static let tables = [EntityRecord.table, CheckRecord.table]
    package static let frozen = [FrozenTable(CheckRecord.table, place: CheckRecord.place)]

    package init(applications: Applications, catalogue: Catalogue, vault: Vault) {
        checking = Checking(
            submission: { try applications.submission(of: $0, round: $1, in: $2) }, pack: { try catalogue.pack($0) },
            vault: vault)
    }

    init(checking: Checking) { self.checking = checking }

    /// Answers the screening stage's requests.
    package var handlers: [EventHandler] { [checking.handler] }

    /// What the reviewer should know about an application's last submission; it holds nobody back.
    package func findings(of application: ID<Application>, in tx: borrowing Transaction) throws -> [Finding] {
        try checking.latest(of: application, in: tx)?.findings ?? []
    }
}
