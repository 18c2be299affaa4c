package import Database
package import Kernel
package import Logging
import ServiceLifecycle
import Synchronization

/// Brings events from the outbox to their handlers: in order within a stream, each with its effect exactly once.
///
/// What is new is sorted, and what is due is delivered, many streams in one transaction that holds all effects and all
/// cursors. When a handler throws, that transaction is undone and each of its streams is tried by itself. An event that
/// fails again and again is parked; it blocks its stream for that handler, and operators see it.
package struct Dispatcher: Service {
    private let database: any Database
    private let handlers: [String: EventHandler]
    private let clock: any WallClock
    private let logger: Logger
    private let nudge = Nudge()
    private let start: Start
    private let outbox: any Outbox

    /// The shortest time between two looks that find nothing, however many commits hint at work.
    private static let rest = Duration.milliseconds(4)
    private static let width = 8

    /// - Parameters:
    ///   - handlers: all that there are, also those that another process calls: whoever sorts a new event must know for
    ///     whom it is.
    ///   - delivering: the names of those that this process calls; nil for all.
    package init(
        database: any Database, handlers: [EventHandler], delivering: Set<String>? = nil, clock: any WallClock,
        logger: Logger
    ) {
        self.init(
            database: database, handlers: handlers, delivering: delivering, clock: clock, logger: logger,
            hasOneWriter: database.dialect == .sqlite)
    }

    /// - Parameter hasOneWriter: whether sorting, taking and delivering may share a transaction. Where several processes
    ///   write at once, they would get into each other's way.
    init(
        database: any Database, handlers: [EventHandler], delivering: Set<String>? = nil, clock: any WallClock,
        logger: Logger, hasOneWriter: Bool
    ) {
        self.database = database
        let all = Dictionary(handlers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.replayable = Set(all.values.filter(\.isReplayable).map(\.name))
        self.handlers = all.filter { delivering?.contains($0.key) ?? true }
        self.clock = clock
        self.logger = logger
        self.start = Start()
        self.outbox =
            hasOneWriter
            ? OneWriterOutbox(database: database, handlers: self.handlers, known: all)
            : SharedOutbox(database: database, handlers: self.handlers, known: all)
        database.afterCommit { [nudge] in nudge.give() }
    }

    /// The handlers that bear being told again, also those that another process calls.
    package let replayable: Set<String>

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let begun = ContinuousClock.now
                do {
                    guard try await pass() == 0 else { continue }
                    await nudge.wait(atMost: .milliseconds(500))
                    try? await Task.sleep(until: begun + Self.rest)
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

    /// One round. Returns how many events were sorted, delivered or tried.
    func pass() async throws -> Int {
        if start.isFirst {
            try await outbox.register()
            start.isFirst = false
        }
        if start.caution > 0 { return try await cautiousPass() }
        let now = clock.now
        let outlook = try await outbox.outlook(at: now)
        var done = 0
        if outlook.hasMuch {
            let culprit = Culprit()
            do {
                done += try await outbox.deliverMany(at: now, culprit: culprit)
            } catch {
                guard culprit.cursor != nil else { throw error }
                done += try await tryEach(.calm, limit: Self.most)
            }
        }
        if outlook.hasSuspects { done += try await tryEach(.suspect, limit: Self.most) }
        return done
    }

    /// After a start, what waits may be what ended the last process: each is tried by itself, one after the other.
    private func cautiousPass() async throws -> Int {
        let sorted = try await outbox.sort(at: clock.now)
        let (cursors, hold) = try await outbox.take(.any, limit: 1, at: clock.now)
        for cursor in cursors { try await attempt(Attempt(cursor: cursor, hold: hold)) }
        start.caution = cursors.isEmpty ? 0 : start.caution - 1
        // Zero would say that nothing is left to do.
        return sorted + max(cursors.count, start.caution == 0 ? 1 : 0)
    }

    static let most = 64

    private func tryEach(_ kind: DueCursors.Kind, limit: Int) async throws -> Int {
        _ = try await outbox.sort(at: clock.now)
        let (cursors, hold) = try await outbox.take(kind, limit: limit, at: clock.now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (position, cursor) in cursors.enumerated() {
                if position >= Self.width { try await group.next() }
                group.addTask { try await attempt(Attempt(cursor: cursor, hold: hold)) }
            }
            try await group.waitForAll()
        }
        return cursors.count
    }

    /// - Throws: what the database says; what the handler throws is noted.
    private func attempt(_ attempt: Attempt) async throws {
        let culprit = Culprit()
        var number: Int?
        do {
            guard !Task.isCancelled else { return await release(attempt) }
            let now = clock.now
            number = try await database.write { tx in try attempt.begin(at: now, in: tx) }
            guard number != nil else { return }
            let delivering = Delivering(handlers: handlers, now: now, culprit: culprit)
            _ = try await database.write { tx in try attempt.run(delivering, in: tx) }
        } catch {
            guard let number, culprit.cursor != nil else { throw error }
            await note(error, on: attempt, number)
        }
    }

    /// Lets go of a stream when the process is told to stop, so that the next need not wait for the hold to run out.
    private func release(_ attempt: Attempt) async {
        guard let hold = attempt.hold else { return }
        do {
            try await database.write { tx in try tx.release([attempt.cursor], by: hold) }
        } catch {
            logger.warning("Hold runs out by itself", metadata: ["error": "\(type(of: error))"])
        }
    }

    private func note(_ error: any Error, on attempt: Attempt, _ number: Int) async {
        let now = clock.now
        // Only the kind of error: its description might repeat what somebody typed.
        let kind = (error as? any ProblemConvertible)?.problem.code ?? "\(type(of: error))"
        logger.warning(
            "Event handler failed",
            metadata: [
                "handler": "\(attempt.cursor.handler)", "stream": "\(attempt.cursor.stream)", "error": "\(kind)",
            ])
        do {
            try await database.write { tx in
                if error is DatabaseUnavailable {
                    try attempt.takeBack(number, at: now, in: tx)
                } else {
                    try attempt.fail(number, with: kind, at: now, in: tx)
                }
            }
        } catch {
            logger.error("Failure could not be noted", metadata: ["error": "\(type(of: error))"])
        }
    }
}

/// What a dispatcher remembers of its own start.
private final class Start: Sendable {
    private let state = Mutex((isFirst: true, caution: 256))

    var isFirst: Bool {
        get { state.withLock { $0.isFirst } }
        set { state.withLock { $0.isFirst = newValue } }
    }
    /// How many deliveries are still made one by one.
    var caution: Int {
        get { state.withLock { $0.caution } }
        set { state.withLock { $0.caution = newValue } }
    }
}
