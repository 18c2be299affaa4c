import Foundation
import Kernel
import Sealing
import TestSupport
import Testing

@testable import Applications

@Suite("The journey of an application")
struct JourneyTests {
    static func at(_ stage: Stage) throws -> Journey {
        var journey = Journey()
        try journey.submit()
        for earlier in Stage.allCases.prefix(while: { $0 != stage }) {
            journey = try #require(journey.hearing(report(earlier, 1, .passed)))
        }
        return journey
    }

    static func report(_ stage: Stage, _ round: Int, _ outcome: StageOutcome) -> StageReport {
        StageReport(application: .new(at: .example), stage: stage, round: round, outcome: outcome)
    }

    @Test(
        "A stage that passes or is not required hands on to the next", arguments: Stage.allCases,
        [StageOutcome.passed, .notRequired(rule: "r")])
    func order(stage: Stage, outcome: StageOutcome) throws {
        var journey = try Self.at(stage)
        journey = try #require(journey.hearing(Self.report(stage, 1, outcome)))
        let expected: [Stage: JourneyState] = [
            .screening: .at(.review), .review: .at(.agreement), .agreement: .at(.deposit), .deposit: .at(.opening),
            .opening: .open,
        ]
        #expect(journey.state == expected[stage])
    }

    @Test("A stage that the pack demands and that is not built holds the application", arguments: Stage.allCases)
    func held(stage: Stage) throws {
        var journey = try Self.at(stage)
        journey = try #require(journey.hearing(Self.report(stage, 1, .held(rule: "翡翠须经专家鉴定"))))
        #expect(journey.state == .held(stage, rule: "翡翠须经专家鉴定"))
        journey = try #require(
            journey.hearing(Self.report(stage, 1, .passed)), "once it is switched on, its answer is heard")
    }

    @Test("A report of a stage that is not due changes nothing", arguments: Stage.allCases, Stage.allCases)
    func unexpected(due: Stage, reporting: Stage) throws {
        guard due != reporting else { return }
        let journey = try Self.at(due)
        #expect(journey.hearing(Self.report(reporting, 1, .passed)) == nil)
    }

    @Test("A late report after a withdrawal changes nothing", arguments: Stage.allCases)
    func afterWithdrawal(stage: Stage) throws {
        var journey = try Self.at(stage)
        try journey.withdraw()
        #expect(journey.hearing(Self.report(stage, 1, .passed)) == nil)
        #expect(journey.hearing(Self.report(stage, 1, .rejected(Refusal(code: "other", note: nil)))) == nil)
        #expect(journey.state == .withdrawn)
    }

    @Test("A report of an older round changes nothing after a resubmission")
    func olderRound() throws {
        var journey = try Self.at(.review)
        journey = try #require(journey.hearing(Self.report(.review, 1, .changesRequested([]))))
        try journey.submit()
        journey = try #require(journey.hearing(Self.report(.screening, 2, .passed)))
        #expect(journey.hearing(Self.report(.review, 1, .rejected(Refusal(code: "other", note: nil)))) == nil)
        #expect(journey.state == .at(.review))
        #expect(journey.round == 2)
    }

    @Test(
        "Each state allows what it should",
        arguments: [
            (JourneyState.Kind.draft, true, true), (.underway, false, true), (.held, false, true),
            (.changesRequested, true, true),
            (.rejected, false, false), (.open, false, false), (.withdrawn, false, false),
        ])
    func acts(kind: JourneyState.Kind, maySubmit: Bool, mayWithdraw: Bool) throws {
        let journey = try Self.journey(in: kind)
        #expect(journey.state.kind == kind)
        var submitted = journey
        var withdrawn = journey
        let didSubmit = (try? submitted.submit()) != nil
        let didWithdraw = (try? withdrawn.withdraw()) != nil
        #expect(didSubmit == maySubmit)
        #expect(didWithdraw == mayWithdraw)
    }

    private static func journey(in kind: JourneyState.Kind) throws -> Journey {
        var journey = try at(.review)
        switch kind {
        case .draft: return Journey()
        case .underway: break
        case .held: _ = journey.hear(report(.review, 1, .held(rule: "r")))
        case .changesRequested: _ = journey.hear(report(.review, 1, .changesRequested([])))
        case .rejected: _ = journey.hear(report(.review, 1, .rejected(Refusal(code: "other", note: nil))))
        case .open: for stage in Stage.allCases.dropFirst() { _ = journey.hear(report(stage, 1, .passed)) }
        case .withdrawn: try journey.withdraw()
        }
        return journey
    }

    @Test("Random reports never open a shop whose review did not pass", arguments: 0..<50)
    func randomReports(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var journey = Journey()
        var reviewed: Set<Int> = []
        for _ in 0..<200 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: try? journey.submit()
            case 1 where seed.isMultiple(of: 5): try? journey.withdraw()
            default:
                let stage = Stage.allCases.randomElement(using: &random) ?? .review
                let round = max(0, journey.round - Int.random(in: 0...1, using: &random))
                let outcomes: [StageOutcome] = [
                    .passed, .notRequired(rule: ""), .held(rule: ""), .changesRequested([]),
                ]
                let outcome = outcomes.randomElement(using: &random) ?? .passed
                let wasDue = journey.state.stage == .review && stage == .review && round == journey.round
                if journey.hear(Self.report(stage, round, outcome)), wasDue,
                    outcome == .passed || outcome == .notRequired(rule: "")
                {
                    reviewed.insert(journey.round)
                }
            }
            if journey.state == .open { #expect(reviewed.contains(journey.round), "seed \(seed)") }
        }
    }

    @Test("A journey is kept and read back as it was", arguments: JourneyState.Kind.allCases)
    func coding(kind: JourneyState.Kind) throws {
        let journey = try Self.journey(in: kind)
        #expect(try JSONDecoder().decode(Journey.self, from: JSONEncoder().encode(journey)) == journey)
    }
}

extension Journey {
    /// The journey after a report; `nil` if the report changed nothing.
    func hearing(_ report: StageReport) -> Journey? {
        var after = self
        return after.hear(report) ? after : nil
    }
}
