import Database
import Kernel
import Synchronization

/// The estimates of the last minute. Each is made of up to six hundred finished submissions, which one more changes
/// hardly at all; making them anew for every submission would cost more than the submission.
final class EstimateShelf: Sendable {
    private struct Known {
        let rounds: RecentRounds
        let readAt: Instant
        var estimates: [Question: StageEstimate?] = [:]

        func isFresh(at now: Instant) -> Bool { readAt <= now && now < readAt + .seconds(60) }
    }

    private struct Question: Hashable {
        let stages: [Stage]
        let promised: Int
    }

    private static let most = 256
    private let known = Mutex<[RoundKind: Known]>([:])

    /// How long some stages of a submission take; nil if nothing tells.
    func estimate(
        _ stages: [Stage], of kind: RoundKind, promised: Int, at now: Instant, in tx: borrowing Transaction
    ) throws -> StageEstimate? {
        let question = Question(stages: stages, promised: promised)
        if let known = fresh(kind, at: now), let estimate = known.estimates[question] { return estimate }
        let rounds = try fresh(kind, at: now)?.rounds ?? ForecastStore().recent(kind, in: tx)
        let estimate = rounds.estimate(stages, promised: promised)
        // As long as there are few, each one counts, and reading them costs little.
        guard rounds.groups[.route]?.count ?? 0 >= RecentRounds.enough else { return estimate }
        known.withLock { known in
            if known.count >= Self.most { known = known.filter { $0.value.isFresh(at: now) } }
            if known.count >= Self.most { known = [:] }
            if known[kind]?.isFresh(at: now) != true { known[kind] = Known(rounds: rounds, readAt: now) }
            known[kind]?.estimates[question] = .some(estimate)
        }
        return estimate
    }

    private func fresh(_ kind: RoundKind, at now: Instant) -> Known? {
        known.withLock { $0[kind] }.flatMap { $0.isFresh(at: now) ? $0 : nil }
    }
}
