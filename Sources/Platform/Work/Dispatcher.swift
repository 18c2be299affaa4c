package import Database
package import Kernel
package import Logging
import ServiceLifecycle

/// Brings events from the outbox to their handlers: in order within a stream, each with its effect exactly once.
///
/// It claims a (handler, stream) pair, not a row. An event that fails again and again is parked; it blocks its stream
/// for that handler, and operators see it and may try it again.
package struct Dispatcher: Service {
    private let database: any Database
    private let handlers: [String: EventHandler]
    private let names: [String]
    private let clock: any WallClock
    private let logger: Logger
    private let nudge = Nudge()

    /// Attempts before an event is parked.
    static let patience = 6
    private static let claimLength = Duration.seconds(60)
    private static let width = 32

    /// - Parameters:
    ///   - handlers: all that there are, also those that another process calls: whoever sorts a new event must know for
    ///     whom it is.
    ///   - delivering: the names of those that this process calls; nil for all.
    package init(
        database: any Database, handlers: [EventHandler], delivering: Set<String>? = nil, clock: any WallClock,
        logger: Logger
    ) {
        self.database = database
        self.handlers = Dictionary(handlers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        names = handlers.map(\.name).filter { delivering?.contains($0) ?? true }.sorted()
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
                    logger.error("Outbox pass failed", metadata: ["error": "\(type(of: error))"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Delivers until nothing is due; for tests and for the demo's seeding.
    package func drain() async throws {
        while try await pass() > 0 {}
    }

    /// One round. Returns how many events were sorted or delivered.
    func pass() async throws -> Int {
        let sorted = try await fanOut()
        let claims = try await claim()
        let delivered = await withTaskGroup(of: Int.self) { group in
            for claim in claims { group.addTask { await deliver(claim) } }
            return await group.reduce(0, +)
        }
        return sorted + delivered
    }

    /// Marks the streams in which new events wait, for each handler that wants them. A handler that is new to a stream
    /// begins with the event that brings it there: what happened before it existed is none of its business.
    private func fanOut() async throws -> Int {
        let hasNew = try await database.read { tx in try !Self.newEvents(limit: 1, in: tx).isEmpty }
        guard hasNew else { return 0 }
        let wanted = handlers.mapValues { Set($0.reactions.keys) }
        return try await database.write { tx in
            let events = try Self.newEvents(limit: 500, in: tx)
            for event in events {
                for (handler, names) in wanted where names.contains(event.name) {
                    try tx.run(
                        """
                        INSERT INTO \(WorkTables.deliveries) (handler, stream, delivered, is_due, attempts, retry_at)
                        VALUES (\(handler), \(event.stream), \(event.number - 1), \(1), \(0), \(0))
                        ON CONFLICT (handler, stream) DO UPDATE SET is_due = 1
                        """)
                }
                try tx.run(
                    """
                    UPDATE \(EventRecord.table) SET is_fanned = 1
                    WHERE stream = \(event.stream) AND number = \(event.number)
                    """)
            }
            return events.count
        }
    }

    private static func newEvents(limit: Int, in tx: borrowing Transaction) throws -> [EventRecord] {
        try tx.all(
            """
            SELECT \(columns: EventRecord.table) FROM \(EventRecord.table)
            WHERE is_fanned = 0 ORDER BY stream, number LIMIT \(limit)
            """)
    }

    private func claim() async throws -> [Claim] {
        let now = clock.now
        let names = names
        let due = try await database.read { tx in try Claim.due(of: names, at: now, limit: 1, in: tx) }
        guard !due.isEmpty else { return [] }
        return try await database.write { tx in
            let claims = try Claim.due(of: names, at: now, limit: Self.width, in: tx)
            for claim in claims {
                try tx.run(
                    """
                    UPDATE \(WorkTables.deliveries) SET claimed_until = \(now + Self.claimLength)
                    WHERE handler = \(claim.handler) AND stream = \(claim.stream)
                    """)
            }
            return claims
        }
    }

    /// Delivers what waits for one handler in one stream.
    private func deliver(_ claim: Claim) async -> Int {
        guard let handler = handlers[claim.handler] else { return 0 }
        var delivered = 0
        while !Task.isCancelled {
            do {
                let now = clock.now
                let more = try await database.write { tx in try claim.deliverNext(with: handler, at: now, in: tx) }
                delivered += 1
                if !more { return delivered }
            } catch {
                await note(error, on: claim)
                return delivered + 1
            }
        }
        await release(claim)
        return delivered
    }

    /// Lets go of a stream when the process is told to stop.
    private func release(_ claim: Claim) async {
        do {
            try await database.write { tx in try claim.release(in: tx) }
        } catch {
            logger.warning("Claim runs out by itself", metadata: ["error": "\(type(of: error))"])
        }
    }

    private func note(_ error: any Error, on claim: Claim) async {
        let now = clock.now
        // Only the kind of error: its description might repeat what somebody typed.
        let kind = (error as? any ProblemConvertible)?.problem.code ?? "\(type(of: error))"
        logger.warning(
            "Event handler failed",
            metadata: ["handler": "\(claim.handler)", "stream": "\(claim.stream)", "error": "\(kind)"])
        do {
            try await database.write { tx in try claim.fail(with: kind, at: now, in: tx) }
        } catch {
            logger.error("Failure could not be noted", metadata: ["error": "\(type(of: error))"])
        }
    }
}
