import Accounts
import CanonicalJSON
import Database
import Documents
import Foundation
import Kernel
import Logging
import Sealing
import Synchronization
import TestSupport
import Web
import Work

@testable import Applications
@testable import Catalogue
@testable import Review

/// Review on a database of its own, with the contexts upstream replaced by what they would answer.
final class ReviewBench: Sendable {
    private let kept: TestDatabase
    let vault = Vault(.forTesting())
    let clock = ManualClock()
    let review: Review
    let sources: CaseSources
    let pages: Pages
    private let submissions: Submissions

    /// What Applications would answer.
    final class Submissions: Sendable {
        let kept = Mutex<[String: Submission]>([:])

        func find(_ application: ID<Application>, _ round: Int) -> Submission? {
            kept.withLock { $0["\(application)/\(round)"] }
        }
    }

    init() async throws {
        kept = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Review.migrations)
        pages = try Pages(
            templateFolders: [Pages.templates, Review.templates], assets: .none, isDemo: true)
        let submissions = Submissions()
        let pack = try Pack.example()
        self.submissions = submissions
        sources = CaseSources(
            submission: { application, round, _ in submissions.find(application, round) }, pack: { _ in pack },
            picture: { document, _ in .example(document) },
            findings: { _, _ in
                [Finding(path: "/licence/creditCode", code: "screening.duplicate_entity", message: "同一主体另有 1 份申请")]
            },
            staffName: { person, _ in person == .minZhou ? "周敏" : "林涛" })
        review = Review(database: kept.database, pages: pages, clock: clock, vault: vault, sources: sources)
        let now = clock.now
        try await database.write { [vault] tx in
            _ = try vault.key(for: ID<Person>.applicant.keyOwner, at: now, in: tx)
        }
    }

    var database: any Database { kept.database }
    func everythingKept() throws -> [(name: String, bytes: Data)] { try kept.kept() }

    var acts: CaseActs { CaseActs(sources: sources, vault: vault) }

    /// Hands in a round and has the review stage asked for it. Returns its case, if one was opened.
    @discardableResult
    func submit(
        application: ID<Application> = .numbered(10), person: ID<Person> = .applicant, round: Int = 1,
        categories: [String] = ["food"], _ values: JSONValue = .submissionExample
    ) async throws -> ID<Case>? {
        let submission = Submission(
            application: application, person: person, round: round, pack: Pack.exampleHash, categories: categories,
            submittedAt: clock.now, digest: "digest-\(round)", values: Secret(values))
        submissions.kept.withLock { $0["\(application)/\(round)"] = submission }
        let request = StageRequested(
            application: application, person: person, stage: .review, round: round, pack: Pack.exampleHash,
            categories: categories)
        try await tell(request)
        return try await database.read { tx in try CaseStore().find(application, round: round, in: tx)?.id }
    }

    func withdraw(application: ID<Application> = .numbered(10), round: Int = 1) async throws {
        try await tell(ApplicationMoved(application: application, person: .applicant, round: round, state: .withdrawn))
    }

    /// Emits an event and lets the handlers have it.
    func tell(_ event: some Event) async throws {
        let now = clock.now
        try await database.write { tx in try tx.emit(event, at: now) }
        try await Dispatcher(
            database: database, handlers: review.handlers, clock: clock, logger: Logger(label: "test")
        ).drain()
    }

    func find(_ id: ID<Case>) async throws -> Case {
        let found = try await database.read { tx in try CaseStore().find(id, in: tx) }
        guard let found else { throw Problem.notFound }
        return found
    }

    func claim(_ id: ID<Case>, by reviewer: ID<Person> = .minZhou) async throws {
        let (acts, now) = (acts, clock.now)
        try await database.write { tx in try acts.claim(id, by: reviewer, at: now, in: tx) }
    }

    func decide(_ id: ID<Case>, _ draft: DecisionDraft, by reviewer: ID<Person> = .minZhou) async throws {
        let (acts, now) = (acts, clock.now)
        try await database.write { tx in try acts.decide(id, draft, by: reviewer, at: now, in: tx) }
    }

    func dossier(_ id: ID<Case>) async throws -> CaseDossier {
        let reader = CaseReader(sources: sources, vault: vault)
        return try await database.read { tx in try reader.dossier(id, in: tx) }
    }

    /// What was reported of the review stage, in order.
    func reports() async throws -> [StageReport] {
        let payloads = try await database.read { tx in
            try tx.rows(
                "SELECT payload FROM \(sqlite: "work_events", postgres: "work.events") WHERE name = \(StageReport.name) ORDER BY stream, number"
            )
            .map { try $0.get("payload", as: String.self) }
        }
        return try payloads.map { try JSONDecoder().decode(StageReport.self, from: Data($0.utf8)) }
    }
}

extension CasePicture {
    /// A licence whose address was read otherwise than it was typed.
    static func example(_ document: ID<Document>) -> CasePicture {
        func read(_ value: String, _ confidence: Double, y: Int) -> ReadField {
            ReadField(value: value, confidence: confidence, box: [100, y, 300, 40], isRepaired: false, crop: [])
        }
        return CasePicture(
            document: document, width: 1_892, height: 1_397, uploadedAt: .example,
            read: Secret([
                "统一社会信用代码": read("91330106MA9TE5T04E", 0.99, y: 100),
                "法定代表人": read("孙燕英", 0.98, y: 200), "住所": read("上海市浦东新区张江路782号", 0.6, y: 300),
            ]))
    }
}
