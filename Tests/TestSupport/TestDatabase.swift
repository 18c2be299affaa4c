package import Database
package import Foundation
import Kernel
import Synchronization

/// The engine that the tests of this process run on: SQLite, or PostgreSQL with `RUZHU_TEST_ENGINE=postgres` under
/// `scripts/with-postgres`.
package enum TestEngine: Sendable {
    case sqlite
    case postgres

    package static let current: TestEngine =
        ProcessInfo.processInfo.environment["RUZHU_TEST_ENGINE"] == "postgres" ? .postgres : .sqlite
}

/// A database of its own for one test, in a folder or on a server that it goes away from with the test.
package final class TestDatabase: Sendable {
    package let database: any Database
    package let folder: URL
    private let engine: TestEngine
    /// Its name on the PostgreSQL server.
    private let name: String
    private let isSpoiled = Mutex(false)

    /// - Parameter rehearsing: runs each writing closure twice, since it must bear that.
    package init(
        _ migrations: [Migration] = [], rehearsing: Bool = true, engine: TestEngine = .current
    ) async throws {
        self.engine = engine
        folder = URL(filePath: NSTemporaryDirectory()).appending(path: "ruzhu-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        switch engine {
        case .sqlite:
            name = ""
            database = try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path, rehearsing: rehearsing)
            try await database.migrate(migrations, at: .example)
        case .postgres:
            name = try await PostgresServer.shared().create(with: migrations)
            var options = try PostgresServer.shared().options(for: name)
            options.isRehearsing = rehearsing
            database = PostgresDatabase(options)
        }
    }

    /// Says that a test changes the schema, so that no other test gets this database afterwards.
    package func changesSchema() { isSpoiled.withLock { $0 = true } }

    /// How to reach the database on the PostgreSQL server, for a test that may do anything to it.
    /// - Throws: if this is SQLite and there is no such server.
    package func options() throws -> PostgresOptions {
        isSpoiled.withLock { $0 = true }
        return try PostgresServer.shared().options(for: name)
    }

    /// Every byte that is kept: the files, and on PostgreSQL the rows of each table.
    package func kept() throws -> [(name: String, bytes: Data)] {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let files = (all?.compactMap { $0 as? URL } ?? []).compactMap { file in
            FileManager.default.contents(atPath: file.path).map { (name: file.lastPathComponent, bytes: $0) }
        }
        return engine == .sqlite ? files : try files + PostgresServer.shared().rows(of: name)
    }

    deinit {
        // Not here: this may be one of the engine's own threads, which closing waits for.
        let isSpoiled = isSpoiled.withLock { $0 }
        DispatchQueue.global().async { [database, folder, name, engine] in
            try? database.close()
            try? FileManager.default.removeItem(at: folder)
            if engine == .postgres { try? PostgresServer.shared().giveBack(name, isSpoiled: isSpoiled) }
        }
    }
}
