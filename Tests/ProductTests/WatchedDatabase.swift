import Kernel
import Synchronization

@testable import Database

/// An engine that notes every statement that goes to it.
final class WatchedDatabase: Database {
    private let engine: any Database
    private let notes = Notes()

    init(_ engine: any Database) { self.engine = engine }

    final class Notes: Sendable {
        /// The first values of each text.
        let statements = Mutex<[String: [SQLValue]]>([:])
    }

    func forget() { notes.statements.withLock { $0 = [:] } }
    var statements: [String: [SQLValue]] { notes.statements.withLock { $0 } }

    var dialect: Dialect { engine.dialect }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await engine.read { [notes] tx in try body(Transaction(WatchedConnection(tx.connection, notes))) }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await engine.write { [notes] tx in try body(Transaction(WatchedConnection(tx.connection, notes))) }
    }

    func afterCommit(_ observer: @escaping @Sendable () -> Void) { engine.afterCommit(observer) }
    func tidy() async throws { try await engine.tidy() }
    func close() throws { try engine.close() }

    /// How the engine would go about each statement that was noted.
    func plans() async throws -> [(statement: String, plan: [String])] {
        var plans: [(String, [String])] = []
        let explain = dialect == .sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (VERBOSE) "
        for (text, values) in statements where !text.hasPrefix("SET") && !text.hasPrefix("SELECT pg_") {
            let plan = try await engine.write { tx in
                try tx.connection.rows(explain + text, values).map { row in
                    try row.get(row.columns.last ?? "", as: String.self)
                }
            }
            plans.append((text, plan))
        }
        return plans
    }
}

private final class WatchedConnection: EngineConnection {
    private let connection: any EngineConnection
    private let notes: WatchedDatabase.Notes

    init(_ connection: any EngineConnection, _ notes: WatchedDatabase.Notes) {
        self.connection = connection
        self.notes = notes
    }

    var dialect: Dialect { connection.dialect }

    func run(_ text: String, _ values: [SQLValue]) throws -> Int {
        note(text, values)
        return try connection.run(text, values)
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        note(text, values)
        return try connection.rows(text, values)
    }

    private func note(_ text: String, _ values: [SQLValue]) {
        notes.statements.withLock { if $0[text] == nil { $0[text] = values } }
    }
}

extension SQL {
    /// Fills a table with many copies of one of its rows, in which these columns differ.
    static func multiply(_ table: Table, _ count: Int, varying: [String: SQL]) -> SQL {
        var columns: SQL = ""
        for (position, column) in table.columns.enumerated() {
            if position > 0 { columns = columns + ", " }
            columns = columns + (varying[column] ?? SQL(pieces: [.words("r."), .name(column)]))
        }
        let key = SQL(pieces: [.name(table.key.joined(separator: ", "))])
        return """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            INSERT INTO \(table) (\(columns: table))
            SELECT \(columns) FROM (SELECT * FROM \(table) ORDER BY \(key) LIMIT 1) r, n
            """
    }
}
