package import Database
package import Kernel

/// What operators do about events and jobs. Each is done and noted in one transaction: who, when, what and why.
package enum WorkAct: Sendable, Equatable {
    /// The event that a stream stopped at is tried again.
    case retry(handler: String, stream: String)
    /// The event that a stream stopped at is left out, for good.
    case skip(handler: String, stream: String, number: Int, reason: String)
    /// A handler is told the events of one stream again, from a number on.
    case replay(handler: String, stream: String, from: Int)
    /// A handler is told all events again that happened since a moment, stream by stream.
    case replayAll(handler: String, since: Instant)
    /// A job that was given up is tried again, as often as a new one.
    case retryJob(String)
    /// A job that was given up is thrown away.
    case discardJob(String, reason: String)

    /// Why an act is refused.
    package enum Refusal: String, ProblemConvertible {
        case notParked = "work.not_parked"
        case otherEvent = "work.other_event"
        case notReplayable = "work.not_replayable"
        case nothingToReplay = "work.nothing_to_replay"
        case notFailed = "work.not_failed"

        package var problem: Problem {
            switch self {
            case .notParked: Problem(.conflict, code: rawValue, title: "这个事件已经不再停住", hint: "请刷新页面")
            case .otherEvent:
                Problem(.conflict, code: rawValue, title: "现在停在另一个事件上", hint: "请刷新页面，看清楚再跳过")
            case .notReplayable:
                Problem(.conflict, code: rawValue, title: "这个处理者不能重放", hint: "它做的事不能重复，例如发短信")
            case .nothingToReplay:
                Problem(.conflict, code: rawValue, title: "没有可以重放的事件", hint: "请检查流的名称、事件号和时间")
            case .notFailed: Problem(.conflict, code: rawValue, title: "这个任务已经不在失败之列", hint: "请刷新页面")
            }
        }
    }

    /// Does the act and notes it.
    ///
    /// - Parameters:
    ///   - person: the operator's id.
    ///   - replayable: the handlers that bear being told again.
    /// - Throws: `Refusal`.
    package func perform(
        by person: String, replayable: Set<String>, at now: Instant, in tx: borrowing Transaction
    ) throws {
        switch self {
        case .retry(let handler, let stream): try Self.retry(handler, stream, at: now, in: tx)
        case .skip(let handler, let stream, let number, _):
            try Self.skip(handler, stream, number, at: now, in: tx)
        case .replay(let handler, let stream, let from):
            guard replayable.contains(handler) else { throw Refusal.notReplayable }
            guard try Rewinding.rewind(handler, stream: stream, from: from, at: now, in: tx) else {
                throw Refusal.nothingToReplay
            }
        case .replayAll(let handler, let since):
            guard replayable.contains(handler) else { throw Refusal.notReplayable }
            try tx.enqueue(
                Rewinding.kind, Rewinding(handler: handler, since: since), key: "\(handler)/\(now.milliseconds)",
                at: now)
        case .retryJob(let job): try Self.retryJob(job, at: now, in: tx)
        case .discardJob(let job, _): try Self.discardJob(job, in: tx)
        }
        try tx.insert(WorkActRecord(self, by: person, at: now))
    }

    /// It counts as tried once: what failed before is tried by itself, beside nothing that it could take along.
    private static func retry(
        _ handler: String, _ stream: String, at now: Instant, in tx: borrowing Transaction
    ) throws {
        let changed = try tx.run(
            """
            UPDATE \(WorkTables.cursors) SET parked_at = NULL, attempts = 1, retry_at = \(now)
            WHERE handler = \(handler) AND stream = \(stream) AND parked_at IS NOT NULL
            """)
        guard changed > 0 else { throw Refusal.notParked }
    }

    private static func skip(
        _ handler: String, _ stream: String, _ number: Int, at now: Instant, in tx: borrowing Transaction
    ) throws {
        let parked = try tx.rows(
            """
            SELECT COALESCE((\(ParkedStream.next(of: "c"))), 0) AS next FROM \(WorkTables.cursors) AS c
            WHERE c.handler = \(handler) AND c.stream = \(stream) AND c.parked_at IS NOT NULL
            """
        ).first
        guard let parked else { throw Refusal.notParked }
        guard try parked.get("next", as: Int.self) == number else { throw Refusal.otherEvent }
        try tx.run(
            """
            UPDATE \(WorkTables.cursors)
            SET delivered = \(number), parked_at = NULL, attempts = 0, error = NULL, retry_at = \(now)
            WHERE handler = \(handler) AND stream = \(stream)
            """)
    }

    private static func retryJob(_ job: String, at now: Instant, in tx: borrowing Transaction) throws {
        let changed = try tx.run(
            """
            UPDATE \(WorkTables.jobs)
            SET failed_at = NULL, attempts = 0, run_at = \(now), claim = NULL, claimed_until = NULL
            WHERE id = \(job) AND failed_at IS NOT NULL
            """)
        guard changed > 0 else { throw Refusal.notFailed }
    }

    private static func discardJob(_ job: String, in tx: borrowing Transaction) throws {
        let changed = try tx.run("DELETE FROM \(WorkTables.jobs) WHERE id = \(job) AND failed_at IS NOT NULL")
        guard changed > 0 else { throw Refusal.notFailed }
    }
}

/// An act as it was noted.
package struct WorkActRecord: Record {
    package static let table = WorkTables.acts

    package let id: ID<WorkAct>
    package let at: Instant
    package let person: String
    /// `retry`, `skip`, `replay`, `replay_all`, `retry_job`, `discard_job`.
    package let act: String
    /// The handler, or the id of the job.
    package let subject: String
    package let stream: String?
    /// The number of an event, or a moment.
    package let detail: String?
    package let reason: String?

    package var values: [any SQLConvertible] { [id, at, person, act, subject, stream, detail, reason] }

    package init(row: Row) throws {
        id = try row.get("id")
        at = try row.get("at")
        person = try row.get("person")
        act = try row.get("act")
        subject = try row.get("subject")
        stream = try row.get("stream")
        detail = try row.get("detail")
        reason = try row.get("reason")
    }

    fileprivate init(_ act: WorkAct, by person: String, at now: Instant) {
        id = .new(at: now)
        at = now
        self.person = person
        (self.act, subject, stream, detail, reason) =
            switch act {
            case .retry(let handler, let stream): ("retry", handler, stream, nil, nil)
            case .skip(let handler, let stream, let number, let reason):
                ("skip", handler, stream, "\(number)", reason)
            case .replay(let handler, let stream, let from): ("replay", handler, stream, "\(from)", nil)
            case .replayAll(let handler, let since): ("replay_all", handler, nil, since.iso8601, nil)
            case .retryJob(let job): ("retry_job", job, nil, nil, nil)
            case .discardJob(let job, let reason): ("discard_job", job, nil, nil, reason)
            }
    }

    /// What operators did, the latest first.
    package static func list(limit: Int, offset: Int = 0, in tx: borrowing Transaction) throws -> [WorkActRecord] {
        try tx.all(
            """
            SELECT \(columns: table) FROM \(table) ORDER BY id DESC LIMIT \(limit) OFFSET \(offset)
            """)
    }
}
