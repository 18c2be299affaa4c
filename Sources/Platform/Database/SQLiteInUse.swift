import GRDB

extension SQLiteDatabase {
    /// Whether another process has the file open. Each connection in WAL mode holds a lock on it for as long as it
    /// lives, so one that asks for the file alone is refused (sqlite.org/wal.html, "Use of WAL Without Shared-Memory").
    package static func isInUse(path: String) throws -> Bool {
        var configuration = Configuration()
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA locking_mode=EXCLUSIVE") }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { db in try db.execute(sql: "BEGIN IMMEDIATE; ROLLBACK") }
            try queue.close()
            return false
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return true
        }
    }
}
