import Catalogue
import Hummingbird
import Kernel
import Web

/// Who applies: asked before the form, because everything else follows from it, and changed as long as nothing was
/// handed in.
struct SubjectRoutes {
    let applications: Applications

    func add(to router: some RouterMethods<WebContext>) {
        let mine = router.group("/applications", context: SignedInContext.self)
        mine.get("/new", use: choose)
        mine.get("/{application}/subject", use: reconsider)
        mine.post("/{application}/subject", use: change)
    }

    @Sendable func choose(_ request: Request, context: SignedInContext) async throws -> Response {
        let pack = try applications.catalogue.current(at: applications.clock.now)
        return try page("谁来开店", pack, chosen: nil, action: "/applications", in: context)
    }

    @Sendable func reconsider(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        guard one.rules == .all else { return .see(ApplicationPath.progress(one.application.id)) }
        return try page(
            "换一种主体", one.pack, chosen: one.form.selection.subject,
            action: ApplicationPath.subject(one.application.id), in: context)
    }

    @Sendable func change(_ request: Request, context: SignedInContext) async throws -> Response {
        let form = try await request.form(in: context)
        let one = try await applications.choose(
            subject: form["subject"] ?? "", for: try context.application(), of: try context.person())
        return .see(ApplicationPath.step(one.application.id, one.firstStep))
    }

    private func page(
        _ title: String, _ pack: Pack, chosen: String?, action: String, in context: SignedInContext
    ) throws -> Response {
        let frame = applications.pages.frame(title, in: context)
        return try applications.pages.render(
            "application-subject",
            SubjectPage(frame, title, pack, chosen: chosen, action: action, at: applications.clock.now))
    }
}

/// The kinds of applicants to choose from, with what each has to bring.
struct SubjectPage: Sendable {
    let page: PageFrame
    let title: String
    let lead: String
    let action: String
    let key: String
    let subjects: [Subject]

    struct Subject: Sendable {
        let id: String
        let name: String
        let note: String
        let chosen: Bool
        let label: String
        /// What to have at hand, in one line.
        let brings: String
        let guidance: [String]
    }

    init(_ page: PageFrame, _ title: String, _ pack: Pack, chosen: String?, action: String, at now: Instant) {
        self.page = page
        self.title = title
        self.action = action
        lead = chosen == nil ? "主体不同，要准备的也不同。选好马上开始，以后还能换。" : "填过的内容都留着，换回来还在。"
        key = ID<SubjectPage>.new(at: now).text
        subjects = pack.content.subjects.map { subject in
            Subject(
                id: subject.id, name: subject.name, note: subject.note, chosen: subject.id == chosen,
                label: subject.id == chosen ? "现在就是这种" : "我是\(subject.name)",
                brings: subject.brings.map(\.title).joined(separator: "、"),
                guidance: subject.guidance)
        }
    }
}
