import CanonicalJSON
import Database
import Documents
import Hummingbird
import Kernel
import Web
import Work

/// Which pages of its lists the operators' page shows, from 1.
struct OperationsPlace: Sendable {
    let parked: Int
    let failed: Int
    let acts: Int

    static let length = 20

    init(_ query: [(String, String)]) {
        let pages = Dictionary(query, uniquingKeysWith: { first, _ in first }).mapValues { Int($0) ?? 1 }
        func page(_ name: String) -> Int { min(max(pages[name] ?? 1, 1), 10_000) }
        (parked, failed, acts) = (page("parked"), page("failed"), page("acts"))
    }

    fileprivate static func offset(_ page: Int) -> Int { (page - 1) * length }
}

/// What the page is made of, as it was read. Each list has one item more than is shown if there is a next page.
struct OperationsView: Sendable {
    let work: WorkOverview
    let parked: [ParkedStream]
    let failed: [FailedJob]
    let acts: [(act: WorkActRecord, name: String)]

    init(
        at now: Instant, _ place: OperationsPlace, staffName: (String, borrowing Transaction) throws -> String,
        in tx: borrowing Transaction
    ) throws {
        let limit = OperationsPlace.length + 1
        work = try WorkOverview.read(at: now, in: tx)
        parked = try ParkedStream.list(limit: limit, offset: OperationsPlace.offset(place.parked), in: tx)
        failed = try FailedJob.list(limit: limit, offset: OperationsPlace.offset(place.failed), in: tx)
        var acts: [(act: WorkActRecord, name: String)] = []
        for act in try WorkActRecord.list(limit: limit, offset: OperationsPlace.offset(place.acts), in: tx) {
            acts.append((act, try staffName(act.person, tx)))
        }
        self.acts = acts
    }
}

struct OperationsPage: Sendable {
    let page: PageFrame
    let asOf: String
    let tiles: [Tile]
    let handlers: [Handler]
    let hasParked: Bool
    let parked: [Parked]
    let parkedPager: [Pager]
    let hasJobs: Bool
    let jobs: [Jobs]
    let hasFailed: Bool
    let failed: [Failed]
    let failedPager: [Pager]
    let hasActs: Bool
    let acts: [Act]
    let actsPager: [Pager]
    let recognition: [Line]

    struct Tile: Sendable {
        let label: String
        let value: String
        let detail: String
        let tone: String
    }

    struct Handler: Sendable {
        let label: String
        let name: String
        let due: String
        let lag: String
        let tone: String
        let stuck: String
        /// Empty for one that does not bear being told again.
        let replayHref: String
        let isReplayable: Bool
    }

    struct Parked: Sendable {
        let label: String
        let handler: String
        let stream: String
        let number: String
        let event: String
        let error: String
        let since: String
        let attempts: String
        let key: String
        let skipKey: String
        let field: String
    }

    struct Jobs: Sendable {
        let label: String
        let kind: String
        let waiting: String
        let running: String
        let failed: String
        let oldest: String
        let error: String
    }

    struct Failed: Sendable {
        let label: String
        let id: String
        let error: String
        let attempts: String
        let at: String
        let key: String
        let discardKey: String
        let field: String
    }

    struct Act: Sendable {
        let at: String
        let who: String
        let what: String
        let subject: String
        let detail: String
        let reason: String
    }

    /// Where a list goes on; none if all of it is shown.
    struct Pager: Sendable {
        let newerHref: String
        let hasNewer: Bool
        let olderHref: String
        let hasOlder: Bool
        let number: String
    }

    struct Line: Sendable {
        let label: String
        let value: String
    }

    init(
        _ page: PageFrame, _ view: OperationsView, _ place: OperationsPlace, replayable: Set<String>,
        reader: ReaderCondition, at now: Instant
    ) {
        self.page = page
        asOf = now.shortChinese
        let work = view.work
        tiles = Self.tiles(work, reader: reader, at: now)
        handlers = work.handlers.map { Handler($0, isReplayable: replayable.contains($0.handler), at: now) }
        func key() -> String { ID<OperationsPage>.new(at: now).text }
        parked = view.parked.prefix(OperationsPlace.length).enumerated().map { position, one in
            Parked(
                label: WorkNames.handler(one.handler), handler: one.handler, stream: one.stream,
                number: "\(one.number)", event: one.event, error: one.error, since: now.since(one.since).chinese,
                attempts: "\(one.attempts)", key: key(), skipKey: key(), field: "skip-\(position)")
        }
        hasParked = !parked.isEmpty
        jobs = work.jobs.map { job in
            Jobs(
                label: WorkNames.job(job.kind), kind: job.kind, waiting: "\(job.waiting)", running: "\(job.running)",
                failed: "\(job.failed)", oldest: job.oldest.map { now.since($0).chinese } ?? "–",
                error: job.error ?? "–")
        }
        hasJobs = !jobs.isEmpty
        failed = view.failed.prefix(OperationsPlace.length).enumerated().map { position, job in
            Failed(
                label: WorkNames.job(job.kind), id: job.id, error: job.error, attempts: "\(job.attempts)",
                at: job.failedAt.shortChinese, key: key(), discardKey: key(), field: "discard-\(position)")
        }
        hasFailed = !failed.isEmpty
        acts = view.acts.prefix(OperationsPlace.length).map { Act($0.act, by: $0.name) }
        hasActs = !acts.isEmpty
        parkedPager = Pager.make("parked", place.parked, count: view.parked.count)
        failedPager = Pager.make("failed", place.failed, count: view.failed.count)
        actsPager = Pager.make("acts", place.acts, count: view.acts.count)
        recognition = [Line(label: "状态", value: reader.text)]
    }

    private static func tiles(_ work: WorkOverview, reader: ReaderCondition, at now: Instant) -> [Tile] {
        let oldest = (work.handlers.compactMap(\.oldest) + [work.oldestUnsorted].compactMap { $0 }).min()
        let lag = oldest.map { now.since($0) } ?? .zero
        let failed = work.jobs.map(\.failed).reduce(0, +)
        return [
            Tile(
                label: "等待的事件", value: "\(work.unsorted + work.due)",
                detail: oldest == nil ? "没有在等的" : "最久等了 \(lag.chinese)", tone: lag > .seconds(10) ? "warn" : "ok"),
            Tile(
                label: "停住的事件", value: "\(work.parked)", detail: work.parked == 0 ? "没有" : "要人处理",
                tone: work.parked == 0 ? "ok" : "bad"),
            Tile(
                label: "后台任务", value: "\(work.jobs.map { $0.waiting + $0.running }.reduce(0, +))",
                detail: "失败 \(failed)", tone: failed > 0 ? "bad" : "ok"),
            Tile(
                label: "证照识别", value: reader.isReady ? "正常" : "不可用", detail: reader.text,
                tone: reader.isReady ? "ok" : "warn"),
        ]
    }
}

extension OperationsPage.Handler {
    fileprivate init(_ state: WorkOverview.HandlerState, isReplayable: Bool, at now: Instant) {
        let lag = state.oldest.map { now.since($0) }
        self.init(
            label: WorkNames.handler(state.handler), name: state.handler, due: "\(state.due)",
            lag: lag?.chinese ?? "–", tone: (lag ?? .zero) > .seconds(10) ? "wait-warn" : "wait-ok",
            stuck: "\(state.parked)",
            replayHref: "/staff/operations/replay?handler=\(state.handler.percentEncodedForQuery)",
            isReplayable: isReplayable)
    }
}

extension OperationsPage.Act {
    fileprivate init(_ act: WorkActRecord, by name: String) {
        self.init(
            at: act.at.shortChinese, who: name, what: WorkNames.act(act.act),
            subject: act.subject, detail: [act.stream, act.detail].compactMap { $0 }.joined(separator: " · "),
            reason: act.reason ?? "–")
    }
}

extension OperationsPage.Pager {
    fileprivate static func make(_ name: String, _ page: Int, count: Int) -> [Self] {
        let hasOlder = count > OperationsPlace.length
        guard page > 1 || hasOlder else { return [] }
        return [
            Self(
                newerHref: "/staff/operations?\(name)=\(page - 1)#\(name)", hasNewer: page > 1,
                olderHref: "/staff/operations?\(name)=\(page + 1)#\(name)", hasOlder: hasOlder, number: "\(page)")
        ]
    }
}

/// What the page before a replay knows.
struct ReplayPage: Sendable {
    let page: PageFrame
    let label: String
    let handler: String
    let since: String
    let key: String

    init(_ page: PageFrame, handler: String, at now: Instant) {
        self.page = page
        label = WorkNames.handler(handler)
        self.handler = handler
        since = (now - .seconds(3_600)).shanghaiMinute
        key = ID<ReplayPage>.new(at: now).text
    }
}
