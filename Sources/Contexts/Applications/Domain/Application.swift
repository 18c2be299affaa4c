package import Accounts
package import Kernel

/// One shop owner's way from a draft to an open shop.
package struct Application: Sendable, Equatable {
    package let id: ID<Application>
    package let person: ID<Person>
    /// Content hash of the rule pack that it is pinned to.
    package private(set) var pack: String
    package let createdAt: Instant
    package private(set) var updatedAt: Instant
    package private(set) var journey: Journey

    package init(id: ID<Application>, person: ID<Person>, pack: String, at now: Instant) {
        self.init(id: id, person: person, pack: pack, createdAt: now, updatedAt: now, journey: Journey())
    }

    init(
        id: ID<Application>, person: ID<Person>, pack: String, createdAt: Instant, updatedAt: Instant, journey: Journey
    ) {
        self.id = id
        self.person = person
        self.pack = pack
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.journey = journey
    }

    /// Hands the draft in. The first stage is then due.
    package mutating func submit(at now: Instant) throws(Journey.Refusal) {
        try journey.submit()
        updatedAt = now
    }

    /// Takes the application back.
    package mutating func withdraw(at now: Instant) throws(Journey.Refusal) {
        try journey.withdraw()
        updatedAt = now
    }

    /// Hears a stage's report.
    /// - Returns: whether it changed anything; a late or unexpected report does not.
    package mutating func hear(_ report: StageReport, at now: Instant) -> Bool {
        guard journey.hear(report) else { return false }
        updatedAt = now
        return true
    }

    /// Follows other rules from now on.
    package mutating func follow(pack hash: String, at now: Instant) {
        pack = hash
        updatedAt = now
    }

    /// Notes that the draft was worked on.
    package mutating func touch(at now: Instant) { updatedAt = now }
}
