import Web

/// What `sign-in` and `staff-sign-in` may know.
struct SignInPage: Sendable {
    let page: PageFrame
    let action: String
    let key: String
    let next: String
    let hasErrors: Bool
    let errors: [FieldError]
    let phone: String
    let phoneError: String?
    let needsConsent: Bool
    let consentChecked: Bool
    let consentError: String?
    let consentVersion: String?
    let consentHref: String?

    init(_ form: SignInForm, door: Door, frame: PageFrame, consentVersion current: String) {
        let errors = FieldErrors(form.findings)
        page = frame
        action = door.path
        key = RandomToken.make(bytes: 12)
        next = form.next.text
        hasErrors = !form.findings.isEmpty
        self.errors = errors.summary
        phone = form.phoneText
        phoneError = errors.text(at: "/phone")
        needsConsent = door == .applicant
        consentChecked = form.consentVersion == current
        consentError = errors.text(at: "/consent")
        consentVersion = needsConsent ? current : nil
        consentHref = needsConsent ? ConsentRoutes.path : nil
    }
}
