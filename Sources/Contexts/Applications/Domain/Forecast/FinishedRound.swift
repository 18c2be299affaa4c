package import Kernel
import WorkingTime

/// A submission that got its answer, and how long each stage took.
package struct FinishedRound: Sendable, Equatable {
    package let kind: RoundKind
    package let endedAt: Instant
    /// Minutes; working time for what people do, time on the clock for what machines do; 0 for
    /// what was not required.
    package let minutes: [Stage: Int]

    package init(kind: RoundKind, endedAt: Instant, minutes: [Stage: Int]) {
        self.kind = kind
        self.endedAt = endedAt
        self.minutes = minutes
    }

    /// Reads a round off its milestones; nil while it has no answer, after a withdrawal, or if it lay held: that time
    /// says nothing of others.
    init?(_ kind: RoundKind, _ milestones: [Milestone], in calendar: WorkingCalendar) {
        guard var before = milestones.first(where: { $0.what == .submitted })?.at,
            !milestones.contains(where: { $0.what == .held || $0.what == .withdrawn })
        else { return nil }
        var minutes: [Stage: Int] = [:]
        var end: Instant?
        for milestone in milestones {
            guard let stage = milestone.stage else { continue }
            switch milestone.what {
            case .passed, .changesRequested, .rejected:
                minutes[stage] = calendar.minutes(of: stage, before, milestone.at)
            case .notRequired: minutes[stage] = 0
            default: continue
            }
            before = milestone.at
            if milestone.what == .changesRequested || milestone.what == .rejected || stage == .opening { end = before }
        }
        guard let end else { return nil }
        self.init(kind: kind, endedAt: end, minutes: minutes)
    }
}

extension WorkingCalendar {
    /// How long a stage took.
    func minutes(of stage: Stage, _ start: Instant, _ end: Instant) -> Int {
        let time =
            stage.isMachines
            ? max(0, end.since(start).milliseconds) : self.time(from: start.milliseconds, to: end.milliseconds)
        return Int((time + 30_000) / 60_000)
    }
}
