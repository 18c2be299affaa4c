package import Database
import Foundation
package import Kernel
package import Logging
import ServiceLifecycle

/// Runs jobs: each at least once, several side by side, again after a pause when one fails.
package struct JobRunner: Service {
    private let database: any Database
    private let handlers: [String: JobHandler]
    private let clock: any WallClock
    private let logger: Logger
    private let nudge = Nudge()

    private static let claimLength = Duration.seconds(120)
    private static let width = 8

    package init(database: any Database, handlers: [JobHandler], clock: any WallClock, logger: Logger) {
        self.database = database
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.clock = clock
        self.logger = logger
        database.afterCommit { [nudge] in nudge.give() }
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    if try await pass() == 0 { await nudge.wait(atMost: .milliseconds(500)) }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("Job pass failed", metadata: ["error": "\(type(of: error))"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Claims and runs what is due. Returns how many jobs ran.
    package func pass() async throws -> Int {
        let now = clock.now
        let anyDue = try await database.read { tx in try !Self.due(at: now, limit: 1, in: tx).isEmpty }
        guard anyDue else { return 0 }
        let jobs = try await database.write { tx in
            let jobs = try Self.due(at: now, limit: Self.width, in: tx)
            for job in jobs {
                try tx.run(
                    "UPDATE \(WorkTables.jobs) SET claimed_until = \(now + Self.claimLength) WHERE id = \(job.id)")
            }
            return jobs
        }
        await withTaskGroup(of: Void.self) { group in
            for job in jobs { group.addTask { await perform(job) } }
        }
        return jobs.count
    }

    private func perform(_ job: WaitingJob) async {
        guard let handler = handlers[job.kind] else { return await note("no handler", of: job, isLast: false) }
        do {
            try await handler.run(Data(job.payload.utf8), job.attempts + 1)
            try await database.write { tx in _ = try tx.run("DELETE FROM \(WorkTables.jobs) WHERE id = \(job.id)") }
        } catch {
            let kind = (error as? any ProblemConvertible)?.problem.code ?? "\(type(of: error))"
            logger.warning("Job failed", metadata: ["kind": "\(job.kind)", "job": "\(job.id)", "error": "\(kind)"])
            let isLast = job.attempts + 1 >= handler.maximumAttempts
            if isLast { try? await handler.giveUp(Data(job.payload.utf8)) }
            await note(kind, of: job, isLast: isLast)
        }
    }

    private func note(_ error: String, of job: WaitingJob, isLast: Bool) async {
        let now = clock.now
        let failedAt: Instant? = isLast ? now : nil
        do {
            try await database.write { tx in
                _ = try tx.run(
                    """
                    UPDATE \(WorkTables.jobs)
                    SET attempts = \(job.attempts + 1), error = \(error), failed_at = \(failedAt.sqlValue),
                        run_at = \(now + Backoff.pause(after: job.attempts + 1)), claimed_until = NULL
                    WHERE id = \(job.id)
                    """)
            }
        } catch {
            logger.error("Failure could not be noted", metadata: ["error": "\(type(of: error))"])
        }
    }

    private static func due(at now: Instant, limit: Int, in tx: borrowing Transaction) throws -> [WaitingJob] {
        let rows = try tx.rows(
            """
            SELECT id, kind, payload, attempts FROM \(WorkTables.jobs)
            WHERE failed_at IS NULL AND run_at <= \(now) AND (claimed_until IS NULL OR claimed_until <= \(now))
            ORDER BY run_at LIMIT \(limit)
            """)
        return try rows.map { row in
            WaitingJob(
                id: try row.get("id"), kind: try row.get("kind"), payload: try row.get("payload"),
                attempts: try row.get("attempts"))
        }
    }
}

private struct WaitingJob: Sendable {
    let id: ID<JobHandler>
    let kind: String
    let payload: String
    let attempts: Int
}
