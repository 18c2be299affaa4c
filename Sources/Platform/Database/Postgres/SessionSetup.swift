import CPostgres

/// What a connection is told and asked before it is used.
struct SessionSetup {
    private let options: PostgresOptions

    init(_ options: PostgresOptions) { self.options = options }

    /// - Throws: `PostgresDatabase.Unreachable`, `PostgresDatabase.NotDurable`, `PostgresDatabase.Unsuitable`.
    func perform(on connection: OpaquePointer) throws {
        // Made after connecting: at start-up a read-only default would look like a standby to target_session_attrs.
        let answer = try ask(
            """
            SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET statement_timeout = \(options.statementTimeout.wholeMilliseconds);
            SET lock_timeout = \(options.lockTimeout.wholeMilliseconds);
            SET idle_in_transaction_session_timeout = \(options.statementTimeout.wholeMilliseconds * 2);
            SET jit = off;
            SET client_min_messages = warning;
            SELECT current_setting('server_version_num'), current_setting('server_encoding'),
                   ('Z' < 'a' AND 'a-c' < 'ab' AND 'z' < 'ä')::text,
                   current_setting('synchronous_commit'), current_setting('fsync')
            """, on: connection)
        defer { PQclear(answer) }
        guard PQresultStatus(answer) == PGRES_TUPLES_OK, PQntuples(answer) == 1 else {
            throw PostgresDatabase.Unreachable(message: String(cString: PQerrorMessage(connection)))
        }
        let fields = (0..<PQnfields(answer)).map { String(cString: PQgetvalue(answer, 0, $0)) }
        let (version, encoding, isByteOrder, commit, fsync) = (fields[0], fields[1], fields[2], fields[3], fields[4])
        guard let number = Int(version), number >= PostgresDatabase.oldestVersion * 10_000 else {
            throw PostgresDatabase.Unsuitable.version(version)
        }
        guard encoding == "UTF8" else { throw PostgresDatabase.Unsuitable.encoding(encoding) }
        guard isByteOrder == "true" else { throw PostgresDatabase.Unsuitable.collation }
        guard PostgresDatabase.durableLevels.contains(commit) else {
            throw PostgresDatabase.NotDurable(setting: "synchronous_commit", value: commit)
        }
        guard fsync == "on" else { throw PostgresDatabase.NotDurable(setting: "fsync", value: fsync) }
    }

    /// The last answer to some statements; nil if there was none. The server may stand still in this very moment.
    private func ask(_ text: String, on connection: OpaquePointer) throws -> OpaquePointer? {
        var last: OpaquePointer?
        guard PQsendQuery(connection, text) == 1 else { return nil }
        while true {
            guard PostgresPipeline.answers(connection, within: options.patience) else {
                PQclear(last)
                throw PostgresDatabase.Unreachable(message: "no answer within \(options.patience)")
            }
            guard let next = PQgetResult(connection) else { return last }
            PQclear(last)
            last = next
        }
    }
}

extension Duration {
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
