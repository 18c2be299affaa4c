import ChineseIdentifiers
import Database
import Foundation
import Kernel
import Sealing
import Web
import Work

/// The acts of signing in and out.
struct SignIn: Sendable {
    let database: any Database
    let steps: SignInSteps
    let clients: RateLimiter
    let clock: any WallClock

    /// Sends a code to a phone.
    ///
    /// - Parameters:
    ///   - consent: the version of the consent text that was ticked; applicants only.
    ///   - key: a repetition with the same key gets the same challenge and sends nothing.
    /// - Throws: `SignInRefusal` when too many codes were asked for.
    func ask(
        at door: Door, phone: MobileNumber, consent: String?, client: String, key: IdempotencyKey?
    ) async throws -> ID<Challenge> {
        let now = clock.now
        guard clients.admit(client, at: now) else { throw SignInRefusal.clientLimit }
        let order = SignInSteps.Order(
            door: door, phone: phone, consentVersion: consent, id: .new(at: now), code: .random())
        // A browser that goes back and names another phone keeps the form's key.
        let own = key?.narrowed(to: Data(steps.people.index(of: phone)).base64EncodedString())
        let answer = try await database.write { [steps] tx in
            try tx.once(own, at: now) { tx in
                try steps.ask(order, at: now, in: tx)
                return order.id.text
            }
        }
        return ID(answer) ?? order.id
    }

    /// Sends another code to the phone of a challenge, which ends.
    func askAgain(after old: ID<Challenge>, client: String, key: IdempotencyKey?) async throws -> ID<Challenge> {
        let now = clock.now
        guard clients.admit(client, at: now) else { throw SignInRefusal.clientLimit }
        let id = ID<Challenge>.new(at: now)
        let code = OneTimeCode.random()
        let answer = try await database.write { [steps] tx in
            try tx.once(key, at: now) { tx in
                try steps.askAgain(after: old, id: id, code: code, at: now, in: tx)
                return id.text
            }
        }
        return ID(answer) ?? id
    }

    /// Hears an answer; the right one begins a session.
    func answer(_ answer: SignInSteps.Answer) async throws -> Challenge.Outcome {
        let now = clock.now
        return try await database.write { [steps] tx in try steps.answer(answer, at: now, in: tx) }
    }

    /// A challenge that still awaits its answer, with the phone that the code went to; `nil` if there is none.
    func open(
        _ id: ID<Challenge>, at door: Door
    ) async throws -> (challenge: Challenge, phone: Secret<MobileNumber>)? {
        let now = clock.now
        return try await database.read { [steps] tx in
            guard let challenge = try steps.challenges.find(id, in: tx), challenge.door == door,
                let phone = try steps.challenges.contents(of: id, at: now, in: tx)?.phone
            else { return nil }
            return (challenge, phone)
        }
    }

    /// Ends the session that a token stands for.
    func signOut(_ token: String) async throws {
        let now = clock.now
        try await database.write { [steps] tx in try steps.sessions.end(token, at: now, in: tx) }
    }
}

extension OneTimeCode {
    fileprivate static func random() -> OneTimeCode {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }
}
