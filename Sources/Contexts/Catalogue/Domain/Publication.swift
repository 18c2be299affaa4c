package import Kernel

/// One announcement of a pack: who proposed it, who approved it, from when it holds.
package struct Publication: Sendable, Equatable {
    package let id: ID<Publication>
    /// Content hash of the pack.
    package let pack: String
    /// From when new applications follow it.
    package let effectiveAt: Instant
    /// Who proposed it: a person's id, or nil for the operator's command line.
    package let proposedBy: String?
    package let proposedAt: Instant
    package private(set) var state: State

    package enum State: Sendable, Equatable {
        /// Waits for a second person.
        case proposed
        /// Announced.
        case approved(Act)
        /// Taken back before it held; `approved` is known if it had been announced.
        case withdrawn(Act, approved: Act?)
    }

    /// Who did something, and when.
    package struct Act: Sendable, Equatable {
        /// A person's id, or nil for the operator's command line.
        package let by: String?
        package let at: Instant
    }

    /// Why a publication is not done. The raw value is the stable code.
    package enum Refusal: String, Error {
        case tooSoon = "pack.notice_too_short"
        case samePerson = "pack.same_person"
        case notProposed = "pack.not_proposed"
        case alreadyInForce = "pack.already_in_force"
        case nothingNew = "pack.nothing_new"
    }

    /// 电子商务法第三十四条: changed rules are announced at least seven days before they hold.
    package static let notice: Duration = .seconds(7 * 86_400)

    init(
        id: ID<Publication>, pack: String, effectiveAt: Instant, proposedBy: String?, proposedAt: Instant,
        state: State = .proposed
    ) {
        self.id = id
        self.pack = pack
        self.effectiveAt = effectiveAt
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.state = state
    }

    /// A second person agrees. The very first rules of a mall need no notice: nobody relied on others.
    ///
    /// - Parameter isFirst: whether nothing was ever in force.
    mutating func approve(by person: String, isFirst: Bool, at now: Instant) throws(Refusal) {
        guard state == .proposed else { throw .notProposed }
        guard person != proposedBy else { throw .samePerson }
        try announce(by: person, isFirst: isFirst, at: now)
    }

    /// The operator's command line announces without a second person: who has the machine has everything.
    mutating func announce(by person: String?, isFirst: Bool, at now: Instant) throws(Refusal) {
        try checkNotice(isFirst: isFirst, at: now)
        state = .approved(Act(by: person, at: now))
    }

    /// Whether it could still be announced in time.
    func checkNotice(isFirst: Bool, at now: Instant) throws(Refusal) {
        guard isFirst || effectiveAt >= now + Self.notice else { throw .tooSoon }
    }

    /// Takes it back, as long as it does not hold yet.
    mutating func withdraw(by person: String?, at now: Instant) throws(Refusal) {
        let act = Act(by: person, at: now)
        switch state {
        case .withdrawn: return
        case .approved where effectiveAt <= now: throw .alreadyInForce
        case .approved(let approval): state = .withdrawn(act, approved: approval)
        case .proposed: state = .withdrawn(act, approved: nil)
        }
    }

    /// When it was announced; nil if it was not, or no longer is.
    package var announcedAt: Instant? {
        if case .approved(let act) = state { act.at } else { nil }
    }

    /// The approval, also of what was taken back afterwards.
    package var approval: Act? {
        switch state {
        case .proposed: nil
        case .approved(let act): act
        case .withdrawn(_, let approved): approved
        }
    }

    /// Who took it back, and when.
    package var withdrawal: Act? {
        if case .withdrawn(let act, _) = state { act } else { nil }
    }
}

extension [Publication] {
    /// The one that holds at an instant: of those that were announced and have begun, the one that began last.
    package func inForce(at now: Instant) -> Publication? {
        filter { $0.announcedAt != nil && $0.effectiveAt <= now }.max { $0.order < $1.order }
    }

    /// Those that were announced and have not begun, the next one first.
    package func coming(at now: Instant) -> [Publication] {
        filter { $0.announcedAt != nil && $0.effectiveAt > now }.sorted { $0.order < $1.order }
    }
}

extension Publication {
    fileprivate var order: (Instant, Instant, String) { (effectiveAt, announcedAt ?? proposedAt, id.text) }
}
