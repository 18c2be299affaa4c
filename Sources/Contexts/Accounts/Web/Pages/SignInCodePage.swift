import ChineseIdentifiers
import Kernel
import Sealing
import Web

/// What `sign-in-code` may know.
struct SignInCodePage: Sendable {
    let page: PageFrame
    let action: String
    let key: String
    let challenge: String
    let next: String
    let maskedPhone: String
    let validMinutes: String
    let hasErrors: Bool
    let errors: [FieldError]
    let codeError: String?
    let resendAction: String
    let resendKey: String
    let resendSeconds: String
    let backHref: String

    init(
        _ challenge: Challenge, phone: Secret<MobileNumber>, next: LocalPath, findings: [Finding], frame: PageFrame,
        limits: SignInLimits, at now: Instant
    ) {
        let errors = FieldErrors(findings)
        let wait = limits.pauseBetweenCodes.milliseconds - now.since(challenge.createdAt).milliseconds
        page = frame
        action = challenge.door.codePath
        key = RandomToken.make(bytes: 12)
        self.challenge = challenge.id.text
        self.next = next.text
        maskedPhone = phone.reveal().masked
        validMinutes = String(limits.codeLifetime.milliseconds / 60_000)
        hasErrors = !findings.isEmpty
        self.errors = errors.summary
        codeError = errors.text(at: "/code")
        resendAction = challenge.door.resendPath
        resendKey = RandomToken.make(bytes: 12)
        resendSeconds = String(max(0, (wait + 999) / 1_000))
        backHref = challenge.door.link(next: next)
    }
}
