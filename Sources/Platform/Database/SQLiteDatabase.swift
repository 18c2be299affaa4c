import Foundation
import GRDB
import Synchronization

/// The product's rows in one SQLite file: one writer, many readers, and a full sync before anything is acknowledged.
package final class SQLiteDatabase: Database {
    private let pool: DatabasePool
    private let commits: GroupCommit

    package var dialect: Dialect { .sqlite }

    /// Opens or creates the database file at `path`.
    ///
    /// - Parameters:
    ///   - rehearsing: runs every writing closure twice, the first time rolled back; for tests, because a closure must
    ///     bear being run again.
    ///   - queueLength: writes that may wait for the writer; further ones are refused as `busy`.
    /// - Throws: `NotDurable` if SQLite would acknowledge a commit before it is on the disk.
    package init(path: String, rehearsing: Bool = false, queueLength: Int = 4_096) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        // No reader waits for another: each runs on a thread of its own while it reads.
        configuration.maximumReaderCount = max(8, ProcessInfo.processInfo.activeProcessorCount + 4)
        // What is deleted or overwritten, such as a destroyed key, must not linger in free pages of the file. The
        // write-ahead log still holds the pages as they were before: see `tidy()`.
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete=ON")
            // In KiB: with SQLite's 2 MB, a tenth of the time went into reading the same pages again.
            try db.execute(sql: "PRAGMA cache_size=-16384")
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        commits = GroupCommit(rehearsing: rehearsing, queueLength: queueLength)
        try pool.writeWithoutTransaction { db in
            // The pool sets synchronous=NORMAL when it opens, after any hook of ours; so FULL is set here and read back.
            try db.execute(sql: "PRAGMA synchronous=FULL")
            try db.execute(sql: "PRAGMA cache_size=-65536")
            // In pages: a page that many commits change goes from the log into the file once for all of them.
            try db.execute(sql: "PRAGMA wal_autocheckpoint=4000")
            let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
            let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            guard level == 2, journal == "wal" else { throw NotDurable(synchronous: level, journal: journal) }
        }
    }

    /// SQLite would lose acknowledged commits with the power.
    package struct NotDurable: Error {
        package let synchronous: Int?
        package let journal: String?
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try readHere(body)
    }

    /// Reads on the thread that asks. The rows of a request lie in the page cache and take microseconds; handing them
    /// from thread to thread would cost more than reading them.
    private func readHere<Value>(_ body: (borrowing Transaction) throws -> Value) throws -> Value {
        do {
            // GRDB's own read would prepare its BEGIN and COMMIT each time.
            return try pool.unsafeRead { db in
                let connection = SQLiteConnection(db)
                return try connection.reading { try body(Transaction(connection)) }
            }
        } catch let error as DatabaseError {
            throw error.told
        }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let admission = commits.add { connection in
                let result = Result { try body(Transaction(connection)) }
                let release: GroupCommit.Release = { failure in
                    if let failure { continuation.resume(throwing: failure) } else { continuation.resume(with: result) }
                }
                if case .failure = result { return (succeeded: false, release) }
                return (succeeded: true, release)
            }
            switch admission {
            case .first: pool.asyncWriteWithoutTransaction { [commits] db in commits.drain(db) }
            case .joined: break
            case .refused: continuation.resume(throwing: DatabaseUnavailable.busy)
            }
        }
    }

    package func afterCommit(_ observer: @escaping @Sendable () -> Void) { commits.afterCommit(observer) }

    /// Brings the write-ahead log into the database file and cuts it to nothing. Until then the log keeps what has been
    /// overwritten since, such as the row of a key before it was destroyed.
    ///
    /// - Throws: when a reader goes on for so long that the log can't be cut now.
    package func tidy() async throws {
        try await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    /// Closes all connections, once those in use are done.
    package func close() throws { try pool.close() }
}
