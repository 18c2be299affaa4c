import CanonicalJSON
import Catalogue
import Hummingbird
import Kernel
import Web

/// What an application still wants, for people and for programs, and the change to newer rules.
struct RequirementRoutes {
    let applications: Applications

    func add(to router: some RouterMethods<WebContext>) {
        let mine = router.group("/applications/{application}", context: SignedInContext.self)
        mine.get("/requirements", use: show)
        mine.post("/rules", use: follow)
        let api = router.group("/api", context: SignedInContext.self)
        api.get("/applications/{application}/requirements", use: list)
        api.get("/forms", use: form)
    }

    @Sendable func show(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        let list = try await applications.requirements(of: one)
        let frame = applications.pages.frame("还要什么", in: context)
        return try applications.pages.render(
            "application-requirements", RequirementsPage(frame, one, list, at: applications.clock.now))
    }

    @Sendable func list(_ request: Request, context: SignedInContext) async throws -> Response {
        let answer = try await applications.standing(of: try context.application(), for: try context.person())
        return .bytes(answer.requirements, type: "application/json")
    }

    @Sendable func follow(_ request: Request, context: SignedInContext) async throws -> Response {
        _ = try await request.form(in: context)
        let one = try await applications.follow(try context.application(), of: try context.person())
        return .see(ApplicationPath.requirements(one.application.id))
    }

    /// `?subject=&category=&shop_type=`: the schema, the pages and the groups of alternatives of a selection, under the
    /// rules in force; `category` may be repeated.
    @Sendable func form(_ request: Request, context: SignedInContext) async throws -> Response {
        let pack = try applications.catalogue.current(at: applications.clock.now)
        let query = request.uri.queryParameters
        var values: JSONValue = ["subject": [:], "shop": [:]]
        if let subject = query["subject"] { values["subject"]?["type"] = .string(String(subject)) }
        if let type = query["shop_type"] { values["shop"]?["type"] = .string(String(type)) }
        values["shop"]?["categories"] = .array(query[values: "category"].map { .string(String($0)) })
        return .bytes(pack.form(in: values).description(of: pack).canonicalBytes, type: "application/json")
    }
}
