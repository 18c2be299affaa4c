import Applications
import Catalogue
import Testing
import Work

@testable import Agreements
@testable import Deposits

@Suite("The stages that are not built yet")
struct AnswerTests {
    static let demands = [
        (Demand(isRequired: false, rule: "食品免保证金"), StageOutcome.notRequired(rule: "食品免保证金")),
        (Demand(isRequired: true, rule: "须缴纳保证金"), StageOutcome.held(rule: "须缴纳保证金")),
    ]

    @Test("Agreements answer as the pack demands, with its rule", arguments: demands)
    func agreements(demand: Demand, outcome: StageOutcome) async throws {
        let bench = try await StagesBench()
        try await bench.tell(StageRequested.example(.agreement), to: Agreements { _ in demand }.handlers)
        #expect(try await bench.outcomes() == [outcome])
    }

    @Test("Deposits answer as the pack demands, with its rule", arguments: demands)
    func deposits(demand: Demand, outcome: StageOutcome) async throws {
        let bench = try await StagesBench()
        try await bench.tell(StageRequested.example(.deposit), to: Deposits { _ in demand }.handlers)
        #expect(try await bench.outcomes() == [outcome])
    }

    @Test("Neither answers for another stage", arguments: [Stage.screening, .review, .opening])
    func others(stage: Stage) async throws {
        let bench = try await StagesBench()
        let free = Demand(isRequired: false, rule: "")
        let handlers = Agreements { _ in free }.handlers + Deposits { _ in free }.handlers
        try await bench.tell(StageRequested.example(stage), to: handlers)
        #expect(try await bench.outcomes().isEmpty)
    }

    @Test("Each answers its own stage of one application exactly once")
    func both() async throws {
        let bench = try await StagesBench()
        let handlers =
            Agreements { _ in Demand(isRequired: false, rule: "a") }.handlers
            + Deposits { _ in Demand(isRequired: true, rule: "d") }.handlers
        try await bench.tell(StageRequested.example(.agreement), to: handlers)
        try await bench.tell(StageRequested.example(.deposit), to: handlers)
        #expect(try await bench.outcomes() == [.notRequired(rule: "a"), .held(rule: "d")])
    }
}
