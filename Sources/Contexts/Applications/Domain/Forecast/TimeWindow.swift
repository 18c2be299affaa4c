package import Kernel
package import WorkingTime

/// When something is expected.
package struct TimeWindow: Sendable, Equatable {
    /// One in ten is earlier.
    package let earliest: Instant
    package let likely: Instant
    /// One in ten is later.
    package let latest: Instant
    package let basis: StageEstimate.Basis

    package init(earliest: Instant, likely: Instant, latest: Instant, basis: StageEstimate.Basis) {
        self.earliest = earliest
        self.likely = likely
        self.latest = latest
        self.basis = basis
    }

    package init(_ estimate: StageEstimate, from start: Instant, in calendar: WorkingCalendar) {
        func moment(_ part: KeyPath<Spread, Double>) -> Instant {
            let people = Int64(estimate.people[keyPath: part] * 60_000)
            let machines = Int64(estimate.machines[keyPath: part] * 60_000)
            return Instant(milliseconds: calendar.moment(people, after: start.milliseconds) + machines)
        }
        self.init(
            earliest: moment(\.low), likely: moment(\.median), latest: moment(\.high), basis: estimate.basis)
    }
}

extension TimeWindow {
    /// When each of some stages in a row is expected to be done.
    ///
    /// - Parameter estimate: how long the first ones take, up to each of them.
    static func windows(
        _ stages: [Stage], from start: Instant, in calendar: WorkingCalendar,
        _ estimate: ([Stage]) -> StageEstimate?
    ) -> [Stage: TimeWindow] {
        var windows: [Stage: TimeWindow] = [:]
        for (index, stage) in stages.enumerated() {
            guard let estimate = estimate(Array(stages[...index])) else { continue }
            windows[stage] = TimeWindow(estimate, from: start, in: calendar)
        }
        return windows
    }
}
