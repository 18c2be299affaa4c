import CanonicalJSON
import Database
import Documents
import Hummingbird
import Kernel
import Logging
import Web
import Work

/// What waits and what is stuck, for operators, and what they may do about it.
struct OperationsRoutes: Sendable {
    let database: any Database
    let pages: Pages
    let reader: any PictureReader
    let clock: any WallClock
    /// The handlers that bear being told again.
    let replayable: Set<String>
    /// What an operator is called on pages.
    let staffName: @Sendable (_ person: String, borrowing Transaction) throws -> String

    func add(to router: some RouterMethods<WebContext>) {
        let operators = router.group("/staff/operations", context: OperatorContext.self)
        operators.get(use: show)
        operators.get("/replay", use: askReplay)
        for act in ["/retry", "/skip", "/replay", "/jobs/retry", "/jobs/discard"] {
            operators.post(RouterPath(act)) { try await perform(act, $0, $1) }
        }
        router.group("/api/operations/work", context: OperatorContext.self).get(use: tell)
    }

    @Sendable func show(_ request: Request, context: OperatorContext) async throws -> Response {
        let place = OperationsPlace(request.uri.queryParameters.map { (String($0.key), String($0.value)) })
        let now = clock.now
        let work = try await offLoops {
            try await database.read { [staffName] tx in
                try OperationsView(at: now, place, staffName: staffName, in: tx)
            }
        }
        let model = OperationsPage(
            pages.frame("运行状态", in: context), work, place, replayable: replayable, reader: await reader.condition,
            at: now)
        return try pages.render("operations", model)
    }

    /// The same for monitoring. Streams and events are named, people are not.
    @Sendable func tell(_ request: Request, context: OperatorContext) async throws -> Response {
        let now = clock.now
        let (work, parked) = try await offLoops {
            try await database.read { tx in
                (try WorkOverview.read(at: now, in: tx), try ParkedStream.list(limit: 100, in: tx))
            }
        }
        return .bytes(work.json(parked, at: now).canonicalBytes, type: "application/json")
    }

    /// Says plainly what telling events again means, and asks from where.
    @Sendable func askReplay(_ request: Request, context: OperatorContext) async throws -> Response {
        let handler = request.uri.queryParameters["handler"].map { String($0) } ?? ""
        guard replayable.contains(handler) else { throw WorkAct.Refusal.notReplayable }
        return try pages.render(
            "operations-replay", ReplayPage(pages.frame("重放事件", in: context), handler: handler, at: clock.now))
    }

    private func perform(_ path: String, _ request: Request, _ context: OperatorContext) async throws -> Response {
        let form = try await request.form(in: context)
        let act = try WorkAct(path, form)
        let (person, now) = (context.identity.person, clock.now)
        let key = form.idempotencyKey(principal: person, act: "operations\(path)")?.narrowed(to: "\(act)")
        _ = try await database.write { [replayable] tx in
            try tx.once(key, at: now) { tx in
                try act.perform(by: person, replayable: replayable, at: now, in: tx)
                return ""
            }
        }
        context.logger.notice("Operator's act", metadata: ["act": "\(path)", "by": "\(person)"])
        return .see("/staff/operations")
    }
}

extension WorkAct {
    /// Reads the act from its form.
    fileprivate init(_ path: String, _ form: Form) throws {
        switch path {
        case "/retry": self = .retry(handler: try form.text("handler"), stream: try form.text("stream"))
        case "/skip":
            self = .skip(
                handler: try form.text("handler"), stream: try form.text("stream"), number: try form.number("number"),
                reason: try form.reason)
        case "/replay":
            let handler = try form.text("handler")
            if form["scope"] == "stream" {
                self = .replay(
                    handler: handler, stream: try form.text("stream"),
                    from: form["from"] == nil ? 1 : try form.number("from"))
            } else {
                guard let since = form["since"].flatMap(Instant.init(shanghai:)) else {
                    throw Problem(
                        .unprocessable, code: "work.time_unreadable", title: "看不懂这个时间",
                        hint: "请按 2026-03-01 08:00 的写法填写北京时间")
                }
                self = .replayAll(handler: handler, since: since)
            }
        case "/jobs/retry": self = .retryJob(try form.text("job"))
        default: self = .discardJob(try form.text("job"), reason: try form.reason)
        }
    }
}

extension Form {
    fileprivate func text(_ name: String) throws -> String {
        guard let text = self[name] else {
            throw Problem(.unprocessable, code: "work.field_missing", title: "表单不完整", hint: "请回到运行状态页重新操作")
        }
        return text
    }

    fileprivate func number(_ name: String) throws -> Int {
        guard let number = Int(try text(name)), number > 0 else {
            throw Problem(.unprocessable, code: "work.number_unreadable", title: "事件号应当是正整数", hint: "请检查事件号")
        }
        return number
    }

    fileprivate var reason: String {
        get throws {
            guard let reason = self["reason"], (2...200).contains(reason.count) else {
                throw Problem(
                    .unprocessable, code: "work.reason_missing", title: "请写明原因", hint: "2 到 200 个字，会留在操作记录里")
            }
            return reason
        }
    }
}
