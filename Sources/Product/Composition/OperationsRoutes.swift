import Database
import Documents
import Hummingbird
import Kernel
import Logging
import Web
import Work

/// What waits and what is stuck, for operators, and the button that lets it go on.
struct OperationsRoutes {
    let database: any Database
    let pages: Pages
    let reader: any PictureReader
    let clock: any WallClock

    func add(to router: some RouterMethods<WebContext>) {
        let operators = router.group("/staff/operations", context: OperatorContext.self)
        operators.get(use: show)
        operators.post("/retry", use: retry)
    }

    @Sendable func show(_ request: Request, context: OperatorContext) async throws -> Response {
        let overview = try await database.read { tx in try WorkOverview.read(in: tx) }
        let model = OperationsPage(
            pages.frame("运行状态", in: context), overview, reader: await reader.condition, at: clock.now)
        return try pages.render("operations", model)
    }

    @Sendable func retry(_ request: Request, context: OperatorContext) async throws -> Response {
        let form = try await request.form(in: context)
        guard let handler = form["handler"], let stream = form["stream"] else { throw Problem.notFound }
        let now = clock.now
        let wasParked = try await database.write { tx in
            try WorkOverview.retry(handler: handler, stream: stream, at: now, in: tx)
        }
        guard wasParked else { throw Problem(.conflict, code: "work.not_parked", title: "这个事件已经不再停住", hint: "请刷新页面") }
        context.logger.notice(
            "Parked stream released",
            metadata: ["handler": "\(handler)", "stream": "\(stream)", "by": "\(context.identity.person)"])
        return .see("/staff/operations")
    }
}

struct OperationsPage: Sendable {
    let page: PageFrame
    let asOf: String
    let tiles: [Tile]
    let hasParked: Bool
    let parked: [Parked]
    let hasJobs: Bool
    let jobs: [Jobs]
    let recognition: [Line]

    struct Tile: Sendable {
        let label: String
        let value: String
        let detail: String
        let tone: String
    }

    struct Parked: Sendable {
        let handler: String
        let stream: String
        let event: String
        let error: String
        let since: String
        let attempts: String
        let key: String
    }

    struct Jobs: Sendable {
        let name: String
        let waiting: String
        let failed: String
        let error: String?
    }

    struct Line: Sendable {
        let label: String
        let value: String
    }

    init(_ page: PageFrame, _ work: WorkOverview, reader: ReaderCondition, at now: Instant) {
        self.page = page
        asOf = now.shortChinese
        let lag = work.oldestUnsorted.map { now.since($0).milliseconds } ?? 0
        tiles = [
            Tile(
                label: "事件", value: "\(work.unsorted + work.due)", detail: "最久等了 \(lag / 1_000) 秒",
                tone: lag > 10_000 ? "warn" : "ok"),
            Tile(
                label: "停住的事件", value: "\(work.parked.count)", detail: work.parked.isEmpty ? "没有" : "要人处理",
                tone: work.parked.isEmpty ? "ok" : "bad"),
            Tile(
                label: "等待的任务", value: "\(work.jobs.map(\.waiting).reduce(0, +))",
                detail: "失败 \(work.jobs.map(\.failed).reduce(0, +))",
                tone: work.jobs.contains { $0.failed > 0 } ? "bad" : "ok"),
            Tile(
                label: "证照识别", value: reader.isReady ? "正常" : "不可用", detail: reader.text,
                tone: reader.isReady ? "ok" : "warn"),
        ]
        hasParked = !work.parked.isEmpty
        parked = work.parked.map { one in
            Parked(
                handler: one.handler, stream: one.stream, event: one.event, error: one.error,
                since: "\(now.since(one.since).milliseconds / 60_000) 分", attempts: "\(one.attempts)",
                key: ID<OperationsPage>.new(at: now).text)
        }
        hasJobs = !work.jobs.isEmpty
        jobs = work.jobs.map { Jobs(name: $0.kind, waiting: "\($0.waiting)", failed: "\($0.failed)", error: $0.error) }
        recognition = [Line(label: "状态", value: reader.text)]
    }
}
