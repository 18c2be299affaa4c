import Accounts
import Database
import Kernel
import Testing

@testable import Review

@Suite("Keeping cases")
struct CaseStoreTests {
    @Test("Every state comes back from its columns", arguments: CaseTests.states)
    func roundTrip(state: (String, Case.State)) async throws {
        let bench = try await ReviewBench()
        let subject = Case.example(in: state.1)
        try await bench.database.write { tx in try CaseStore().open(subject, in: tx) }
        #expect(try await bench.find(subject.id) == subject)
    }

    @Test("The database itself refuses a reviewer who is the applicant, and a second case of one round")
    func constraints() async throws {
        let bench = try await ReviewBench()
        let own = Case.example(in: .claimed(CaseClaim(reviewer: .applicant, at: .example)))
        await #expect(throws: ConstraintViolation.self) {
            try await bench.database.write { tx in try CaseStore().open(own, in: tx) }
        }
        try await bench.database.write { tx in try CaseStore().open(.example, in: tx) }
        let twin = Case(
            id: .numbered(101), application: Case.example.application, person: .applicant, round: 1, pack: "p",
            company: "c", categories: [], submittedAt: .example)
        await #expect(throws: ConstraintViolation.self) {
            try await bench.database.write { tx in try CaseStore().open(twin, in: tx) }
        }
    }

    @Test("Who saves an older version is told")
    func versions() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        let stale = try await bench.find(id)
        try await bench.claim(id)
        await #expect(throws: CaseRefusal.changedMeanwhile) {
            try await bench.database.write { tx in try CaseStore().save(stale, in: tx) }
        }
    }

    @Test("Two reviewers claim at once: one gets the case, the other is told")
    func claimRace() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        let refusals = await race { reviewer in try await bench.claim(id, by: reviewer) }
        #expect(refusals == [.taken(since: bench.clock.now)])
    }

    @Test("Two decisions at once: one gets through, the other is told")
    func decisionRace() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        let refusals = await race { _ in try await bench.decide(id, .approval, by: .minZhou) }
        #expect(refusals == [.decided])
        #expect(try await bench.reports().count == 1)
    }

    @Test("A lapsed claim is taken over, and its old holder can't decide any more")
    func takeOver() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id, by: .minZhou)
        bench.clock.advance(by: .seconds(29 * 60))
        await #expect(throws: CaseRefusal.self) { try await bench.claim(id, by: .taoLin) }
        bench.clock.advance(by: .seconds(60))
        try await bench.claim(id, by: .taoLin)
        await #expect(throws: CaseRefusal.taken(since: bench.clock.now)) {
            try await bench.decide(id, .approval, by: .minZhou)
        }
        let acts = try await bench.database.read { tx in try ActStore().acts(of: .numbered(10), in: tx) }
        #expect(acts.map(\.act) == [.claimed, .claimed, .opened])
        #expect(acts.map(\.reviewer) == [.taoLin, .minZhou, nil])
    }

    /// Lets both reviewers do something at the same time and returns the refusals.
    private func race(_ act: @escaping @Sendable (ID<Person>) async throws -> Void) async -> [CaseRefusal] {
        await withTaskGroup(of: CaseRefusal?.self) { group in
            for reviewer in [ID<Person>.minZhou, .taoLin] {
                group.addTask {
                    do {
                        try await act(reviewer)
                        return nil
                    } catch {
                        return error as? CaseRefusal
                    }
                }
            }
            return await group.reduce(into: []) { found, refusal in if let refusal { found.append(refusal) } }
        }
    }
}
