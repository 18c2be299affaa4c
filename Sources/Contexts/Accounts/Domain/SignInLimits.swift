import Kernel

/// How much patience sign-in has. The standard values apply everywhere but in load tests.
package struct SignInLimits: Sendable {
    /// How long a code works.
    package var codeLifetime = Duration.seconds(300)
    /// How many wrong codes end a challenge.
    package var attempts = 5
    /// How long to wait before the next message to the same phone.
    package var pauseBetweenCodes = Duration.seconds(60)
    /// Messages to one phone within an hour.
    package var codesPerPhoneAnHour = 5
    /// Requests for a code by one client within an hour.
    package var codesPerClientAnHour = 30

    package static let standard = SignInLimits()

    static let window = Duration.seconds(3_600)

    package init() {}

    /// Whether another code may go to a phone to which codes went at these moments.
    func allowAnother(after sent: [Instant], at now: Instant) throws(SignInRefusal) {
        let recent = sent.filter { now.since($0) < Self.window }
        if let last = recent.max(), now.since(last) < pauseBetweenCodes { throw .tooSoon }
        if recent.count >= codesPerPhoneAnHour { throw .phoneLimit }
    }
}
