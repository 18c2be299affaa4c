package import Accounts
package import Applications
package import Catalogue
package import Database
package import Documents
package import Foundation
package import Kernel
package import Sealing
package import Web
package import Work

package import protocol Hummingbird.RouterMethods

/// 审核: the front of this context. Members of staff claim cases and decide them.
package struct Review: Sendable {
    private let database: any Database
    private let pages: Pages
    private let clock: any WallClock
    private let vault: Vault
    private let sources: CaseSources

    /// What screening found about an application.
    package typealias Findings = @Sendable (ID<Application>, borrowing Transaction) throws -> [Finding]
    /// How a member of staff is named on pages.
    package typealias StaffName = @Sendable (ID<Person>, borrowing Transaction) throws -> String

    package static let migrations = ReviewMigrations.all
    /// Its tables, those that others refer to first.
    package static let tables = [CaseRecord.table, ActRecord.table, DecisionRecord.table]
    package static let frozen = [FrozenTable(DecisionRecord.table, place: DecisionRecord.place)]
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    package init(
        database: any Database, applications: Applications, catalogue: Catalogue, documents: Documents, vault: Vault,
        pages: Pages, clock: any WallClock, findings: @escaping Findings, staffName: @escaping StaffName
    ) {
        let sources = CaseSources(
            submission: { try applications.submission(of: $0, round: $1, in: $2) },
            pack: { try catalogue.pack($0) },
            picture: { try CasePicture($0, of: documents, in: $1) },
            findings: findings, staffName: staffName)
        self.init(database: database, pages: pages, clock: clock, vault: vault, sources: sources)
    }

    init(database: any Database, pages: Pages, clock: any WallClock, vault: Vault, sources: CaseSources) {
        self.database = database
        self.pages = pages
        self.clock = clock
        self.vault = vault
        self.sources = sources
    }

    /// Opens cases, and closes those whose application was withdrawn.
    package var handlers: [EventHandler] { [CaseOpening(sources: sources).handler] }

    /// Proves all decisions: what was decided then is what the commitments are to.
    package func proveDecisions(in tx: borrowing Transaction) throws -> FactReport {
        var report = FactReport()
        let store = DecisionStore()
        for application in try store.decided(in: tx) {
            for record in try store.decisions(on: application, in: tx) {
                try report.take(
                    record.fact, of: record.person.keyOwner, with: vault, place: DecisionRecord.place,
                    row: record.caseID.text, in: tx)
            }
        }
        return report
    }

    /// Serves `/staff/queue` and `/staff/cases/…` to reviewers.
    package func addRoutes(to router: some RouterMethods<WebContext>) {
        let desk = ReviewDesk(database: database, pages: pages, clock: clock, vault: vault, sources: sources)
        QueueRoutes(desk: desk).add(to: router)
        CaseRoutes(desk: desk).add(to: router)
        CaseProgramRoutes(desk: desk).add(to: router)
    }
}

extension Review {
    /// The newest case of an application, if it came that far.
    package func newestCase(of application: ID<Application>, in tx: borrowing Transaction) throws -> String? {
        try CaseStore().cases(of: application, in: tx).last?.id.text
    }

    /// Takes the newest case of an application and approves it, as its reviewer would.
    /// - Throws: `CaseRefusal`.
    package func approve(
        _ application: ID<Application>, by reviewer: ID<Person>, at now: Instant, in tx: borrowing Transaction
    ) throws {
        guard let subject = try CaseStore().cases(of: application, in: tx).last else { throw Problem.notFound }
        let acts = CaseActs(sources: sources, vault: vault)
        try acts.claim(subject.id, by: reviewer, at: now, in: tx)
        let draft = DecisionDraft(decision: "approve", reason: nil, note: nil, comments: [:])
        try acts.decide(subject.id, draft, by: reviewer, at: now, in: tx)
    }
}

extension CasePicture {
    fileprivate init?(_ id: ID<Document>, of documents: Documents, in tx: borrowing Transaction) throws {
        guard let document = try documents.document(id, in: tx) else { return nil }
        let reading = try documents.reading(of: id, in: tx)
        self.init(
            document: id, width: document.width, height: document.height, uploadedAt: document.uploadedAt,
            read: Secret(reading?.reveal().fields ?? [:]))
    }
}
