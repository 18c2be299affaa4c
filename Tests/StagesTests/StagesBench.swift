import Accounts
import CanonicalJSON
import Catalogue
import Database
import Foundation
import Kernel
import Logging
import Sealing
import Synchronization
import TestSupport
import Work

@testable import Applications
@testable import Screening

/// A database of its own and the events of the stages.
final class StagesBench: Sendable {
    private let kept: TestDatabase
    let vault = Vault(.forTesting())
    let clock = ManualClock()
    let creditCodes = Mutex<[ID<Application>: String]>([:])

    init() async throws {
        kept = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Screening.migrations)
    }

    var database: any Database { kept.database }
    var folder: URL { kept.folder }

    /// Screening over what was put into `creditCodes`.
    func screening(_ pack: Pack) -> Screening {
        let checking = Checking(
            submission: { [self] application, round, _ in
                let code = creditCodes.withLock { $0[application] ?? "" }
                return Submission(
                    application: application, person: .numbered(1), round: round, pack: pack.hash,
                    categories: ["food"], submittedAt: .example, digest: "d",
                    values: Secret(["licence": ["creditCode": .string(code)]]))
            },
            pack: { _ in pack }, vault: vault)
        return Screening(checking: checking)
    }

    /// Emits an event and lets the handlers have it.
    func tell(_ event: some Event, to handlers: [EventHandler]) async throws {
        let now = clock.now
        try await database.write { tx in try tx.emit(event, at: now) }
        try await Dispatcher(database: database, handlers: handlers, clock: clock, logger: Logger(label: "test"))
            .drain()
    }

    /// The outcomes that were reported for an application, in order.
    func outcomes(of application: ID<Application> = .numbered(10)) async throws -> [StageOutcome] {
        let payloads = try await database.read { tx in
            try tx.rows(
                """
                SELECT payload FROM \(sqlite: "work_events", postgres: "work.events")
                WHERE name = \(StageReport.name) AND stream = \(application.stream.text) ORDER BY number
                """
            ).map { try $0.get("payload", as: String.self) }
        }
        return try payloads.map { try JSONDecoder().decode(StageReport.self, from: Data($0.utf8)).outcome }
    }
}

extension ID {
    /// An id that is the same in every run: 26 characters that end with `number`.
    static func numbered(_ number: Int) -> ID {
        let digits = String(number)
        return ID(String(repeating: "0", count: 26 - digits.count) + digits) ?? .new(at: .example)
    }
}

extension StageRequested {
    static func example(
        _ stage: Stage, application: ID<Application> = .numbered(10), person: ID<Person> = .numbered(1),
        round: Int = 1
    ) -> StageRequested {
        StageRequested(
            application: application, person: person, stage: stage, round: round, pack: "pack-1", categories: ["food"])
    }
}
