import Hummingbird
import Kernel
import Web

/// The code form of one door: show it, hear the answer, send another code.
struct CodeRoutes: Sendable {
    let door: Door
    let signIn: SignIn
    let pages: Pages
    let cookies: CookieJar

    func add(to router: some RouterMethods<WebContext>) {
        router.get(RouterPath(door.codePath), use: show)
        router.post(RouterPath(door.codePath), use: answer)
        router.post(RouterPath(door.resendPath), use: askAgain)
    }

    @Sendable func show(_ request: Request, context: WebContext) async throws -> Response {
        let next = LocalPath(request.query("next")) ?? door.home
        guard let id = request.query("challenge").flatMap(ID<Challenge>.init) else {
            return .see(door.link(next: next))
        }
        return try await page(id, next: next, in: context) ?? .see(door.link(next: next))
    }

    @Sendable func answer(_ request: Request, context: WebContext) async throws -> Response {
        let form = try CodeForm(try await request.form(in: context), door: door)
        guard let code = form.code else { return try await refuse(.codeShape, form, request, in: context) }
        let token = RandomToken.make(bytes: 32)
        let outcome = try await signIn.answer(
            .init(door: door, challenge: form.challenge, code: code, token: token, oldToken: request.sessionToken))
        switch outcome {
        case .proved: return signedIn(token, form)
        case .wrong(let triesLeft): return try await refuse(.codeWrong, form, request, in: context, triesLeft)
        case .refused(.codeUsed) where door.admits(context.web.identity): return .see(form.next.text)
        case .refused(let refusal): return try await refuse(refusal, form, request, in: context)
        }
    }

    @Sendable func askAgain(_ request: Request, context: WebContext) async throws -> Response {
        let form = try CodeForm(try await request.form(in: context), door: door)
        do {
            let challenge = try await signIn.askAgain(
                after: form.challenge, client: context.web.client,
                key: form.sent.idempotencyKey(principal: context.browser, act: door.resendPath))
            return .see(door.codeLink(challenge, next: form.next))
        } catch let refusal as SignInRefusal {
            return try await refuse(refusal, form, request, in: context)
        }
    }

    private func signedIn(_ token: String, _ form: CodeForm) -> Response {
        var response = Response.see(form.next.text)
        cookies.begin(session: token, in: &response)
        return response
    }
}

extension CodeRoutes {
    /// Shows the code form again with what is wrong; the phone form, if this challenge can't be answered any more.
    private func refuse(
        _ refusal: SignInRefusal, _ form: CodeForm, _ request: Request, in context: WebContext, _ triesLeft: Int? = nil
    ) async throws -> Response {
        let finding = refusal.finding(at: "/code", triesLeft: triesLeft)
        let status = refusal.problem.status
        guard request.wantsHTML else { throw Problem.refused([finding], status) }
        if let page = try await page(form.challenge, next: form.next, in: context, [finding], status) { return page }
        let again = SignInForm(next: form.next).refused(refusal)
        return try SignInRoutes(door: door, signIn: signIn, pages: pages).refuse(again, request, in: context, status)
    }

    private func page(
        _ id: ID<Challenge>, next: LocalPath, in context: WebContext, _ findings: [Finding] = [],
        _ status: Problem.Status? = nil
    ) async throws -> Response? {
        guard let (challenge, phone) = try await signIn.open(id, at: door) else { return nil }
        let model = SignInCodePage(
            challenge, phone: phone, next: next, findings: findings, frame: pages.frame("输入验证码", in: context),
            limits: signIn.steps.limits, at: signIn.clock.now)
        return try pages.render("sign-in-code", model, status: status.map { .init(code: $0.rawValue) } ?? .ok)
    }
}
