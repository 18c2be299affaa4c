import Database
import Hummingbird
import Kernel
import Logging
import Web
import Work

/// Where operators propose a pack, and a second one approves it.
struct PublishingRoutes: Sendable {
    let catalogue: Catalogue
    let database: any Database
    let pages: Pages
    let clock: any WallClock
    let changes: KnownChanges
    let source: @Sendable () throws -> PackSource
    let staffName: Catalogue.StaffName

    func add(to router: some RouterMethods<WebContext>) {
        let operators = router.group(context: OperatorContext.self)
        operators.get(RouterPath(RulesPath.desk), use: show)
        operators.post(RouterPath(RulesPath.propose), use: propose)
        operators.post(RouterPath(RulesPath.actPattern + "/" + PublishingAct.approve.rawValue), use: approve)
        operators.post(RouterPath(RulesPath.actPattern + "/" + PublishingAct.withdraw.rawValue), use: withdraw)
    }

    @Sendable func show(_ request: Request, context: OperatorContext) async throws -> Response {
        try await page(ProposalForm(at: clock.now), context)
    }

    @Sendable func propose(_ request: Request, context: OperatorContext) async throws -> Response {
        let (person, now) = (context.identity.person, clock.now)
        let sent = try await request.form(in: context)
        let form = ProposalForm(sent)
        guard let day = form.day, let source = try? source(), source.hash == form.hash else {
            return try await page(form.day == nil ? form : form.outdated, context)
        }
        do {
            let publication = try await catalogue.propose(
                source, effectiveAt: day.start, by: person, at: now,
                key: sent.idempotencyKey(principal: person, act: "propose-pack"))
            log("Pack proposed", publication.id, in: context)
            return .see(RulesPath.desk)
        } catch let refusal as Publication.Refusal {
            return try await page(form.refused(refusal), context)
        } catch is PackFaults {
            return try await page(form, context)
        }
    }

    @Sendable func approve(_ request: Request, context: OperatorContext) async throws -> Response {
        let (id, person) = (try context.publication(), context.identity.person)
        let key = try await request.form(in: context).idempotencyKey(principal: person, act: "approve-pack/\(id)")
        try await catalogue.approve(id, by: person, at: clock.now, key: key)
        log("Pack approved", id, in: context)
        return .see(RulesPath.desk)
    }

    @Sendable func withdraw(_ request: Request, context: OperatorContext) async throws -> Response {
        let (id, person) = (try context.publication(), context.identity.person)
        let key = try await request.form(in: context).idempotencyKey(principal: person, act: "withdraw-pack/\(id)")
        try await catalogue.withdraw(id, by: person, at: clock.now, key: key)
        log("Pack withdrawn", id, in: context)
        return .see(RulesPath.desk)
    }

    /// The desk as it is now; another process may have published meanwhile.
    private func page(_ form: ProposalForm, _ context: OperatorContext) async throws -> Response {
        try await catalogue.load()
        let all = catalogue.publications
        let people = Set(all.flatMap { [$0.proposedBy, $0.approval?.by, $0.withdrawal?.by].compactMap(\.self) })
        let names = try await database.read { [staffName] tx in
            try people.reduce(into: [:]) { names, person in names[person] = try staffName(person, tx) }
        }
        let desk = PublishingDesk(
            catalogue: catalogue, folder: PackFolder(source), names: names, viewer: context.identity.person,
            now: clock.now, changes: changes)
        let page = PublishingPage(page: pages.frame("规则发布", in: context), desk, form)
        return try pages.render("packs", page, status: form.findings.isEmpty ? .ok : .unprocessableContent)
    }

    private func log(_ act: Logger.Message, _ id: ID<Publication>, in context: OperatorContext) {
        context.logger.notice(act, metadata: ["publication": "\(id)", "by": "\(context.identity.person)"])
    }
}

extension OperatorContext {
    /// The publication in the address.
    fileprivate func publication() throws -> ID<Publication> {
        guard let id = ID<Publication>(try parameters.require("publication")) else { throw Problem.notFound }
        return id
    }
}
