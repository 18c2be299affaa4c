import Accounts
import Kernel

/// One reviewer's hold on a case.
struct CaseClaim: Sendable, Equatable {
    let reviewer: ID<Person>
    let since: Instant
    /// When the reviewer last did something with the case.
    let activeAt: Instant

    /// Without activity for this long, others may take the case over.
    static let patience = Duration.seconds(30 * 60)

    init(reviewer: ID<Person>, since: Instant, activeAt: Instant) {
        self.reviewer = reviewer
        self.since = since
        self.activeAt = activeAt
    }

    init(reviewer: ID<Person>, at now: Instant) { self.init(reviewer: reviewer, since: now, activeAt: now) }

    func hasLapsed(at now: Instant) -> Bool { now >= activeAt + Self.patience }

    func used(at now: Instant) -> CaseClaim {
        CaseClaim(reviewer: reviewer, since: since, activeAt: max(activeAt, now))
    }
}
