import ChineseIdentifiers
import Kernel
import Web

/// The phone form as it was sent, and what is wrong with it.
struct SignInForm: Sendable {
    let next: LocalPath
    /// What was typed, to be shown again.
    let phoneText: String
    let consentVersion: String?
    let phone: MobileNumber?
    let findings: [Finding]

    /// - Parameter current: the version of the consent text that must be ticked.
    init(_ form: Form, door: Door, current: String) {
        next = LocalPath(form["next"]) ?? door.home
        phoneText = form["phone"] ?? ""
        consentVersion = door == .applicant ? form["consent"] : nil
        var findings: [Finding] = []
        do {
            phone = try MobileNumber(phoneText)
        } catch {
            phone = nil
            findings.append(
                phoneText.isEmpty
                    ? Finding(path: "/phone", code: "sign_in.phone_missing", message: "请填写手机号")
                    : Finding(path: "/phone", code: error.code, message: error.message, hint: error.hint))
        }
        if door == .applicant, let finding = Self.check(consent: consentVersion, current: current) {
            findings.append(finding)
        }
        self.findings = findings
    }

    /// An empty form.
    init(next: LocalPath, findings: [Finding] = []) {
        self.next = next
        self.phoneText = ""
        self.consentVersion = nil
        self.phone = nil
        self.findings = findings
    }

    /// The same form after the refusal of what was sent.
    func refused(_ refusal: SignInRefusal) -> SignInForm {
        SignInForm(
            next: next, phoneText: phoneText, consentVersion: consentVersion, phone: phone,
            findings: [refusal.finding(at: "/phone")])
    }

    private init(
        next: LocalPath, phoneText: String, consentVersion: String?, phone: MobileNumber?, findings: [Finding]
    ) {
        self.next = next
        self.phoneText = phoneText
        self.consentVersion = consentVersion
        self.phone = phone
        self.findings = findings
    }

    private static func check(consent ticked: String?, current: String) -> Finding? {
        switch ticked {
        case current: nil
        case nil:
            Finding(path: "/consent", code: "sign_in.consent_missing", message: "勾选同意后才能继续")
        default:
            Finding(
                path: "/consent", code: "sign_in.consent_outdated", message: "同意书有了新版本，请重新阅读并勾选")
        }
    }
}
