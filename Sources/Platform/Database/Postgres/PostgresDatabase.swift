package import Kernel
import Synchronization

/// The product's rows in PostgreSQL: SERIALIZABLE writes that are run again when they met others, reads of one state,
/// and a schema per context. See docs/decisions/0015.
package final class PostgresDatabase: Database {
    private let options: PostgresOptions
    private let queue: ConnectionQueue
    private let bell: CommitBell

    package var dialect: Dialect { .postgres }

    package static let oldestVersion = 14
    /// Levels of `synchronous_commit` at which an acknowledged commit is on the disks of all the machines that the
    /// operator made it wait for. `local` and `remote_write` lose it when a standby takes over, `off` with the power.
    package static let durableLevels = ["on", "remote_apply"]

    /// Connects when there is something to do: a server that can't be had, or that does not suit, is told by the first
    /// read or write.
    package init(_ options: PostgresOptions) {
        self.options = options
        queue = ConnectionQueue(options)
        bell = CommitBell(options)
    }

    deinit {
        bell.close()
        queue.abandon()
    }

    /// No connection could be had. The message is libpq's: it names hosts and users, no password.
    package struct Unreachable: Error, ProblemConvertible {
        package let message: String
        package var problem: Problem { DatabaseUnavailable.unreachable.problem }
    }

    /// The server would acknowledge commits that a crash can undo.
    package struct NotDurable: Error {
        package let setting: String
        package let value: String
    }

    /// The server or the database can't hold the product's rows as they must be held.
    package enum Unsuitable: Error {
        case version(String)
        case encoding(String)
        /// Texts are not ordered by their bytes, as the product's queries and SQLite have it.
        case collation
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await perform { worker, deadline in try worker.read(until: deadline, body) }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await perform { [bell] worker, deadline in
            let (value, hasChanged) = try worker.write(until: deadline, body)
            if hasChanged { bell.ring() }
            return value
        }
    }

    /// Has one of the connections' threads do something, once it is this request's turn.
    private func perform<Value: Sendable>(
        _ act: @escaping @Sendable (PostgresWorker, _ deadline: ContinuousClock.Instant) throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + options.patience
        return try await withCheckedThrowingContinuation { continuation in
            queue.add(
                ConnectionQueue.Request(
                    deadline: deadline,
                    perform: { worker in continuation.resume(with: Result { try act(worker, deadline) }) },
                    fail: { continuation.resume(throwing: $0) }))
        }
    }

    /// Calls `observer` after each commit of this process that changed rows, and soon after commits of others. A hint:
    /// what others do is told in bundles, and a lost connection loses it.
    package func afterCommit(_ observer: @escaping @Sendable () -> Void) { bell.add(observer) }

    /// Frees the space of overwritten rows in small tables, where destroyed keys are; autovacuum sees to large ones.
    package func tidy() async throws {
        let tables = try await read { tx in
            try tx.rows(
                """
                SELECT quote_ident(s.schemaname) || '.' || quote_ident(s.relname) AS name
                FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
                WHERE s.n_dead_tup > 0 AND c.relpages < 12800 AND pg_has_role(c.relowner, 'USAGE')
                ORDER BY 1
                """
            ).map { try $0.get("name", as: String.self) }
        }
        for table in tables {
            try await perform { worker, deadline in
                try worker.runAlone(until: deadline, "VACUUM (SKIP_LOCKED) \(table)")
            }
        }
    }

    /// Closes all connections, once those in use are done.
    package func close() throws {
        bell.close()
        queue.close()
    }
}
