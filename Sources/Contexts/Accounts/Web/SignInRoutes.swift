import Hummingbird
import Kernel
import Web

/// The phone form of one door: show it, and send a code.
struct SignInRoutes: Sendable {
    let door: Door
    let signIn: SignIn
    let pages: Pages

    func add(to router: some RouterMethods<WebContext>) {
        router.get(RouterPath(door.path), use: show)
        router.post(RouterPath(door.path), use: ask)
    }

    @Sendable func show(_ request: Request, context: WebContext) async throws -> Response {
        let next = LocalPath(request.query("next")) ?? door.home
        guard !door.admits(context.web.identity) else { return .see(next.text) }
        return try page(SignInForm(next: next), in: context)
    }

    @Sendable func ask(_ request: Request, context: WebContext) async throws -> Response {
        let sent = try await request.form(in: context)
        let form = SignInForm(sent, door: door, current: signIn.steps.texts.current.version)
        guard form.findings.isEmpty, let phone = form.phone else { return try refuse(form, request, in: context) }
        do {
            let challenge = try await signIn.ask(
                at: door, phone: phone, consent: form.consentVersion, client: context.web.client,
                key: sent.idempotencyKey(principal: context.browser, act: door.path))
            return .see(door.codeLink(challenge, next: form.next))
        } catch let refusal as SignInRefusal {
            return try refuse(form.refused(refusal), request, in: context, refusal.problem.status)
        }
    }

    /// Shows the form again with what is wrong, or tells a program so.
    func refuse(
        _ form: SignInForm, _ request: Request, in context: WebContext, _ status: Problem.Status = .unprocessable
    ) throws -> Response {
        guard request.wantsHTML else { throw Problem.refused(form.findings, status) }
        return try page(form, in: context, status)
    }

    private func page(
        _ form: SignInForm, in context: WebContext, _ status: Problem.Status? = nil
    ) throws -> Response {
        let model = SignInPage(
            form, door: door, frame: pages.frame(door.title, in: context),
            consentVersion: signIn.steps.texts.current.version)
        return try pages.render(door.template, model, status: status.map { .init(code: $0.rawValue) } ?? .ok)
    }
}

extension Problem {
    /// A form that was refused, for programs.
    static func refused(_ findings: [Finding], _ status: Status) -> Problem {
        let first = findings.first
        return Problem(
            status, code: first?.code ?? "sign_in.refused", title: first?.message ?? "请检查填写的内容", hint: first?.hint,
            findings: findings)
    }
}

extension Request {
    /// A part of the query, decoded.
    func query(_ name: Substring) -> String? { uri.queryParameters[name].map(String.init) }
}
