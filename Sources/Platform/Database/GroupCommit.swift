import GRDB
import Synchronization

/// Collects writes that arrive while the writer is busy and commits them together: one sync to the disk for many
/// answers. Results are released only after the outer COMMIT; one item's failure rolls back to its own savepoint.
final class GroupCommit: Sendable {
    /// Tells the waiting caller how it went: `nil` when the commit succeeded.
    typealias Release = @Sendable ((any Error)?) -> Void
    /// Does the work; `succeeded` is false when its changes must be undone.
    typealias Item = @Sendable (any EngineConnection) -> (succeeded: Bool, Release)

    private struct State {
        var waiting: [Item] = []
        var isDraining = false
        var observers: [@Sendable () -> Void] = []
    }

    /// What becomes of an item that somebody wants to add.
    enum Admission {
        /// It waits, and nobody is draining the queue yet: the caller must see to it.
        case first
        case joined
        /// Too many wait already; it was not taken.
        case refused
    }

    private static let largestGroup = 256
    private let state = Mutex(State())
    private let rehearsing: Bool
    private let queueLength: Int

    init(rehearsing: Bool, queueLength: Int) { (self.rehearsing, self.queueLength) = (rehearsing, queueLength) }

    func add(_ item: @escaping Item) -> Admission {
        state.withLock { state in
            guard state.waiting.count < queueLength else { return .refused }
            state.waiting.append(item)
            defer { state.isDraining = true }
            return state.isDraining ? .joined : .first
        }
    }

    func afterCommit(_ observer: @escaping @Sendable () -> Void) {
        state.withLock { $0.observers.append(observer) }
    }

    /// Commits group after group until nothing waits. Runs on the writer's queue.
    func drain(_ db: GRDB.Database) {
        while let group = nextGroup() { commit(group, on: db) }
    }

    private func nextGroup() -> [Item]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [Item], on db: GRDB.Database) {
        var releases: [Release] = []
        do {
            let connection = SQLiteConnection(db)
            try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
            for item in group { releases.append(try perform(item, on: connection, db)) }
            try commit(db)
        } catch {
            let error = (error as? DatabaseError)?.told ?? error
            if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
            for release in releases { release(error) }
            fail(Array(group.dropFirst(releases.count)), with: error)
            return
        }
        for release in releases { release(nil) }
        for observer in state.withLock({ $0.observers }) { observer() }
    }

    private func commit(_ db: GRDB.Database) throws {
        do {
            try db.cachedStatement(sql: "COMMIT").execute()
        } catch let error as DatabaseError {
            throw error.toldOfCommit
        }
    }

    private func perform(_ item: Item, on connection: SQLiteConnection, _ db: GRDB.Database) throws -> Release {
        try db.cachedStatement(sql: "SAVEPOINT item").execute()
        if rehearsing {
            // A rehearsal's answer is dropped without releasing the caller, who waits for the real one.
            _ = item(connection)
            try requireTransaction(connection, db)
            try db.execute(sql: "ROLLBACK TO item")
        }
        let (succeeded, release) = item(connection)
        try requireTransaction(connection, db)
        if !succeeded { try db.execute(sql: "ROLLBACK TO item") }
        try db.cachedStatement(sql: "RELEASE item").execute()
        return release
    }

    /// A disk that is full or fails makes SQLite undo the whole transaction, of all items: then all are told why.
    private func requireTransaction(_ connection: SQLiteConnection, _ db: GRDB.Database) throws {
        guard !db.isInsideTransaction else { return }
        throw connection.lastFault ?? DatabaseUnavailable.disk
    }

    private func fail(_ group: [Item], with error: any Error) {
        let unusable = UnusableConnection()
        for item in group { item(unusable).1(error) }
    }
}

/// Stands in for a connection that could not be had, so that a waiting item can be told.
private final class UnusableConnection: EngineConnection {
    struct NoConnection: Error {}
    var dialect: Dialect { .sqlite }
    func run(_ text: String, _ values: [SQLValue]) throws -> Int { throw NoConnection() }
    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] { throw NoConnection() }
}
