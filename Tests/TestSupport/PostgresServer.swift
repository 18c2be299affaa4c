import CPostgres
package import Database
import Foundation
import Kernel
import Synchronization

/// The private server under which `scripts/with-postgres` runs the tests.
package struct PostgresServer: Sendable {
    package let conninfo: String
    private let queue = DispatchQueue(label: "postgres-server")
    private let templates = Templates()

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

    package func options(for database: String) throws -> PostgresOptions {
        var options = try PostgresOptions("\(conninfo) dbname=\(database)")
        options.connections = 4
        return options
    }

    /// Makes a database in which these migrations are applied, from a template that is migrated once.
    package func create(with migrations: [Migration]) async throws -> String {
        let template = try await templates.find("\(migrations)") {
            let name = try await create(from: "template0")
            if !migrations.isEmpty {
                let database = PostgresDatabase(try options(for: name))
                try await database.migrate(migrations, at: .example)
                try database.close()
            }
            return name
        }
        return try await create(from: template)
    }

    private func create(from template: String) async throws -> String {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try execute("CREATE DATABASE \(name) TEMPLATE \(template)") })
            }
        }
        return name
    }

    /// Drops a database and whoever is connected to it.
    package func drop(_ name: String) throws {
        try queue.sync { try execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    }

    /// Runs a command beside the engine, as an administrator would.
    package func command(_ text: String, in database: String = "postgres") async throws {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try execute(text, in: database) }) }
        }
    }

    private func execute(_ text: String, in database: String = "postgres") throws {
        let connection = PQconnectdb("\(conninfo) dbname=\(database)")
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
}
