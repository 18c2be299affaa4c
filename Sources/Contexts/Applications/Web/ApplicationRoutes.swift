import Accounts
import Catalogue
import ChineseIdentifiers
import Database
import Documents
import HTTPTypes
import Hummingbird
import Kernel
import Web

/// Begins applications, lists them, tells where one stands, and takes it back: the pages.
struct ApplicationRoutes {
    let applications: Applications

    func add(to router: some RouterMethods<WebContext>) {
        let mine = router.group("/applications", context: SignedInContext.self)
        mine.get(use: list)
        mine.post(use: create)
        mine.get("/{application}", use: progress)
        mine.post("/{application}/withdraw", use: withdraw)
    }

    @Sendable func list(_ request: Request, context: SignedInContext) async throws -> Response {
        let person = try context.person()
        let mine = try await applications.overview(of: person)
        let frame = applications.pages.frame("我的申请", in: context)
        return try applications.pages.render("applications", ApplicationsPage(frame, mine, at: applications.clock.now))
    }

    @Sendable func create(_ request: Request, context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let key = form.idempotencyKey(principal: context.identity.person, act: "create")
        let person = try context.person()
        let id = try await applications.create(for: person, as: form["subject"], key: key)
        return .see(try await applications.open(id, for: person).nextStepPath)
    }

    @Sendable func progress(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        if one.application.journey.state == .draft { return .see(one.nextStepPath) }
        let story = try await applications.story(of: one)
        let frame = applications.pages.frame("申请进度", in: context)
        return try applications.pages.render(
            "application-progress", ProgressPage(frame, one, story, at: applications.clock.now))
    }

    @Sendable func withdraw(_ request: Request, context: SignedInContext) async throws -> Response {
        let id = try context.application()
        let form = try await request.form(in: context)
        let key = form.idempotencyKey(principal: context.identity.person, act: "withdraw/\(id)")
        try await applications.withdraw(id, of: try context.person(), key: key)
        return .see(ApplicationPath.progress(id))
    }
}

/// The addresses of applications.
enum ApplicationPath {
    static func progress(_ id: ID<Application>) -> String { "/applications/\(id)" }
    static func step(_ id: ID<Application>, _ step: String) -> String { "/applications/\(id)/steps/\(step)" }
    static func review(_ id: ID<Application>) -> String { "/applications/\(id)/review" }
    static func subject(_ id: ID<Application>) -> String { "/applications/\(id)/subject" }
    static func requirements(_ id: ID<Application>) -> String { "/applications/\(id)/requirements" }
    static func rules(_ id: ID<Application>) -> String { "/applications/\(id)/rules" }
    static func submit(_ id: ID<Application>) -> String { "/applications/\(id)/submit" }
    static func withdraw(_ id: ID<Application>) -> String { "/applications/\(id)/withdraw" }
    static func reading(_ id: ID<Application>, _ document: String) -> String {
        "/applications/\(id)/documents/\(document)/status"
    }
}

extension SignedInContext {
    /// The person who is signed in.
    func person() throws -> ID<Person> {
        guard let person = ID<Person>(identity.person) else { throw Problem.notFound }
        return person
    }

    /// The application that the address names.
    func application() throws -> ID<Application> {
        guard let id = ID<Application>(try parameters.require("application")) else { throw Problem.notFound }
        return id
    }
}
