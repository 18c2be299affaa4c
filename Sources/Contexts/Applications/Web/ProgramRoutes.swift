import CanonicalJSON
import HTTPTypes
import Hummingbird
import Kernel
import Web
import Work

/// Applications for programs: begin one, read and change its draft, hand it in.
struct ProgramRoutes {
    let applications: Applications

    func add(to router: some RouterMethods<WebContext>) {
        let mine = router.group("/api/applications", context: SignedInContext.self)
        mine.post(use: create)
        mine.get("/{application}", use: status)
        mine.get("/{application}/draft", use: draft)
        mine.patch("/{application}/draft", use: change)
        mine.post("/{application}/submissions", use: submit)
    }

    /// `{"subject": "enterprise"}`, or `{}` for the pack's first.
    @Sendable func create(_ request: Request, context: SignedInContext) async throws -> Response {
        let key = request.idempotencyKey(principal: context.identity.person, act: "create")
        let body = try await request.json()
        let id = try await applications.create(for: try context.person(), as: body["subject"]?.string, key: key)
        return .created(["id": .string(id.text)], at: "/api/applications/\(id)")
    }

    /// `{id, state, stage, round}` and what is still wanted: where an application stands.
    @Sendable func status(_ request: Request, context: SignedInContext) async throws -> Response {
        let answer = try await applications.standing(of: try context.application(), for: try context.person())
        return .bytes(answer.whole, type: "application/json")
    }

    /// The values as they were saved last.
    @Sendable func draft(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        return .json([
            "version": .number(JSONNumber(Int64(one.version))), "saved_at": .string(one.savedAt.iso8601),
            "values": one.draft.values,
        ])
    }

    /// Changes some values (RFC 7396) and tells what is still wanted. What is wrong is kept and told; what can't be is
    /// refused, and then nothing is changed.
    @Sendable func change(_ request: Request, context: SignedInContext) async throws -> Response {
        let patch = try DraftPatch(try await request.json(accepting: "application/merge-patch+json"))
        let one = try await applications.change(try context.application(), of: try context.person()) { one in
            try patch.draft(on: one)
        }
        let answer = StandingAnswer(one.application, try await applications.requirements(of: one))
        return .bytes(answer.saved(version: one.version, at: one.savedAt), type: "application/json")
    }

    /// `{"truth": true, "values": {…}}`: hands in the draft, with a last patch of its values in the same act.
    @Sendable func submit(_ request: Request, context: SignedInContext) async throws -> Response {
        let (id, person) = (try context.application(), try context.person())
        let body = try await request.json()
        guard body["truth"]?.bool == true else { throw ApplicationRefusal.truthMissing }
        let patch = try body["values"].map { try DraftPatch($0) }
        let round = try await applications.submit(id, of: person, statement: SubmitRoutes.statement, adding: patch) {
            request.idempotencyKey(principal: context.identity.person, act: "submit/\(id)/\($0)")
        }
        return .created(
            ["id": .string(id.text), "round": .number(JSONNumber(Int64(round)))], at: "/api/applications/\(id)")
    }
}
