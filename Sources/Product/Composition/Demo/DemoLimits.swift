import Accounts

extension SignInLimits {
    /// In the demo many people share a machine and a few phone numbers, and no message costs anything.
    static var demo: SignInLimits {
        var limits = SignInLimits()
        limits.pauseBetweenCodes = .milliseconds(1)
        limits.codesPerPhoneAnHour = 1_000
        limits.codesPerClientAnHour = 10_000
        return limits
    }
}
