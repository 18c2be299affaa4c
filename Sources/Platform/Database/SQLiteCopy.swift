import Foundation
import GRDB

/// Copies of a SQLite file, and what can be told about one without knowing what is in it.
package enum SQLiteCopy {
    /// Writes a copy of one consistent state of the file at `path`, which others may be writing to meanwhile: they wait
    /// for nothing. The copy holds no free pages, so nothing of what was deleted.
    ///
    /// - Parameter target: a file that must not exist.
    package static func make(of path: String, at target: String) throws {
        let queue = try open(path)
        defer { try? queue.close() }
        try queue.inDatabase { db in try db.execute(sql: "VACUUM INTO ?", arguments: [target]) }
        let handle = try FileHandle(forUpdating: URL(filePath: target))
        try handle.synchronize()
        try handle.close()
    }

    /// How many rows each table has.
    package static func rows(of path: String) throws -> [String: Int] {
        let queue = try open(path)
        defer { try? queue.close() }
        return try queue.read { db in
            var counts: [String: Int] = [:]
            let names = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
            for name in names {
                counts[name] = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(name.quotedDatabaseIdentifier)")
            }
            return counts
        }
    }

    /// What SQLite finds wrong with a file, in its own words; empty for a whole one.
    package static func faults(of path: String) throws -> [String] {
        let queue = try open(path)
        defer { try? queue.close() }
        return try queue.read { db in
            let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let loose = try GRDB.Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                "row without its parent in \(row["table"] as String? ?? "?")"
            }
            return pages + loose
        }
    }

    /// The migrations that were applied, such as `review/1`.
    package static func migrations(of path: String) throws -> [String] {
        let queue = try open(path)
        defer { try? queue.close() }
        return try queue.read { db in
            try String.fetchAll(
                db, sql: "SELECT context || '/' || number FROM applied_migrations ORDER BY context, number")
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
