import Accounts
import Kernel

/// What follows from a case's state for those who look at it.
extension Case {
    /// Who holds the case or decided it.
    var reviewer: ID<Person>? {
        switch state {
        case .waiting, .closed: nil
        case .claimed(let claim): claim.reviewer
        case .decided(let ruling): ruling.reviewer
        }
    }

    /// When the case was decided or closed.
    var endedAt: Instant? {
        switch state {
        case .waiting, .claimed: nil
        case .decided(let ruling): ruling.at
        case .closed(let at): at
        }
    }

    /// Whether a reviewer may take it.
    func isFree(at now: Instant) -> Bool {
        switch state {
        case .waiting: true
        case .claimed(let claim): claim.hasLapsed(at: now)
        case .decided, .closed: false
        }
    }

    /// Whether this person works on it.
    func isHeld(by person: ID<Person>) -> Bool {
        switch state {
        case .claimed(let claim): claim.reviewer == person
        case .waiting, .decided, .closed: false
        }
    }
}

extension Verdict {
    /// The Chinese word once it is done.
    var done: String {
        switch self {
        case .approved: "已通过"
        case .changesRequested: "已要求修改"
        case .rejected: "已驳回"
        }
    }
}
