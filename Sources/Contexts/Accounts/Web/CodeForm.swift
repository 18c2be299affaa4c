import Kernel
import Sealing
import Web

/// The code form as it was sent.
struct CodeForm: Sendable {
    let sent: Form
    let challenge: ID<Challenge>
    let next: LocalPath
    /// `nil` if it is not six digits.
    let code: OneTimeCode?

    /// - Throws: `SignInRefusal.codeExpired` without a challenge: there is nothing to go on from.
    init(_ form: Form, door: Door) throws(SignInRefusal) {
        guard let challenge = form["challenge"].flatMap(ID<Challenge>.init) else { throw .codeExpired }
        sent = form
        self.challenge = challenge
        next = LocalPath(form["next"]) ?? door.home
        code = form["code"].flatMap(OneTimeCode.init(typed:))
    }
}

extension SignInRefusal {
    /// The refusal as something wrong with one field.
    func finding(at path: String, triesLeft: Int? = nil) -> Finding {
        let problem = problem
        let hint = triesLeft.map { "还可以再试 \($0) 次" } ?? problem.hint
        return Finding(path: path, code: rawValue, message: problem.title, hint: hint)
    }
}

extension WebContext {
    /// Names the browser in idempotency keys without telling its form token.
    var browser: String { "browser/" + web.formToken.browser }
}
