import Kernel
import Web

/// Where each door stands, and where it leads.
extension Door {
    var path: String {
        switch self {
        case .applicant: "/sign-in"
        case .staff: "/staff/sign-in"
        }
    }

    var codePath: String { path + "/code" }
    var resendPath: String { path + "/resend" }

    /// Where to go if nothing else was asked for.
    var home: LocalPath {
        switch self {
        case .applicant: .applications
        case .staff: .staff
        }
    }

    var title: String {
        switch self {
        case .applicant: "手机号登录"
        case .staff: "审核员登录"
        }
    }

    var template: String {
        switch self {
        case .applicant: "sign-in"
        case .staff: "staff-sign-in"
        }
    }

    /// Whether somebody need not knock any more.
    func admits(_ identity: Identity?) -> Bool {
        switch self {
        case .applicant: identity != nil
        case .staff: identity?.isStaff ?? false
        }
    }

    /// The page with the phone form, for somebody on the way to `next`.
    func link(next: LocalPath) -> String { path + "?next=" + next.text.percentEncodedForQuery }

    /// The page with the code form.
    func codeLink(_ challenge: ID<Challenge>, next: LocalPath) -> String {
        "\(codePath)?challenge=\(challenge)&next=" + next.text.percentEncodedForQuery
    }
}

extension LocalPath {
    static let applications = LocalPath(known: "/applications")
    static let staff = LocalPath(known: "/staff")
}
