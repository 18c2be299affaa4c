import CPostgres
import Foundation

/// One connection and its transactions. Used on one thread only.
///
/// How many round trips that takes: a reading closure one for each statement; a writing one the same, and one for
/// COMMIT.
///
/// - A reading closure runs in the implicit transaction of a pipeline, which is REPEATABLE READ and READ ONLY by the
///   session's defaults: it begins with the first statement and ends with a Sync, whose answer nobody waits for.
/// - A writing closure's BEGIN travels with its first statement.
final class PostgresSession: EngineConnection {
    private enum Mode { case reading, writing }

    private let pipeline: PostgresPipeline
    private var statements = PreparedStatements()
    private var mode = Mode.reading
    /// A statement of the present transaction was sent.
    private var hasBegun = false
    /// The first fault of the present transaction: the server does nothing more in it.
    private var failure: PostgresFault?
    /// The present transaction changed rows.
    private var hasChanged = false

    var dialect: Dialect { .postgres }
    var isLost: Bool { pipeline.isLost }

    /// Connects and makes the session's settings.
    ///
    /// - Throws: `PostgresDatabase.Unreachable`, `PostgresDatabase.NotDurable`, `PostgresDatabase.Unsuitable`.
    init(_ options: PostgresOptions) throws {
        guard let connection = options.connect() else { throw PostgresDatabase.Unreachable(message: "") }
        guard PQstatus(connection) == CONNECTION_OK else {
            defer { PQfinish(connection) }
            throw PostgresDatabase.Unreachable(message: String(cString: PQerrorMessage(connection)))
        }
        do {
            try SessionSetup(options).perform(on: connection)
        } catch {
            PQfinish(connection)
            throw error
        }
        pipeline = PostgresPipeline(connection, patience: options.silence)
    }

    // MARK: Statements

    func run(_ text: String, _ values: [SQLValue]) throws -> Int {
        try execute(text, values) { result, _ in
            let count = Int(String(cString: PQcmdTuples(result))) ?? 0
            if PQresultStatus(result) == PGRES_COMMAND_OK { hasChanged = true }
            return count
        }
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try execute(text, values) { result, statement in
            if mode == .writing, !text.hasPrefix("SELECT") { hasChanged = true }
            if let columns = statement?.columns { return try columns.rows(of: result) }
            let columns = PostgresColumns(of: result)
            if statement != nil { statements.note(columns, of: text) }
            return try columns.rows(of: result)
        }
    }

    private func execute<Value>(
        _ text: String, _ values: [SQLValue],
        _ body: (OpaquePointer, PreparedStatements.Statement?) throws -> Value
    ) throws -> Value {
        if let failure { throw failure.told }
        do {
            let parameters = try PostgresParameters(values)
            try begin()
            if text == Self.withoutTimeLimit { pipeline.isPatient = true }
            let statement = try send(text, values, parameters)
            switch mode {
            case .reading: try pipeline.flush()
            case .writing: try pipeline.sync()
            }
            guard let answer = try pipeline.receive(onUnprepared: { statements.forgetUnprepared($0) }) else {
                throw PostgresFault(state: "", message: "no answer", isDisconnected: true)
            }
            return try body(answer.result, statement)
        } catch let answered as PostgresFault {
            let fault = mode == .writing ? answered.inWriting : answered
            failure = fault
            if case .stale = fault.kind { statements.forgetAll() }
            throw fault.told
        }
    }

    private func begin() throws {
        guard !hasBegun else { return }
        hasBegun = true
        let dropped = statements.takeDropped()
        for name in dropped { try pipeline.send("DEALLOCATE \(name)", isIgnored: true) }
        // In a transaction of their own: BEGIN can't set the level of one that has begun.
        if !dropped.isEmpty { try pipeline.sync() }
        if mode == .writing { try pipeline.send("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE") }
    }

    private func send(
        _ text: String, _ values: [SQLValue], _ parameters: PostgresParameters
    ) throws -> PreparedStatements.Statement? {
        if let known = statements.find(text, values) {
            try pipeline.sendPrepared(known, parameters)
            return known
        }
        guard Self.isWorthPreparing(text) else {
            try pipeline.send(text, values)
            return nil
        }
        let statement = statements.add(text, values)
        try pipeline.sendPrepare(text, statement)
        try pipeline.sendPrepared(statement, parameters)
        return statement
    }

    private static func isWorthPreparing(_ text: String) -> Bool {
        ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains { text.hasPrefix($0) }
    }

    // MARK: Transactions

    /// Runs a closure on one state of the database.
    func read<Value>(_ body: (borrowing Transaction) throws -> Value) throws -> Value {
        start(.reading)
        let outcome = run(body)
        let failure = failure
        if hasBegun, !pipeline.isLost {
            // The answer comes with the next flight. If it can't be sent, the next flight will tell.
            try? pipeline.sync()
        }
        return try settle(outcome, failure)
    }

    /// Runs a closure and commits what it did.
    ///
    /// - Returns: its value, and whether it changed rows.
    /// - Throws: `DatabaseUnavailable.outcomeUnknown` if the connection was lost while committing; a `PostgresFault`
    ///   if the same closure may be run again; or what the closure threw.
    func write<Value>(_ body: (borrowing Transaction) throws -> Value) throws -> (value: Value, hasChanged: Bool) {
        start(.writing)
        let outcome = run(body)
        guard failure == nil, case .success = outcome else {
            let failure = failure
            rollBack()
            return (try settle(outcome, failure), false)
        }
        try commit()
        return (try outcome.get(), hasChanged)
    }

    /// Runs a closure and undoes what it did.
    func rehearse<Value>(_ body: (borrowing Transaction) throws -> Value) {
        start(.writing)
        _ = run(body)
        rollBack()
    }

    // Not inlined: Swift 6.3.1 aborts when it inlines the transaction into a closure of `Result`.
    @inline(never)
    private func run<Value>(_ body: (borrowing Transaction) throws -> Value) -> Result<Value, any Error> {
        let transaction = Transaction(self)
        do { return .success(try body(transaction)) } catch { return .failure(error) }
    }

    /// A transaction that says this may take its time, on both sides.
    private static let withoutTimeLimit = "SET LOCAL statement_timeout = 0"

    private func start(_ mode: Mode) {
        self.mode = mode
        pipeline.isPatient = false
        hasBegun = false
        hasChanged = false
        failure = nil
    }

    /// A fault that another run can mend goes before whatever the closure made of it; otherwise the closure's own error
    /// goes first. A closure that passed over a failed statement has failed: the server undid it.
    private func settle<Value>(_ outcome: Result<Value, any Error>, _ failure: PostgresFault?) throws -> Value {
        guard let failure else { return try outcome.get() }
        switch failure.kind {
        case .conflict, .lost, .stale: throw failure
        case .constraint, .timeout, .full, .overloaded, .unavailable, .other:
            _ = try outcome.get()
            throw failure.told
        }
    }

    private func rollBack() {
        guard hasBegun, !pipeline.isLost else { return }
        try? pipeline.send("ROLLBACK", isIgnored: true)
        try? pipeline.sync()
    }

    private func commit() throws {
        guard hasBegun else { return }
        pipeline.forgetWarnings()
        do {
            try pipeline.send("COMMIT")
            try pipeline.sync()
            guard let answer = try pipeline.receive() else { throw DatabaseUnavailable.outcomeUnknown }
            // A transaction in which a statement failed answers COMMIT with ROLLBACK.
            guard String(cString: PQcmdStatus(answer.result)) == "COMMIT" else {
                throw PostgresFault(state: "25P02", message: "rolled back", isDisconnected: false)
            }
        } catch let fault as PostgresFault {
            if pipeline.isLost || fault.isDisconnected { throw DatabaseUnavailable.outcomeUnknown }
            switch fault.kind {
            case .conflict, .stale: throw fault
            case .lost: throw DatabaseUnavailable.outcomeUnknown
            case .constraint, .timeout, .full, .overloaded, .unavailable, .other: throw fault.told
            }
        }
        // As when the wait for a synchronous standby was cancelled: committed here, and nobody knows whether there too.
        if pipeline.hasWarning { throw DatabaseUnavailable.outcomeUnknown }
    }

    /// Runs a command outside of any transaction, such as VACUUM.
    func runAlone(_ text: String) throws {
        try pipeline.send(text)
        try pipeline.sync()
        _ = try pipeline.receive()
    }
}
