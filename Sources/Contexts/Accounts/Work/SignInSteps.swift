import ChineseIdentifiers
import Database
import Kernel
import Sealing
import Work

/// What the acts of signing in do to the rows. Each step runs inside its caller's transaction, perhaps twice.
struct SignInSteps: Sendable {
    let limits: SignInLimits
    let challenges: ChallengeStore
    let people: PersonStore
    let sessions: SessionStore
    let consents: ConsentStore
    let texts: ConsentTexts

    /// Everything that a new challenge is made from; made before the transaction.
    struct Order: Sendable {
        let door: Door
        let phone: MobileNumber
        let consentVersion: String?
        let id: ID<Challenge>
        let code: OneTimeCode
    }

    /// Sends a code, whether or not the phone is known.
    func ask(_ order: Order, at now: Instant, in tx: borrowing Transaction) throws {
        try challenges.sweep(at: now, in: tx)
        let index = people.index(of: order.phone)
        let sent = try challenges.sendings(to: index, since: now - SignInLimits.window, in: tx)
        try limits.allowAnother(after: sent, at: now)
        let challenge = Challenge(
            id: order.id, door: order.door, phoneIndex: index,
            codeDigest: challenges.digest(of: order.code, for: order.id), consentVersion: order.consentVersion,
            createdAt: now, expiresAt: now + limits.codeLifetime)
        try challenges.add(challenge, phone: order.phone, code: order.code, in: tx)
        try tx.emit(SignInCodeRequested(challenge: order.id), at: now)
    }

    /// Sends another code to the phone of an open challenge, which ends.
    func askAgain(
        after old: ID<Challenge>, id: ID<Challenge>, code: OneTimeCode, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        guard var challenge = try challenges.find(old, in: tx) else { throw SignInRefusal.codeExpired }
        guard let phone = try challenges.contents(of: old, at: now, in: tx)?.phone else {
            throw SignInRefusal.codeExpired
        }
        let order = Order(
            door: challenge.door, phone: phone.reveal(), consentVersion: challenge.consentVersion, id: id, code: code)
        try ask(order, at: now, in: tx)
        challenge.end(.replaced, at: now)
        try challenges.save(challenge, in: tx)
    }

    /// Hears an answer. The right one begins a session under `token`, and ends the one that the browser had.
    ///
    /// Its outcome is a value, not an error: a wrong try must be kept.
    func answer(_ answer: Answer, at now: Instant, in tx: borrowing Transaction) throws -> Challenge.Outcome {
        guard var challenge = try challenges.find(answer.challenge, in: tx), challenge.door == answer.door else {
            return .refused(.codeExpired)
        }
        let phone = try challenges.contents(of: challenge.id, at: now, in: tx)?.phone
        let digest = challenges.digest(of: answer.code, for: challenge.id)
        let outcome = challenge.answer(digest: digest, allowing: limits.attempts, at: now)
        try challenges.save(challenge, in: tx)
        guard outcome == .proved, let phone else { return outcome }
        guard let person = try person(with: phone, for: challenge, at: now, in: tx) else {
            return .refused(.notStaff)
        }
        if let old = answer.oldToken { try sessions.end(old, at: now, in: tx) }
        try sessions.begin(answer.token, for: person, at: now, in: tx)
        return .proved
    }

    /// What a browser answers.
    struct Answer: Sendable {
        let door: Door
        let challenge: ID<Challenge>
        let code: OneTimeCode
        /// The token of the session that begins, and of the one that the browser had.
        let token: String
        let oldToken: String?
    }

    private func person(
        with phone: Secret<MobileNumber>, for challenge: Challenge, at now: Instant, in tx: borrowing Transaction
    ) throws -> ID<Person>? {
        switch challenge.door {
        case .staff:
            guard let person = try people.find(phone.reveal(), in: tx) else { return nil }
            return try people.roles(of: person, in: tx).isEmpty ? nil : person
        case .applicant:
            let person = try people.findOrAdd(phone.reveal(), at: now, in: tx)
            if let version = challenge.consentVersion {
                let hash = try texts.hash(of: version)
                try consents.record(of: person, to: version, textHash: hash, at: now, in: tx)
            }
            return person
        }
    }
}
