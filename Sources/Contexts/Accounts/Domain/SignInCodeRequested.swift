package import Kernel
package import Work

/// Somebody asked for a code. Who and which code is known only through `Accounts.codeMessage`, and not for long.
package struct SignInCodeRequested: Event {
    package static let name = "accounts.sign_in_code_requested"

    package let challenge: ID<Challenge>

    package init(challenge: ID<Challenge>) { self.challenge = challenge }

    package var stream: EventStream { EventStream(kind: "challenge", id: challenge.text) }
}
