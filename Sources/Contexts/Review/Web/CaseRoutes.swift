import Accounts
import Database
import Hummingbird
import Kernel
import Web
import Work

/// One case: looking at it, taking it, putting it back, showing a covered value, deciding.
struct CaseRoutes: Sendable {
    let desk: ReviewDesk

    func add(to router: some RouterMethods<WebContext>) {
        let cases = router.group(RouterPath(ReviewPath.casePattern), context: ReviewerContext.self)
        cases.get(use: show)
        cases.post(RouterPath(CaseAct.claim.rawValue), use: claim)
        cases.post(RouterPath(CaseAct.release.rawValue), use: release)
        cases.post(RouterPath(CaseAct.reveal.rawValue), use: reveal)
        cases.post(RouterPath(CaseAct.decision.rawValue), use: decide)
    }

    @Sendable func show(_ request: Request, context: ReviewerContext) async throws -> Response {
        let after = request.uri.queryParameters["after"].flatMap { ID<Case>(String($0)) }
        return try await page(CaseVisit(try context.caseID(), by: try context.reviewer(), after: after), in: context)
    }

    @Sendable func claim(_ request: Request, context: ReviewerContext) async throws -> Response {
        let (id, reviewer, now) = (try context.caseID(), try context.reviewer(), desk.clock.now)
        let key = try await request.form(in: context).idempotencyKey(principal: reviewer.text, act: "claim/\(id)")
        let path = try await desk.database.write { [acts = desk.acts] tx in
            try tx.once(key, at: now) { tx in
                try acts.claim(id, by: reviewer, at: now, in: tx)
                return ReviewPath.page(id)
            }
        }
        return .see(path)
    }

    @Sendable func release(_ request: Request, context: ReviewerContext) async throws -> Response {
        let (id, reviewer, now) = (try context.caseID(), try context.reviewer(), desk.clock.now)
        let key = try await request.form(in: context).idempotencyKey(principal: reviewer.text, act: "release/\(id)")
        let path = try await desk.database.write { [acts = desk.acts] tx in
            try tx.once(key, at: now) { tx in
                try acts.release(id, by: reviewer, at: now, in: tx)
                return ReviewPath.queue()
            }
        }
        return .see(path)
    }

    /// Shows one covered value. It is never remembered as an answer: each showing is a reading of its own.
    @Sendable func reveal(_ request: Request, context: ReviewerContext) async throws -> Response {
        let (id, reviewer, now) = (try context.caseID(), try context.reviewer(), desk.clock.now)
        let path = try await request.form(in: context)["path"] ?? ""
        try await desk.database.write { [acts = desk.acts] tx in
            try acts.reveal(path, of: id, by: reviewer, at: now, in: tx)
        }
        return try await page(CaseVisit(id, by: reviewer, revealed: path), in: context)
    }

    @Sendable func decide(_ request: Request, context: ReviewerContext) async throws -> Response {
        let (id, reviewer, now) = (try context.caseID(), try context.reviewer(), desk.clock.now)
        let form = try await request.form(in: context)
        let draft = DecisionDraft(form)
        let key = form.idempotencyKey(principal: reviewer.text, act: "decide/\(id)")
        do {
            let path = try await desk.database.write { [acts = desk.acts, queue = desk.queue] tx in
                try tx.once(key, at: now) { tx in
                    try acts.decide(id, draft, by: reviewer, at: now, in: tx)
                    let next = try queue.next(for: reviewer, at: now, in: tx)
                    return next.map { ReviewPath.page($0.id, after: id) } ?? ReviewPath.queue(after: id)
                }
            }
            return .see(path)
        } catch let faults as DecisionDraft.Faults {
            return try await page(CaseVisit(id, by: reviewer, draft: draft, findings: faults.findings), in: context)
        }
    }

    /// The case as this visit shows it. Looking at a case that one holds keeps the claim alive.
    private func page(_ visit: CaseVisit, in context: ReviewerContext) async throws -> Response {
        let now = desk.clock.now
        let (dossier, decided) = try await desk.database.read { [desk] tx in
            let dossier = try desk.reader.dossier(visit.id, in: tx)
            return (dossier, try visit.after.flatMap { try desk.cases.find($0, in: tx) })
        }
        if dossier.subject.wantsUse(by: visit.viewer, at: now) {
            try await desk.database.write { [acts = desk.acts] tx in
                try acts.use(visit.id, by: visit.viewer, at: now, in: tx)
            }
        }
        let view = CaseView(dossier: dossier, visit: visit, after: decided, now: now)
        return try desk.pages.render(
            "case", CasePage(page: desk.pages.frame("审核单", in: context), view),
            status: visit.findings.isEmpty ? .ok : .unprocessableContent)
    }
}
