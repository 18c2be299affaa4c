import GRDB

extension DatabaseError {
    /// The error that callers of the database know. Nothing was changed: SQLite undoes what a failed statement did.
    var told: any Error {
        switch resultCode {
        case .SQLITE_CONSTRAINT:
            let unique: [ResultCode] = [.SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY]
            return ConstraintViolation(
                isUnique: unique.contains(extendedResultCode), message: message ?? "constraint")
        case .SQLITE_FULL: return DatabaseUnavailable.full
        case .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN: return DatabaseUnavailable.disk
        case .SQLITE_BUSY, .SQLITE_LOCKED: return DatabaseUnavailable.busy
        default: return self
        }
    }

    /// The same for a COMMIT. When the disk fails then, the whole group may lie in the log already, and the next start
    /// may find it there.
    var toldOfCommit: any Error {
        resultCode == .SQLITE_IOERR ? DatabaseUnavailable.outcomeUnknown : told
    }
}
