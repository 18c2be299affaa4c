import Foundation
import Kernel
import TestSupport
import WorkingTime

@testable import Applications

/// A review desk in 2026: applications come in at all hours and wait in one line for people who keep working hours, over
/// weekends and the nine days of the Spring Festival.
struct ForecastSimulation {
    struct Simulated {
        let kind: RoundKind
        let submittedAt: Instant
        let finished: FinishedRound
    }

    let calendar: WorkingCalendar
    /// In the order in which they were handed in.
    private(set) var cases: [Simulated] = []

    private static let categories: [(id: String, route: String, minutes: Double)] = [
        ("food", "auto", 12), ("apparel", "auto", 8), ("books", "manual", 35), ("cosmetics", "manual", 55),
        ("jewellery", "committee", 150), ("health", "committee", 110),
    ]
    /// How many come in on each day of the week, from Monday; on the days of a long break a third of that.
    private static let daily = [52.0, 46, 42, 42, 40, 28, 24]
    /// Enough to be busy for two thirds of their hours.
    private static let reviewers = 14

    init(cases wanted: Int, calendar: WorkingCalendar, seed: UInt64) {
        self.calendar = calendar
        var random = SeededGenerator(seed: seed)
        // 5 January 2026 is a Monday.
        var day = Instant(milliseconds: 1_767_542_400_000)
        var clock = (last: day, worked: Int64(0))
        var free = [Int64](repeating: 0, count: Self.reviewers)
        while cases.count < wanted {
            let date = WorkingCalendar.day(of: day.milliseconds).day
            let usual = Self.daily[date.weekday - 1] * (calendar.holidays.holiday(date) == nil ? 1 : 1 / 3)
            let count = Int(usual * Double.random(in: 0.8...1.2, using: &random))
            let moments = (0..<count).map { _ in day + .seconds(Self.second(&random)) }.sorted()
            for moment in moments.prefix(wanted - cases.count) {
                clock.worked += calendar.time(from: clock.last.milliseconds, to: moment.milliseconds)
                clock.last = moment
                cases.append(handIn(at: moment, worked: clock.worked, &free, &random))
            }
            day = day + .seconds(86_400)
        }
    }

    /// Seconds since midnight: few come in at night, most in the morning and after dinner.
    private static func second(_ random: inout SeededGenerator) -> Int {
        let hour = [9, 10, 10, 11, 13, 14, 15, 16, 19, 20, 20, 21, 21, 22, 23, 1].randomElement(using: &random) ?? 9
        return hour * 3_600 + Int.random(in: 0..<3_600, using: &random)
    }

    /// Whoever is free first takes it; how long it takes is skewed, as such times are.
    private func handIn(
        at moment: Instant, worked: Int64, _ free: inout [Int64], _ random: inout SeededGenerator
    ) -> Simulated {
        let one = Self.categories.randomElement(using: &random) ?? Self.categories[0]
        let kind = RoundKind(
            category: one.id, route: one.route, weekday: WorkingCalendar.day(of: moment.milliseconds).day.weekday)
        let bell = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        let service = Int64(one.minutes * exp(0.6 * bell) * 60_000)
        let reviewer = free.indices.min { free[$0] < free[$1] } ?? 0
        let done = max(free[reviewer], worked) + service
        free[reviewer] = done
        let screened = moment + .seconds(Int.random(in: 1...20, using: &random))
        let reviewed = Instant(milliseconds: calendar.moment(done - worked, after: screened.milliseconds))
        let opened = reviewed + .seconds(2)
        func line(_ what: Milestone.What, _ stage: Stage?, _ at: Instant) -> Milestone {
            Milestone(at: at, round: 1, what: what, stage: stage, detail: nil)
        }
        let milestones = [
            line(.submitted, nil, moment), line(.passed, .screening, screened), line(.passed, .review, reviewed),
            line(.notRequired, .agreement, reviewed), line(.notRequired, .deposit, reviewed),
            line(.passed, .opening, opened), line(.opened, nil, opened),
        ]
        let finished = FinishedRound(kind, milestones, in: calendar)
        return Simulated(
            kind: kind, submittedAt: moment,
            finished: finished ?? FinishedRound(kind: kind, endedAt: opened, minutes: [:]))
    }
}

/// What is known at a moment of the simulated year: what ended before it.
struct KnownRounds {
    private var byRoute: [String: [FinishedRound]] = [:]

    mutating func add(_ round: FinishedRound) { byRoute[round.kind.route, default: []].append(round) }

    /// What the tables would be asked for.
    func recent(_ kind: RoundKind) -> RecentRounds {
        let route = byRoute[kind.route] ?? []
        func newest(_ isAlike: (RoundKind) -> Bool) -> [FinishedRound] {
            var found: [FinishedRound] = []
            for round in route.reversed() where isAlike(round.kind) {
                found.append(round)
                if found.count == RecentRounds.most { break }
            }
            return found
        }
        return RecentRounds([
            .route: newest { _ in true }, .category: newest { $0.category == kind.category },
            .weekday: newest { $0.category == kind.category && $0.weekday == kind.weekday },
        ])
    }
}
