import Accounts
import CanonicalJSON
import ChineseIdentifiers
import Database
import Foundation
import Kernel
import PackSupport
import Sealing
import Synchronization
import Testing

@testable import Applications
@testable import Catalogue
@testable import Screening

@Suite("Screening")
struct ScreeningTests {
    let bench: StagesBench
    let mine = ID<Application>.numbered(10)
    let other = ID<Application>.numbered(11)

    init() async throws {
        bench = try await StagesBench()
        let now = bench.clock.now
        try await bench.database.write { [vault = bench.vault] tx in
            for person in [ID<Person>.numbered(1), .numbered(2)] {
                _ = try vault.key(for: person.keyOwner, at: now, in: tx)
            }
        }
        bench.creditCodes.withLock { codes in
            for application in [mine, other] { codes[application] = CreditCode.example.plain }
        }
    }

    private func pack(asksRegistry: Bool = false) throws -> Pack { try ExamplePack.pack(asksRegistry: asksRegistry) }

    private func findings(_ screening: Screening, of application: ID<Application>) async throws -> [String] {
        try await bench.database.read { tx in try screening.findings(of: application, in: tx).map(\.code) }
    }

    @Test("Checks that need nobody outside pass, because they were made")
    func passes() async throws {
        let screening = bench.screening(try pack())
        try await bench.tell(StageRequested.example(.screening), to: screening.handlers)
        #expect(try await bench.outcomes() == [.passed])
        #expect(try await findings(screening, of: mine) == [])
    }

    @Test("A registry that the pack wants to be asked holds the application")
    func held() async throws {
        let screening = bench.screening(try pack(asksRegistry: true))
        try await bench.tell(StageRequested.example(.screening), to: screening.handlers)
        #expect(try await bench.outcomes() == [.held(rule: "登记机关查询")])
    }

    @Test("Another person's live application for the same company is shown, and rejects nobody")
    func duplicate() async throws {
        let screening = bench.screening(try pack())
        try await bench.tell(
            StageRequested.example(.screening, application: other, person: .numbered(2)), to: screening.handlers)
        try await bench.tell(StageRequested.example(.screening), to: screening.handlers)
        #expect(try await findings(screening, of: mine) == ["screening.duplicate_entity"])
        #expect(try await findings(screening, of: other) == [])
        #expect(try await bench.outcomes() == [.passed])
    }

    @Test("One person's own second application is no duplicate")
    func samePerson() async throws {
        let screening = bench.screening(try pack())
        try await bench.tell(StageRequested.example(.screening, application: other), to: screening.handlers)
        try await bench.tell(StageRequested.example(.screening), to: screening.handlers)
        #expect(try await findings(screening, of: mine) == [])
    }

    @Test(
        "An application that ended counts no more; an open shop does",
        arguments: [
            (JourneyState.Kind.withdrawn, false), (.rejected, false), (.open, true), (.held, true),
            (.changesRequested, true),
        ])
    func moved(state: JourneyState.Kind, counts: Bool) async throws {
        let screening = bench.screening(try pack())
        try await bench.tell(
            StageRequested.example(.screening, application: other, person: .numbered(2)), to: screening.handlers)
        try await bench.tell(
            ApplicationMoved(application: other, person: .numbered(2), round: 1, state: state), to: screening.handlers)
        try await bench.tell(StageRequested.example(.screening), to: screening.handlers)
        #expect(try await findings(screening, of: mine) == (counts ? ["screening.duplicate_entity"] : []))
    }

    @Test("A new round is checked anew, and what each round saw stays frozen")
    func rounds() async throws {
        let screening = bench.screening(try pack())
        try await bench.tell(StageRequested.example(.screening), to: screening.handlers)
        bench.creditCodes.withLock { $0[mine] = "no code" }
        try await bench.tell(StageRequested.example(.screening, round: 2), to: screening.handlers)
        #expect(try await findings(screening, of: mine) == ["screening.credit_code_unreadable"])
        let rounds = try await bench.database.read { tx in
            try tx.rows(
                "SELECT round, digest FROM \(sqlite: "screening_checks", postgres: "screening.checks") ORDER BY round"
            ).map {
                (try $0.get("round", as: Int.self), try $0.get("digest", as: String.self))
            }
        }
        #expect(rounds.map(\.0) == [1, 2])
        let digests = Set(rounds.map(\.1))
        #expect(digests.count == 2)
    }

    @Test("The frozen features open under the applicant's key")
    func frozen() async throws {
        let screening = bench.screening(try pack())
        try await bench.tell(StageRequested.example(.screening), to: screening.handlers)
        let features = try await bench.database.read { [vault = bench.vault, mine] tx in
            let record = try #require(try CheckStore().latest(of: mine, in: tx))
            let key = try vault.existingKey(for: ID<Person>.numbered(1).keyOwner, in: tx)
            let fact = FrozenFact(
                content: record.content, salts: record.salts, commitments: record.commitments, digest: record.digest)
            let row = CheckRecord.row(of: mine, round: record.round)
            return try fact.opened(under: key, place: CheckRecord.place, row: row).reveal()
        }
        #expect(features["creditCode"]?.string == CreditCode.example.plain)
    }
}
