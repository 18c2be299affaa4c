import CPostgres
package import Database
package import Foundation
import Kernel
import Synchronization

/// The private server under which `scripts/with-postgres` runs the tests.
package struct PostgresServer: Sendable {
    private let conninfo: String
    private let queue = DispatchQueue(label: "postgres-server")
    private let templates = Templates()
    private let ready = Ready()

    /// There is no server: run the tests under `scripts/with-postgres`.
    package struct Missing: Error {}
    package struct Refused: Error { let message: String }

    private static let found = ProcessInfo.processInfo.environment["RUZHU_TEST_POSTGRES"].map(PostgresServer.init)

    package static var isThere: Bool { found != nil }

    package static func shared() throws(Missing) -> PostgresServer {
        guard let found else { throw Missing() }
        return found
    }

    private init(conninfo: String) { self.conninfo = conninfo }

    /// How to reach one of the server's databases.
    package func conninfo(for database: String) -> String { "\(conninfo) dbname=\(database)" }

    package func options(for database: String) throws -> PostgresOptions {
        var options = try PostgresOptions(conninfo(for: database))
        options.connections = 4
        return options
    }

    /// A database in which these migrations are applied and nothing else is: one that a test has given back, or a copy
    /// of a template that is migrated once.
    package func create(with migrations: [Migration]) async throws -> String {
        let template = try await templates.find("\(migrations)") {
            let name = try await copy(of: "template0")
            if !migrations.isEmpty {
                let database = PostgresDatabase(try options(for: name))
                try await database.migrate(migrations, at: .example)
                try database.close()
            }
            return name
        }
        return try await copy(of: template)
    }

    private func copy(of template: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        if let free = ready.take(template) {
                            try execute(Self.emptying, in: free)
                            return free
                        }
                        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
                        try execute("CREATE DATABASE \(name) TEMPLATE \(template)")
                        ready.note(name, of: template)
                        return name
                    })
            }
        }
    }

    /// Making a database takes ten times as long as emptying one.
    private static let emptying = """
        DO $$ DECLARE t record; BEGIN
            SET LOCAL session_replication_role = replica;
            FOR t IN SELECT schemaname, tablename FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'applied_migrations'
            LOOP EXECUTE format('DELETE FROM %I.%I', t.schemaname, t.tablename); END LOOP;
        END $$
        """

    /// Takes back a database that nobody is connected to any more.
    package func giveBack(_ name: String, isSpoiled: Bool = false) throws {
        if isSpoiled { try drop(name) } else { ready.giveBack(name) }
    }

    /// Drops a database and whoever is connected to it.
    package func drop(_ name: String) throws {
        try queue.sync { try execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    }

    /// The bytes of all values in each table, after the table's name.
    package func rows(of database: String) throws -> [(name: String, bytes: Data)] {
        let tables = """
            SELECT schemaname || '.' || tablename FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
            """
        return try values(tables, in: database).map { table in
            let name = String(decoding: table, as: UTF8.self)
            var bytes = Data(name.replacing(".", with: "_").utf8)
            for value in try values("SELECT * FROM \(name)", in: database) { bytes += [0] + value }
            return (name, bytes)
        }
    }

    private func values(_ query: String, in database: String) throws -> [Data] {
        let connection = PQconnectdb(conninfo(for: database))
        defer { PQfinish(connection) }
        let answer = PQexecParams(connection, query, 0, nil, nil, nil, nil, 1)
        defer { PQclear(answer) }
        guard PQresultStatus(answer) == PGRES_TUPLES_OK else {
            throw Refused(message: String(cString: PQerrorMessage(connection)))
        }
        return (0..<PQntuples(answer)).flatMap { row in
            (0..<PQnfields(answer)).map { column in
                Data(bytes: PQgetvalue(answer, row, column), count: Int(PQgetlength(answer, row, column)))
            }
        }
    }

    /// Runs a command beside the engine, as an administrator would.
    package func command(_ text: String, in database: String = "postgres") async throws {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try execute(text, in: database) }) }
        }
    }

    /// The same for callers that may block, such as a transaction's closure.
    package func commandNow(_ text: String, in database: String = "postgres") throws {
        try execute(text, in: database)
    }

    private func execute(_ text: String, in database: String = "postgres") throws {
        let connection = PQconnectdb(conninfo(for: database))
        defer { PQfinish(connection) }
        let answer = PQexec(connection, text)
        defer { PQclear(answer) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(answer)) else {
            throw Refused(message: String(cString: PQerrorMessage(connection)))
        }
    }

    /// Makes each template once, however many tests ask for it.
    private actor Templates {
        private var names: [String: Task<String, any Error>] = [:]

        func find(_ key: String, _ make: @escaping @Sendable () async throws -> String) async throws -> String {
            if let known = names[key] { return try await known.value }
            // Not a child: many tests wait for it, and none may cancel it.
            let task = Task { try await make() }
            names[key] = task
            return try await task.value
        }
    }
    /// Databases that tests have given back, by the template that they are copies of.
    private final class Ready: Sendable {
        private let state = Mutex<(templates: [String: String], free: [String: [String]])>(([:], [:]))

        func note(_ name: String, of template: String) { state.withLock { $0.templates[name] = template } }
        func take(_ template: String) -> String? { state.withLock { $0.free[template]?.popLast() } }
        func giveBack(_ name: String) {
            state.withLock { state in
                if let template = state.templates[name] { state.free[template, default: []].append(name) }
            }
        }
    }
}
