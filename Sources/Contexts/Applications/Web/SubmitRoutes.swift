import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import HTTPTypes
import Hummingbird
import Kernel
import Web

/// The last page before handing in, and the handing in.
struct SubmitRoutes {
    let applications: Applications

    static let statement = "我确认以上资料真实、完整，知道提供虚假资料要承担的责任。"

    func add(to router: some RouterMethods<WebContext>) {
        let mine = router.group("/applications/{application}", context: SignedInContext.self)
        mine.get("/review", use: review)
        mine.post("/submit", use: submit)
    }

    @Sendable func review(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        guard one.rules != .none else { return .see(ApplicationPath.progress(one.application.id)) }
        return try await page(of: one, in: context)
    }

    @Sendable func submit(_ request: Request, context: SignedInContext) async throws -> Response {
        let id = try context.application()
        let form = try await request.form(in: context)
        do {
            guard form["truth"] == "yes" else { throw ApplicationRefusal.truthMissing }
            try await applications.submit(id, of: try context.person(), statement: Self.statement) { round in
                form.idempotencyKey(principal: context.identity.person, act: "submit/\(id)/\(round)")
            }
            return .see(ApplicationPath.progress(id))
        } catch let refusal where request.wantsHTML && (refusal is IncompleteApplication || refusal.isTruthMissing) {
            let one = try await applications.open(id, for: try context.person())
            guard one.rules != .none else { throw refusal }
            return try await page(of: one, in: context, truthMissing: refusal.isTruthMissing, isRefused: true)
        }
    }

    private func page(
        of one: OpenApplication, in context: SignedInContext, truthMissing: Bool = false, isRefused: Bool = false
    ) async throws -> Response {
        let model = ReviewPage(
            applications.pages.frame("检查并提交", in: context), one, before: one.submitted, truthMissing: truthMissing,
            today: CivilDate(applications.clock.now), at: applications.clock.now)
        return try applications.pages.render(
            "application-review", model, status: isRefused ? .unprocessableContent : .ok)
    }
}

extension Error {
    fileprivate var isTruthMissing: Bool { self as? ApplicationRefusal == .truthMissing }
}
