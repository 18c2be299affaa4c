import CanonicalJSON
import Hummingbird
import Kernel
import Web
import WorkingTime

/// Where an application is on its way, and when each step is expected, for programs.
struct ProgressRoutes {
    let applications: Applications

    func add(to router: some RouterMethods<WebContext>) {
        let mine = router.group("/api/applications", context: SignedInContext.self)
        mine.get("/{application}/progress", use: tell)
    }

    @Sendable func tell(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        let story = try await applications.story(of: one)
        let now = applications.clock.now
        let steps = ProgressStep.all(of: one, story)
        return .json([
            "id": .string(one.application.id.text), "round": .number(JSONNumber(Int64(one.application.journey.round))),
            "state": .string(one.application.journey.state.kind.rawValue),
            "steps": .array(steps.map { $0.json(at: now) }),
        ])
    }
}

extension ProgressStep {
    fileprivate func json(at now: Instant) -> JSONValue {
        [
            "id": .string(id), "title": .string(title), "state": .string(state.rawValue),
            "turn": .string(whose.rawValue), "at": at.map { .string($0.iso8601) } ?? .null,
            "detail": detail.map { .string($0) } ?? .null, "expected": window?.json ?? .null,
            "late": .bool(isLate(at: now)),
        ]
    }
}

extension TimeWindow {
    fileprivate var json: JSONValue {
        [
            "earliest": .string(earliest.iso8601), "likely": .string(likely.iso8601),
            "latest": .string(latest.iso8601), "basis": .string(basis == .standard ? "default" : "own"),
            "cases": .number(JSONNumber(Int64(basis.cases))),
        ]
    }
}
