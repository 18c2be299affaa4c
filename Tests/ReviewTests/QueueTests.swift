import Accounts
import Database
import Kernel
import TestSupport
import Testing

@testable import Review

@Suite("The queue")
struct QueueTests {
    /// Three cases, an hour apart; the clock stands half an hour after the last.
    private func filled() async throws -> (ReviewBench, [ID<Case>]) {
        let bench = try await ReviewBench()
        var ids: [ID<Case>] = []
        for number in 1...3 {
            ids.append(try #require(try await bench.submit(application: .numbered(10 + number))))
            bench.clock.advance(by: .seconds(number < 3 ? 3_600 : 1_800))
        }
        return (bench, ids)
    }

    private func view(
        _ tab: QueueTab, _ bench: ReviewBench, for viewer: ID<Person> = .minZhou
    ) async throws -> QueueView {
        let desk = bench.desk
        let now = bench.clock.now
        return try await bench.database.read { tx in
            try QueueView(tab, of: viewer, after: nil, at: now, from: desk, in: tx)
        }
    }

    @Test("Who waits longest comes first, and the wait gets louder")
    func order() async throws {
        let (bench, ids) = try await filled()
        let waiting = try await view(.waiting, bench)
        #expect(waiting.cases.map(\.id) == ids)
        let rows = QueuePage(page: bench.frame, waiting).rows
        #expect(rows.map(\.tone) == ["bad", "warn", "ok"])
        #expect(rows.map(\.waited) == ["2 小时 30 分", "1 小时 30 分", "30 分"])
        #expect(rows.allSatisfy { $0.claimable && $0.claimedBy == nil })
    }

    @Test("A claimed case moves to its reviewer's list, and back when the claim lapses")
    func tabs() async throws {
        let (bench, ids) = try await filled()
        try await bench.claim(ids[0], by: .taoLin)
        #expect(try await view(.waiting, bench).counts == [.waiting: 2, .mine: 0, .done: 0])
        #expect(try await view(.mine, bench, for: .taoLin).cases.map(\.id) == [ids[0]])
        bench.clock.advance(by: .seconds(1_800))
        #expect(try await view(.waiting, bench).cases.map(\.id) == ids)
    }

    @Test("Decided and withdrawn cases are done, with who decided what")
    func done() async throws {
        let (bench, ids) = try await filled()
        try await bench.claim(ids[1])
        try await bench.decide(ids[1], .approval)
        bench.clock.advance(by: .seconds(60))
        try await bench.withdraw(application: .numbered(13))
        let done = try await view(.done, bench)
        #expect(done.cases.map(\.id) == [ids[2], ids[1]])
        let rows = QueuePage(page: bench.frame, done).rows
        #expect(rows.map(\.claimedBy) == ["申请人已撤回", "周敏（我） · 通过"])
        #expect(rows.allSatisfy { !$0.claimable })
    }

    @Test("One's own application can't be claimed from the list and is never next")
    func own() async throws {
        let (bench, ids) = try await filled()
        let rows = QueuePage(page: bench.frame, try await view(.waiting, bench, for: .applicant)).rows
        #expect(rows.allSatisfy { !$0.claimable })
        let now = bench.clock.now
        let (own, next) = try await bench.database.read { tx in
            (
                try QueueStore().next(for: .applicant, at: now, in: tx),
                try QueueStore().next(for: .minZhou, at: now, in: tx)
            )
        }
        #expect(own == nil)
        #expect(next?.id == ids[0])
    }

    @Test("The lists are found through the index", .enabled(if: TestEngine.current == .sqlite))
    func queryCost() async throws {
        let bench = try await ReviewBench()
        let plan = try await bench.database.read { tx in
            try tx.rows(
                """
                EXPLAIN QUERY PLAN SELECT id FROM \(sqlite: "review_cases", postgres: "review.cases")
                WHERE state IN ('waiting', 'claimed') AND (state = 'waiting' OR active_at <= 5)
                ORDER BY submitted_at, id LIMIT 9
                """
            ).map { try $0.get("detail", as: String.self) }
        }
        #expect(plan.contains { $0.contains("review_cases_open") })
        #expect(!plan.contains { $0.contains("TEMP B-TREE") })
    }
}
