import Accounts
import Applications
import Kernel

/// One submission before the reviewers: it waits, is claimed by one of them, and is decided once.
struct Case: Sendable, Equatable {
    let id: ID<Case>
    let application: ID<Application>
    let person: ID<Person>
    /// Which submission of the application this is about, from 1.
    let round: Int
    /// Content hash of the rule pack.
    let pack: String
    /// The company's registered name: public registry data.
    let company: String
    /// Names of the categories.
    let categories: [String]
    let submittedAt: Instant
    private(set) var state: State
    /// Counts the changes; whoever saves an older one is told.
    let version: Int

    enum State: Sendable, Equatable {
        case waiting
        case claimed(CaseClaim)
        case decided(Ruling)
        /// The applicant took the application back.
        case closed(at: Instant)
    }

    /// A decision, as the case remembers it; its words are frozen elsewhere.
    struct Ruling: Sendable, Equatable {
        let verdict: Verdict
        let reviewer: ID<Person>
        let at: Instant
    }

    init(
        id: ID<Case>, application: ID<Application>, person: ID<Person>, round: Int, pack: String, company: String,
        categories: [String], submittedAt: Instant, state: State = .waiting, version: Int = 1
    ) {
        self.id = id
        self.application = application
        self.person = person
        self.round = round
        self.pack = pack
        self.company = company
        self.categories = categories
        self.submittedAt = submittedAt
        self.state = state
        self.version = version
    }

    /// Takes the case. Whoever holds it already keeps it; a lapsed claim holds nobody off.
    mutating func claim(by reviewer: ID<Person>, at now: Instant) throws(CaseRefusal) {
        try refuseOwn(reviewer)
        switch state {
        case .waiting: state = .claimed(CaseClaim(reviewer: reviewer, at: now))
        case .claimed(let claim) where claim.reviewer == reviewer: state = .claimed(claim.used(at: now))
        case .claimed(let claim) where claim.hasLapsed(at: now):
            state = .claimed(CaseClaim(reviewer: reviewer, at: now))
        case .claimed(let claim): throw .taken(since: claim.since)
        case .decided: throw .decided
        case .closed: throw .withdrawn
        }
    }

    /// Puts the case back for others.
    mutating func release(by reviewer: ID<Person>) throws(CaseRefusal) {
        _ = try held(by: reviewer)
        state = .waiting
    }

    /// Notes that its reviewer is at work on it.
    mutating func use(by reviewer: ID<Person>, at now: Instant) throws(CaseRefusal) {
        state = .claimed(try held(by: reviewer).used(at: now))
    }

    /// Decides the case. A reviewer whose claim lapsed may still decide, as long as nobody else took the case.
    mutating func decide(_ verdict: Verdict, by reviewer: ID<Person>, at now: Instant) throws(CaseRefusal) {
        _ = try held(by: reviewer)
        state = .decided(Ruling(verdict: verdict, reviewer: reviewer, at: now))
    }

    /// The application was withdrawn: nothing is left to decide. What was decided stays.
    mutating func close(at now: Instant) {
        switch state {
        case .waiting, .claimed: state = .closed(at: now)
        case .decided, .closed: break
        }
    }

    /// The claim by which `reviewer` may act on the case.
    private func held(by reviewer: ID<Person>) throws(CaseRefusal) -> CaseClaim {
        try refuseOwn(reviewer)
        switch state {
        case .waiting: throw .notClaimed
        case .claimed(let claim) where claim.reviewer == reviewer: return claim
        case .claimed(let claim): throw .taken(since: claim.since)
        case .decided: throw .decided
        case .closed: throw .withdrawn
        }
    }

    private func refuseOwn(_ reviewer: ID<Person>) throws(CaseRefusal) {
        if reviewer == person { throw .ownApplication }
    }
}
