package import Kernel
import Sealing

/// A question that only the holder of a phone can answer: the code that was sent to it. It works once.
package struct Challenge: Sendable, Equatable {
    package let id: ID<Challenge>
    let door: Door
    /// Blind index of the phone number.
    let phoneIndex: [UInt8]
    /// Keyed digest of the code; the code itself is sealed apart from it, until it is sent and used.
    let codeDigest: [UInt8]
    /// The version of the consent text that was ticked; applicants only.
    let consentVersion: String?
    let createdAt: Instant
    let expiresAt: Instant
    private(set) var state: State

    enum State: Sendable, Equatable {
        case waiting(wrongTries: Int)
        case ended(Ending, at: Instant)
    }

    /// How a challenge ended; from then on its phone number and code can't be read any more.
    enum Ending: String, Sendable, CaseIterable {
        case used
        case locked
        case expired
        case replaced
    }

    /// What an answer brought.
    enum Outcome: Sendable, Equatable {
        case proved
        case wrong(triesLeft: Int)
        case refused(SignInRefusal)
    }

    init(
        id: ID<Challenge>, door: Door, phoneIndex: [UInt8], codeDigest: [UInt8], consentVersion: String?,
        createdAt: Instant, expiresAt: Instant, state: State = .waiting(wrongTries: 0)
    ) {
        self.id = id
        self.door = door
        self.phoneIndex = phoneIndex
        self.codeDigest = codeDigest
        self.consentVersion = consentVersion
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.state = state
    }

    /// Hears an answer. A wrong one costs a try; the last try locks; the right one works once, and only in time.
    mutating func answer(digest: [UInt8], allowing attempts: Int, at now: Instant) -> Outcome {
        switch state {
        case .ended(let ending, _):
            return .refused(ending.refusal)
        case .waiting where now >= expiresAt:
            state = .ended(.expired, at: now)
            return .refused(.codeExpired)
        case .waiting where Self.areEqual(digest, codeDigest):
            state = .ended(.used, at: now)
            return .proved
        case .waiting(let wrongTries) where wrongTries + 1 >= attempts:
            state = .ended(.locked, at: now)
            return .refused(.locked)
        case .waiting(let wrongTries):
            state = .waiting(wrongTries: wrongTries + 1)
            return .wrong(triesLeft: attempts - wrongTries - 1)
        }
    }

    /// Ends a challenge that nobody answered; one that has ended stays as it is.
    mutating func end(_ ending: Ending, at now: Instant) {
        if case .waiting = state { state = .ended(ending, at: now) }
    }

    /// Whether an answer is still awaited.
    func isOpen(at now: Instant) -> Bool {
        if case .waiting = state { now < expiresAt } else { false }
    }

    /// Compares in a time that does not depend on where the bytes differ.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Challenge.Ending {
    fileprivate var refusal: SignInRefusal {
        switch self {
        case .used: .codeUsed
        case .locked: .locked
        case .expired: .codeExpired
        case .replaced: .codeReplaced
        }
    }
}

extension ID<Challenge> {
    /// Whose key seals this challenge's phone number and code.
    var keyOwner: KeyOwner { KeyOwner(kind: "challenge", id: text) }
}
