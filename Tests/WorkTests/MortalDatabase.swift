import Kernel
import Synchronization

@testable import Database

/// A process's way to the database, on which the process may die or stand still: before any statement, right before a
/// commit, or right after it. Once it is dead, nothing it does has an effect.
final class MortalDatabase: Database {
    struct Died: Error {}

    private struct Fate {
        var steps = 0
        var diesAt: Int?
        var pausesAt: Int?
        var isDead = false
        var waiter: CheckedContinuation<Void, Never>?
        var isPaused = false
    }

    private let base: any Database
    private let defersCursors: Bool
    private let fate = Mutex(Fate())

    /// - Parameters:
    ///   - diesAt: the step, counted from now, at which the process dies.
    ///   - pausesAt: the step before which it stands still until `wake()`; only between transactions.
    ///   - defersCursors: the defect that the model must see: cursors are moved in a transaction of their own.
    init(_ base: any Database, diesAt: Int? = nil, pausesAt: Int? = nil, defersCursors: Bool = false) {
        self.base = base
        self.defersCursors = defersCursors
        fate.withLock { ($0.diesAt, $0.pausesAt) = (diesAt, pausesAt) }
    }

    var isDead: Bool { fate.withLock { $0.isDead } }
    var isPaused: Bool { fate.withLock { $0.isPaused } }

    /// Ends the process here.
    func die() throws {
        fate.withLock { $0.isDead = true }
        throw Died()
    }

    /// Lets a process go on that stood still.
    func wake() {
        let waiter = fate.withLock { fate in
            fate.pausesAt = nil
            fate.isPaused = false
            return fate.waiter.take()
        }
        waiter?.resume()
    }

    var dialect: Dialect { base.dialect }
    func afterCommit(_ observer: @escaping @Sendable () -> Void) {}
    func tidy() async throws {}
    func close() throws {}

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        await pause()
        try step()
        return try await base.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        await pause()
        let deferred = Mutex<[(String, [SQLValue])]>([])
        let value = try await base.write { tx in
            deferred.withLock { $0 = [] }
            let connection = Connection(
                tx.connection, self,
                deferring: self.defersCursors
                    ? { text, values in
                        deferred.withLock { $0.append((text, values)) }
                    } : nil)
            let value = try body(Transaction(connection))
            try self.step()
            return value
        }
        try step()
        let rest = deferred.withLock { $0 }
        if !rest.isEmpty {
            try await base.write { tx in for (text, values) in rest { _ = try tx.connection.run(text, values) } }
        }
        return value
    }

    fileprivate func step() throws {
        try fate.withLock { fate in
            fate.steps += 1
            if let last = fate.diesAt, fate.steps >= last { fate.isDead = true }
            if fate.isDead { throw Died() }
        }
    }

    private func pause() async {
        await withCheckedContinuation { continuation in
            let goesOn = fate.withLock { fate in
                guard let place = fate.pausesAt, fate.steps >= place, fate.waiter == nil else { return true }
                fate.waiter = continuation
                fate.isPaused = true
                return false
            }
            if goesOn { continuation.resume() }
        }
    }

    private final class Connection: EngineConnection {
        private let base: any EngineConnection
        private let process: MortalDatabase
        private let deferring: ((String, [SQLValue]) -> Void)?

        init(
            _ base: any EngineConnection, _ process: MortalDatabase, deferring: ((String, [SQLValue]) -> Void)?
        ) {
            self.base = base
            self.process = process
            self.deferring = deferring
        }

        var dialect: Dialect { base.dialect }

        func run(_ text: String, _ values: [SQLValue]) throws -> Int {
            try process.step()
            if let deferring, text.contains("work_cursors") || text.contains("work.cursors"),
                text.contains("delivered =")
            {
                deferring(text, values)
                return 0
            }
            return try base.run(text, values)
        }

        func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
            try process.step()
            return try base.rows(text, values)
        }
    }
}
