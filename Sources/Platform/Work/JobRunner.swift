package import Database
package import Kernel
package import Logging
import ServiceLifecycle
import Synchronization

/// Runs jobs: each at least once, several side by side, again after a pause when one fails.
package struct JobRunner: Service {
    private let database: any Database
    private let handlers: [String: JobHandler]
    private let clock: any WallClock
    private let logger: Logger
    private let nudge = Nudge()
    private let running = Running()

    static let claimLength = Duration.seconds(120)
    private static let width = 8
    /// The shortest time between two looks that find nothing, however many commits hint at work.
    private static let rest = Duration.milliseconds(4)

    package init(database: any Database, handlers: [JobHandler], clock: any WallClock, logger: Logger) {
        self.database = database
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.clock = clock
        self.logger = logger
        database.afterCommit { [nudge] in nudge.give() }
    }

    package func run() async throws { await cancelWhenGracefulShutdown { await work() } }

    /// Keeps places filled: a slow job takes up its own only, and as soon as one ends, the next is taken.
    private func work() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                while (try? await Task.sleep(for: Self.claimLength / 3)) != nil { await renew() }
            }
            group.addTask {
                while (try? await Task.sleep(for: .seconds(10))) != nil { await bringForward() }
            }
            while !Task.isCancelled {
                let begun = ContinuousClock.now
                let jobs = await take(Self.width - running.count)
                for job in jobs {
                    group.addTask {
                        await perform(job)
                        nudge.give()
                    }
                }
                if jobs.isEmpty {
                    await nudge.wait(atMost: .milliseconds(500))
                    try? await Task.sleep(until: begun + Self.rest)
                }
            }
        }
    }

    /// Keeps the claims of jobs that take long, so that no other process begins them too.
    func renew() async {
        let (jobs, until) = (running.jobs, clock.now + Self.claimLength)
        guard !jobs.isEmpty else { return }
        var rows = JSONRows()
        for job in jobs { rows.add(job.id.text, job.claim) }
        await keep(
            """
            UPDATE \(WorkTables.jobs) SET claimed_until = \(until)
            WHERE (id, claim) IN (SELECT j.value->>0, j.value->>1 FROM \(rows.source))
            """)
    }

    /// Nothing is put off for longer than the longest pause: a job that is was queued by a clock that ran ahead, and
    /// would wait until the right one comes there.
    func bringForward() async {
        let now = clock.now
        let isAhead: SQL = "failed_at IS NULL AND run_at > \(now + Backoff.longest)"
        let rows = try? await database.read { tx in
            try tx.rows("SELECT id FROM \(WorkTables.jobs) WHERE \(isAhead) LIMIT 1")
        }
        guard rows?.isEmpty == false else { return }
        await keep("UPDATE \(WorkTables.jobs) SET run_at = \(now) WHERE \(isAhead)")
    }

    private func take(_ count: Int) async -> [WaitingJob] {
        do {
            return count > 0 ? try await claim(count) : []
        } catch {
            if !(error is CancellationError) {
                logger.error("Jobs could not be claimed", metadata: ["error": "\(type(of: error))"])
            }
            return []
        }
    }

    /// Claims what is due and runs it to its end. Returns how many jobs ran.
    package func pass() async throws -> Int {
        let jobs = try await claim(Self.width)
        await withTaskGroup(of: Void.self) { group in
            for job in jobs { group.addTask { await perform(job) } }
        }
        return jobs.count
    }

    private func claim(_ count: Int) async throws -> [WaitingJob] {
        let due = Due(kinds: handlers.keys.sorted(), at: clock.now, besides: running.jobs.map(\.id))
        let anyDue = try await database.read { tx in try !due.look(limit: 1, in: tx).isEmpty }
        guard anyDue else { return [] }
        let claim = ID<JobHandler>.new(at: due.now).text
        let jobs = try await database.write { tx in try due.claim(count, as: claim, until: Self.claimLength, in: tx) }
        for job in jobs { running.begin(job) }
        return jobs
    }

    private func perform(_ job: WaitingJob) async {
        defer { running.end(job) }
        guard let handler = handlers[job.kind] else { return }
        // Its last attempt never came to an end, or could not be given up.
        guard job.attempt <= handler.maximumAttempts else {
            return await note("interrupted", of: job, isLast: await gaveUp(job, handler))
        }
        do {
            try await handler.run(job.payload, job.attempt)
            try await database.write { tx in _ = try tx.run("DELETE FROM \(WorkTables.jobs) WHERE \(job.own)") }
        } catch let later as Later {
            await putBack(job, for: later.pause)
        } catch  where Task.isCancelled {
            // The process is told to stop: the next one begins where this one was.
            await putBack(job, for: .zero)
        } catch {
            let kind = (error as? any ProblemConvertible)?.problem.code ?? "\(type(of: error))"
            logger.warning("Job failed", metadata: ["kind": "\(job.kind)", "job": "\(job.id)", "error": "\(kind)"])
            let isLast = job.attempt >= handler.maximumAttempts
            await note(kind, of: job, isLast: isLast ? await gaveUp(job, handler) : false)
        }
    }

    /// Lets go of a job as if it had not been begun.
    private func putBack(_ job: WaitingJob, for pause: Duration) async {
        let now = clock.now
        await keep(
            """
            UPDATE \(WorkTables.jobs)
            SET attempts = \(job.attempt - 1), run_at = \(now + pause), claim = NULL, claimed_until = NULL
            WHERE \(job.own)
            """)
    }

    /// Lets the handler draw its conclusion. If that fails too, the job stays to be given up again.
    private func gaveUp(_ job: WaitingJob, _ handler: JobHandler) async -> Bool {
        do {
            try await handler.giveUp(job.payload)
            return true
        } catch {
            logger.error("Job could not be given up", metadata: ["kind": "\(job.kind)", "error": "\(type(of: error))"])
            return false
        }
    }

    private func note(_ error: String, of job: WaitingJob, isLast: Bool) async {
        let now = clock.now
        let failedAt: Instant? = isLast ? now : nil
        await keep(
            """
            UPDATE \(WorkTables.jobs)
            SET error = \(error), failed_at = \(failedAt.sqlValue),
                run_at = \(now + Backoff.pause(after: job.attempt)), claim = NULL, claimed_until = NULL
            WHERE \(job.own)
            """)
    }

    /// Writes how an attempt ended. If that fails, the claim runs out and the job is taken up again.
    private func keep(_ change: SQL) async {
        do {
            try await database.write { tx in _ = try tx.run(change) }
        } catch {
            logger.error("End of an attempt could not be noted", metadata: ["error": "\(type(of: error))"])
        }
    }
}

/// The question which jobs this process may begin: of kinds that it has, and none that it is at already, whose claim may
/// have run out.
private struct Due: Sendable {
    let kinds: [String]
    let now: Instant
    private let running: SQL

    init(kinds: [String], at now: Instant, besides running: [ID<JobHandler>]) {
        self.kinds = kinds
        self.now = now
        self.running = running.isEmpty ? "" : "AND id NOT IN (\(list: running))"
    }

    func look(limit: Int, in tx: borrowing Transaction) throws -> [WaitingJob] {
        try jobs(limit: limit, claim: "", "", in: tx)
    }

    /// Claims jobs and counts their attempts. Processes that claim at the same time get different ones.
    func claim(
        _ limit: Int, as claim: String, until length: Duration, in tx: borrowing Transaction
    ) throws -> [WaitingJob] {
        try QueueIsolation.begin(in: tx)
        let jobs = try jobs(limit: limit, claim: claim, "\(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")", in: tx)
        guard !jobs.isEmpty else { return [] }
        try tx.run(
            """
            UPDATE \(WorkTables.jobs)
            SET attempts = attempts + 1, claim = \(claim), claimed_until = \(now + length)
            WHERE id IN (\(list: jobs.map(\.id)))
            """)
        return jobs
    }

    /// A claim that runs for longer than any can was set by a clock that ran ahead: it counts as over. The plus keeps
    /// SQLite from looking through all jobs of a kind.
    private func jobs(
        limit: Int, claim: String, _ lock: SQL, in tx: borrowing Transaction
    ) throws -> [WaitingJob] {
        guard !kinds.isEmpty, limit > 0 else { return [] }
        let rows = try tx.rows(
            """
            SELECT id, kind, payload, attempts FROM \(WorkTables.jobs)
            WHERE failed_at IS NULL AND run_at <= \(now)
              AND (claimed_until IS NULL OR claimed_until <= \(now) OR claimed_until > \(now + JobRunner.claimLength))
              AND \(sqlite: "+kind", postgres: "kind") IN (\(list: kinds)) \(running)
            ORDER BY run_at LIMIT \(limit) \(lock)
            """)
        return try rows.map { row in
            WaitingJob(
                id: try row.get("id"), kind: try row.get("kind"), payload: try row.get("payload"),
                attempt: try row.get("attempts", as: Int.self) + 1, claim: claim)
        }
    }
}

private struct WaitingJob: Sendable {
    let id: ID<JobHandler>
    let kind: String
    let payload: String
    /// The attempt that begins now, from 1.
    let attempt: Int
    /// Whoever claims the job later has another one.
    let claim: String

    /// The job's row, as long as the claim on it is this one.
    var own: SQL { "id = \(id) AND claim = \(claim)" }
}

/// The jobs that are running now in this process.
private final class Running: Sendable {
    private let state = Mutex<[ID<JobHandler>: WaitingJob]>([:])

    var jobs: [WaitingJob] { state.withLock { Array($0.values) } }
    var count: Int { state.withLock { $0.count } }

    func begin(_ job: WaitingJob) { state.withLock { $0[job.id] = job } }
    func end(_ job: WaitingJob) { state.withLock { _ = $0.removeValue(forKey: job.id) } }
}
