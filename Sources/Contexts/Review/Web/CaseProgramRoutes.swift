import Accounts
import CanonicalJSON
import Database
import Hummingbird
import Kernel
import Web
import Work

/// The queue and its decisions for programs, such as a lead's own desk.
struct CaseProgramRoutes: Sendable {
    let desk: ReviewDesk

    func add(to router: some RouterMethods<WebContext>) {
        let cases = router.group("/api/cases", context: ReviewerContext.self)
        cases.get(use: list)
        cases.post("/{case}/decisions", use: decide)
    }

    /// `?tab=waiting|mine|done&after={case}`: fifty cases, from the one after `after` on.
    @Sendable func list(_ request: Request, context: ReviewerContext) async throws -> Response {
        let query = request.uri.queryParameters
        let tab = query["tab"].flatMap { QueueTab(rawValue: String($0)) } ?? .waiting
        let after = query["after"].flatMap { ID<Case>(String($0)) }
        let stored = tab.stored(for: try context.reviewer(), at: desk.clock.now)
        let page = try await desk.database.read { [queue = desk.queue] tx in
            try queue.page(of: stored, after: after, in: tx)
        }
        return .json([
            "cases": .array(page.cases.map(\.json)), "next": page.next.map { .string($0.text) } ?? .null,
        ])
    }

    /// `{"verdict": "approve" | "request_changes" | "reject", "comments": {path: text}, "reason", "note"}`: takes
    /// the case, unless somebody else holds it, and decides it.
    @Sendable func decide(_ request: Request, context: ReviewerContext) async throws -> Response {
        let (id, reviewer, now) = (try context.caseID(), try context.reviewer(), desk.clock.now)
        let draft = DecisionDraft(try await request.json())
        let key = request.idempotencyKey(principal: reviewer.text, act: "decide/\(id)")
        let verdict = try await desk.database.write { [acts = desk.acts] tx in
            try tx.once(key, at: now) { tx in
                try acts.claim(id, by: reviewer, at: now, in: tx)
                return try acts.decide(id, draft, by: reviewer, at: now, in: tx).rawValue
            }
        }
        return .created(["id": .string(id.text), "verdict": .string(verdict)], at: "/api/cases/\(id)")
    }
}

extension DecisionDraft {
    /// Reads what programs send.
    fileprivate init(_ body: JSONValue) {
        var comments: [String: String] = [:]
        for comment in body["comments"]?.object ?? JSONObject() {
            if let text = comment.value.string, !text.isEmpty { comments[comment.key] = text }
        }
        let decisions = ["approve": "approve", "request_changes": "changes", "reject": "reject"]
        self.init(
            decision: body["verdict"]?.string.flatMap { decisions[$0] }, reason: body["reason"]?.string,
            note: body["note"]?.string, comments: comments)
    }
}

extension DecisionDraft.Faults: ProblemConvertible {
    var problem: Problem {
        Problem(.unprocessable, code: "decision.refused", title: "决定还不完整，没有生效", hint: "请按列出的项目补齐", findings: findings)
    }
}

extension Case {
    /// What lists show of it.
    fileprivate var json: JSONValue {
        let columns = StateColumns(state)
        return [
            "id": .string(id.text), "application": .string(application.text), "company": .string(company),
            "categories": .array(categories.map { .string($0) }), "round": .number(JSONNumber(Int64(round))),
            "submitted_at": .string(submittedAt.iso8601), "state": .string(columns.name.rawValue),
            "reviewer": columns.reviewer.map { .string($0.text) } ?? .null,
            "verdict": columns.verdict.map { .string($0.rawValue) } ?? .null,
        ]
    }
}
