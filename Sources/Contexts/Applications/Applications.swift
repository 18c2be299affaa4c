import Accounts
import CanonicalJSON
package import Catalogue
package import Database
package import Documents
package import Foundation
package import Hummingbird
package import Kernel
package import Sealing
package import Web
package import Work
package import WorkingTime

/// The front of this context: applications from draft to open shop.
package struct Applications: Sendable {
    let database: any Database
    let vault: Vault
    let catalogue: Catalogue
    let documents: Documents
    let pages: Pages
    let clock: any WallClock
    /// When reviewers work.
    let calendar: WorkingCalendar
    /// Where an application's open shop is found; asked of the context downstream.
    let shopLink: ShopLink
    let store = ApplicationStore()
    let estimateShelf = EstimateShelf()
    private let shelf = SubmissionShelf()

    /// Gives the path of the shop that an application opened.
    package typealias ShopLink = @Sendable (ID<Application>, borrowing Transaction) throws -> String?

    static let draftPlace: StaticString = "applications.draft"
    static let submissionPlace: StaticString = "applications.submission"

    package init(
        database: any Database, vault: Vault, catalogue: Catalogue, documents: Documents, pages: Pages,
        clock: any WallClock, calendar: WorkingCalendar = WorkingCalendar(), shopLink: @escaping ShopLink
    ) {
        self.database = database
        self.vault = vault
        self.catalogue = catalogue
        self.documents = documents
        self.pages = pages
        self.clock = clock
        self.calendar = calendar
        self.shopLink = shopLink
    }

    package static let migrations = ApplicationMigrations.all
    /// Its tables, those that others refer to first.
    package static let tables = [
        ApplicationRecord.table, DraftRecord.table, StandingRecord.table, SubmissionRecord.table, MilestoneRecord.table,
        FinishedRoundRecord.table, ForecastRecord.table,
    ]
    package static let frozen = [FrozenTable(SubmissionRecord.table, place: submissionPlace)]
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    package var handlers: [EventHandler] { [hearReports, fillFromPictures] }

    package func addRoutes(to router: some RouterMethods<WebContext>) {
        LandingRoute(catalogue: catalogue, pages: pages, clock: clock).add(to: router)
        ApplicationRoutes(applications: self).add(to: router)
        ProgramRoutes(applications: self).add(to: router)
        SubjectRoutes(applications: self).add(to: router)
        StepRoutes(applications: self).add(to: router)
        RequirementRoutes(applications: self).add(to: router)
        ProgressRoutes(applications: self).add(to: router)
        ForecastRoutes(applications: self).add(to: router)
        SuggestionRoutes().add(to: router)
        SubmitRoutes(applications: self).add(to: router)
    }

    /// Whether the application of a stream was ever handed in, so that reviewers may see what belongs to it.
    package static func wasHandedIn(_ stream: EventStream, in tx: borrowing Transaction) throws -> Bool {
        guard let text = stream.text.split(separator: "/").last, let id = ID<Application>(String(text)) else {
            return false
        }
        return try (ApplicationStore().find(id, in: tx)?.journey.round ?? 0) > 0
    }

    /// What was submitted in one round, opened; `nil` if there is no such submission.
    package func submission(
        of application: ID<Application>, round: Int, in tx: borrowing Transaction
    ) throws -> Submission? {
        guard let record = try store.submission(of: application, round: round, in: tx) else { return nil }
        let key = try vault.lockedKey(for: record.person.keyOwner, in: tx)
        if let opened = shelf[record.fact], opened.application == application, opened.round == round { return opened }
        let fact = try record.fact.opened(
            under: try key.opened(), place: Self.submissionPlace,
            row: SubmissionRecord.row(of: application, round: round)
        ).reveal()
        let submission = Submission(
            application: application, person: record.person, round: round, pack: record.pack,
            categories: (fact["categories"]?.array ?? []).compactMap(\.string), submittedAt: record.submittedAt,
            digest: record.digest, values: Secret(fact["values"] ?? [:]))
        shelf.keep(submission, of: record.fact)
        return submission
    }
}
