import Foundation
import Kernel
import TestSupport
import Testing
import WorkingTime

@testable import Applications

@Suite("When an answer is expected")
struct ForecastTests {
    private static func rounds(
        _ count: Int, minutes: ClosedRange<Int>, category: String = "food", weekday: Int = 1
    ) -> [FinishedRound] {
        let kind = RoundKind(category: category, route: "auto", weekday: weekday)
        return (0..<count).map { index in
            let review = minutes.lowerBound + (minutes.count - 1) * index / max(1, count - 1)
            return FinishedRound(
                kind: kind, endedAt: .example, minutes: [.screening: 0, .review: review, .opening: 0])
        }
    }

    private static let all: [Stage] = [.screening, .review, .opening]

    @Test("With fewer than 30 on the route, what the pack promises stands, and is called that")
    func standard() throws {
        let few = Self.rounds(29, minutes: 10...20)
        let estimate = try #require(
            RecentRounds([.route: few, .category: few, .weekday: few])
                .estimate(Self.all, promised: 8))
        #expect(estimate.basis == .standard)
        #expect(estimate.people == Spread(low: 0, median: 240, high: 480))
        #expect(RecentRounds([:]).estimate([.screening, .review, .deposit], promised: 8) == nil)
    }

    @Test("With 30 of the same kind, their own median and tenths count")
    func own() throws {
        let own = Self.rounds(41, minutes: 10...50)
        let estimate = try #require(
            RecentRounds([.route: own, .category: own, .weekday: own])
                .estimate(Self.all, promised: 8))
        #expect(estimate.basis == .own(cases: 41, .weekday))
        #expect(estimate.people == Spread(low: 14, median: 30, high: 46))
    }

    @Test("A small group is drawn towards the general one by how small it is")
    func shrinking() throws {
        let route = Self.rounds(100, minutes: 100...100)
        for count in [0, 1, 15, 29, 30, 60] {
            let own = Self.rounds(count, minutes: 10...10)
            let estimate = try #require(
                RecentRounds([.route: route, .category: own, .weekday: []])
                    .estimate(Self.all, promised: 8))
            let share = min(1, Double(count) / 30)
            #expect(abs(estimate.people.median - (100 - 90 * share)) < 0.001)
            #expect(estimate.basis == (count >= 30 ? .own(cases: count, .category) : .own(cases: 100, .route)))
        }
    }

    @Test("A case that takes a hundred times as long moves the median little")
    func robust() throws {
        let own = Self.rounds(40, minutes: 10...10) + Self.rounds(1, minutes: 1_000...1_000)
        let estimate = try #require(RecentRounds([.route: own]).estimate(Self.all, promised: 8))
        #expect(estimate.people.median == 10 && estimate.people.high == 10)
    }

    @Test("Nights, weekends and long breaks don't count as the reviewer's time")
    func workingTime() throws {
        let calendar = WorkingCalendar()
        // Saturday 14 February 2026, 17:00 in China: worked. The next day that is worked is the 24th.
        let saturday = Instant(milliseconds: 1_771_059_600_000)
        let kind = RoundKind(category: "food", route: "auto", weekday: 6)
        let answer = saturday + .seconds(9 * 86_400 + 17 * 3_600)
        func line(_ what: Milestone.What, _ stage: Stage?, _ at: Instant) -> Milestone {
            Milestone(at: at, round: 1, what: what, stage: stage, detail: nil)
        }
        let way = [
            line(.submitted, nil, saturday), line(.passed, .screening, saturday),
            line(.changesRequested, .review, answer),
        ]
        let round = try #require(FinishedRound(kind, way, in: calendar))
        #expect(round.minutes == [.screening: 0, .review: 120])
        #expect(round.endedAt == answer)
        #expect(FinishedRound(kind, Array(way.dropLast()), in: calendar) == nil, "no answer yet")
        #expect(FinishedRound(kind, way + [line(.held, .deposit, answer)], in: calendar) == nil)

        let known = RecentRounds([.route: Array(repeating: round, count: 30)])
        let windows = TimeWindow.windows([.screening, .review], from: saturday, in: calendar) {
            known.estimate($0, promised: 8)
        }
        #expect(windows[.review]?.likely == answer)
    }

    @Test("Over 5,000 cases with weekends and the Spring Festival, the estimate errs far less than the mean does")
    func simulation() throws {
        let seed = SeededGenerator.printedSeed()
        let calendar = WorkingCalendar()
        let cases = ForecastSimulation(cases: 5_000, calendar: calendar, seed: seed).cases
        let ended = cases.sorted { $0.finished.endedAt < $1.finished.endedAt }
        var report = ErrorReport()
        var known = KnownRounds()
        var (seen, waited) = (0, Int64(0))
        for one in cases {
            while seen < ended.count, ended[seen].finished.endedAt <= one.submittedAt {
                known.add(ended[seen].finished)
                waited += ended[seen].finished.endedAt.since(ended[seen].submittedAt).milliseconds
                seen += 1
            }
            let promised = ["auto": 2, "manual": 8, "committee": 24][one.kind.route] ?? 8
            let estimate = try #require(known.recent(one.kind).estimate(Self.all, promised: promised))
            let window = TimeWindow(estimate, from: one.submittedAt, in: calendar)
            // Nobody would know a mean before the first case ended; the pack's promise stands in for it too.
            let mean = seen > 0 ? one.submittedAt + .milliseconds(waited / Int64(seen)) : window.likely
            report.add(window, mean: mean, actual: one.finished.endedAt)
        }
        print(report.text(seed: seed))
        #expect(cases.count == 5_000)
        #expect(report.median(report.estimates) < 0.5 * report.median(report.means), "seed \(seed)")
        #expect((0.65...0.95).contains(report.within), "seed \(seed)")
        #expect(report.standard < 300, "most are told from our own cases; seed \(seed)")
    }
}

/// How far off two ways of telling are, in hours on the clock.
private struct ErrorReport {
    private(set) var estimates: [Double] = []
    private(set) var means: [Double] = []
    private(set) var standard = 0
    private var inWindow = 0

    mutating func add(_ window: TimeWindow, mean: Instant, actual: Instant) {
        func hours(_ told: Instant) -> Double { abs(Double(actual.since(told).milliseconds)) / 3_600_000 }
        estimates.append(hours(window.likely))
        means.append(hours(mean))
        if window.basis == .standard { standard += 1 }
        if (window.earliest...window.latest).contains(actual) { inWindow += 1 }
    }

    var within: Double { Double(inWindow) / Double(estimates.count) }

    func median(_ errors: [Double]) -> Double { quantile(errors, 0.5) }

    private func quantile(_ errors: [Double], _ share: Double) -> Double {
        errors.sorted()[Int(share * Double(errors.count - 1))]
    }

    func text(seed: UInt64) -> String {
        func hours(_ value: Double) -> String { String(format: "%.2f h", value) }
        return """
            Estimates of \(estimates.count) simulated cases, seed \(seed): median absolute error \
            \(hours(median(estimates))), p90 \(hours(quantile(estimates, 0.9))); naive mean \(hours(median(means))), \
            p90 \(hours(quantile(means, 0.9))); \(Int(within * 100)) % within the window; \(standard) by the pack's promise
            """
    }
}
