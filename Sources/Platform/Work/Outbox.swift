import Database
import Kernel

/// How a dispatcher gets at what waits: one way for an engine with one writer, one for engines with many.
protocol Outbox: Sendable {
    /// Makes known which events handlers want, here or in other processes.
    func register() async throws
    /// What there is to do, without doing anything.
    func outlook(at now: Instant) async throws -> Outlook
    /// Sorts what is new.
    /// - Returns: how many events were sorted.
    func sort(at now: Instant) async throws -> Int
    /// Takes cursors to try them one by one.
    func take(_ kind: DueCursors.Kind, limit: Int, at now: Instant) async throws -> (cursors: [Cursor], hold: Hold?)
    /// Sorts and delivers what is due and never failed, together.
    /// - Returns: how many events were sorted or delivered.
    /// - Throws: what a handler throws; `culprit` tells which.
    func deliverMany(at now: Instant, culprit: Culprit) async throws -> Int
}

struct Outlook: Sendable {
    /// Events are new, or due and never failed.
    let hasMuch: Bool
    let hasSuspects: Bool
}

extension Outbox {
    fileprivate static func outlook(_ due: DueCursors, in tx: borrowing Transaction) throws -> Outlook {
        Outlook(
            hasMuch: try Sorting.hasNew(in: tx) || !due.look(.calm, limit: 1, in: tx).isEmpty,
            hasSuspects: try !due.look(.suspect, limit: 1, in: tx).isEmpty)
    }
}

/// Nobody else writes meanwhile, so that no hold is needed: what is taken is delivered in the same transaction, and what
/// handlers emit is sorted and delivered in it too.
struct OneWriterOutbox: Outbox {
    let database: any Database
    let handlers: [String: EventHandler]
    private let known: [String: EventHandler]
    private let names: [String]
    private let sorting: Sorting

    /// Deliveries of one transaction: other writers wait for it.
    private static let most = 128

    /// - Parameters:
    ///   - handlers: those that this process calls.
    ///   - known: all that there are.
    init(database: any Database, handlers: [String: EventHandler], known: [String: EventHandler]) {
        self.database = database
        self.handlers = handlers
        self.known = known
        names = handlers.keys.sorted()
        var wishes: [String: [String]] = [:]
        for (name, handler) in known { for event in handler.reactions.keys { wishes[event, default: []].append(name) } }
        sorting = Sorting(wishes: wishes)
    }

    func register() async throws {
        try await database.write { [known] tx in try Subscriptions.register(known, in: tx) }
    }

    func outlook(at now: Instant) async throws -> Outlook {
        let due = DueCursors(handlers: names, now: now)
        return try await database.read { tx in try Self.outlook(due, in: tx) }
    }

    func sort(at now: Instant) async throws -> Int {
        guard try await database.read({ tx in try Sorting.hasNew(in: tx) }) else { return 0 }
        return try await database.write { [sorting] tx in try sorting.run(at: now, in: tx) }
    }

    func take(_ kind: DueCursors.Kind, limit: Int, at now: Instant) async throws -> (cursors: [Cursor], hold: Hold?) {
        let due = DueCursors(handlers: names, now: now)
        return (try await database.read { tx in try due.look(kind, limit: limit, in: tx) }, nil)
    }

    func deliverMany(at now: Instant, culprit: Culprit) async throws -> Int {
        let due = DueCursors(handlers: names, now: now)
        let delivering = Delivering(handlers: handlers, now: now, culprit: culprit)
        let prompt = PromptDelivery(sorting: sorting, delivering: delivering)
        return try await database.write { tx in
            var (done, left) = (0, Self.most)
            while left > 0 {
                let (events, told) = try prompt.run(in: tx)
                if events == 0 { break }
                done += events
                left -= told
            }
            if left > 0 { done += try delivering.run(try due.take(.calm, limit: left, in: tx), in: tx) }
            return done
        }
    }
}

/// Several processes write at once. One at a time sorts; each takes cursors for a while in a short transaction that
/// nothing else can conflict with, and delivers to them in a second one, which looks whether they are still its own.
struct SharedOutbox: Outbox {
    let database: any Database
    /// Those that this process calls.
    let handlers: [String: EventHandler]
    /// All that there are.
    let known: [String: EventHandler]

    /// Deliveries of one transaction: the more, the likelier is a conflict with somebody else's, which undoes them all.
    private static let most = 16
    private var names: [String] { handlers.keys.sorted() }

    func register() async throws {
        try await database.write { [known] tx in try Subscriptions.register(known, in: tx) }
    }

    func outlook(at now: Instant) async throws -> Outlook {
        let due = DueCursors(handlers: names, now: now)
        return try await database.read { tx in try Self.outlook(due, in: tx) }
    }

    func sort(at now: Instant) async throws -> Int {
        guard try await database.read({ tx in try Sorting.hasNew(in: tx) }) else { return 0 }
        return try await database.write { tx in
            try QueueIsolation.begin(in: tx)
            return try Self.sortAlone(at: now, in: tx)
        }
    }

    func take(_ kind: DueCursors.Kind, limit: Int, at now: Instant) async throws -> (cursors: [Cursor], hold: Hold?) {
        let due = DueCursors(handlers: names, now: now)
        let hold = Hold(at: now)
        let cursors = try await database.write { tx in
            try QueueIsolation.begin(in: tx)
            let cursors = try due.take(kind, limit: limit, in: tx)
            try tx.hold(cursors, by: hold, at: now)
            return cursors
        }
        return (cursors, hold)
    }

    func deliverMany(at now: Instant, culprit: Culprit) async throws -> Int {
        let due = DueCursors(handlers: names, now: now)
        let hold = Hold(at: now)
        let (sorted, cursors) = try await database.write { tx in
            try QueueIsolation.begin(in: tx)
            let sorted = try Self.sortAlone(at: now, in: tx)
            let cursors = try due.take(.calm, limit: Self.most, in: tx)
            try tx.hold(cursors, by: hold, at: now)
            return (sorted, cursors)
        }
        let delivering = Delivering(handlers: handlers, now: now, culprit: culprit)
        do {
            return try await database.write { tx in
                try delivering.run(try tx.held(cursors, by: hold), in: tx)
            } + sorted
        } catch {
            // So that they can be tried one by one at once.
            try await database.write { tx in try tx.release(cursors, by: hold) }
            throw error
        }
    }

    /// One process at a time: with two, the later event of a stream could be sorted first, and a handler that is new to
    /// the stream would begin with it.
    private static func sortAlone(at now: Instant, in tx: borrowing Transaction) throws -> Int {
        let isAlone: Int? = try tx.value(
            "SELECT \(sqlite: "1", postgres: "CASE WHEN pg_try_advisory_xact_lock(7205759403792793) THEN 1 ELSE 0 END")")
        guard isAlone == 1 else { return 0 }
        return try Sorting(wishes: try Subscriptions.wishes(in: tx)).run(at: now, in: tx)
    }
}

/// Queues don't go with serialisable transactions: two that take different rows of one queue read each other's. A lower
/// level is enough where the rows are locked first and the lock is what counts.
enum QueueIsolation {
    /// Must come first in its transaction.
    static func begin(in tx: borrowing Transaction) throws {
        try tx.run("\(sqlite: "SELECT 1", postgres: "SET TRANSACTION ISOLATION LEVEL READ COMMITTED")")
    }
}
