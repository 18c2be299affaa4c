import Database
import Kernel

/// One event for one handler, by itself: what is tried again after a failure, or after a process that never came back.
///
/// The attempt counts from when it begins, so that an event which ends the process is parked like any other that can't
/// be handled.
struct Attempt: Sendable {
    let cursor: Cursor
    let hold: Hold?

    /// Attempts before an event is parked.
    static let patience = 6

    /// Counts the attempt. Nobody else begins one before its pause is over.
    ///
    /// - Returns: its number, from 1, or `nil` if this is no longer ours to do.
    func begin(at now: Instant, in tx: borrowing Transaction) throws -> Int? {
        let before: Int? = try tx.value(
            """
            SELECT attempts FROM \(WorkTables.cursors)
            WHERE \(cursor.row) AND delivered = \(cursor.delivered) AND delivered < head AND parked_at IS NULL
              AND (retry_at <= \(now) OR retry_at > \(now + Backoff.longest)) \(isHeld)
            \(sqlite: "", postgres: "FOR UPDATE")
            """)
        guard let before else { return nil }
        guard before < Self.patience else {
            try park(at: now, in: tx)
            return nil
        }
        try tx.run(
            """
            UPDATE \(WorkTables.cursors)
            SET attempts = \(before + 1), retry_at = \(now + Backoff.pause(after: before + 1)) WHERE \(cursor.row)
            """)
        return before + 1
    }

    /// Tells the handler its next event.
    func run(_ delivering: Delivering, in tx: borrowing Transaction) throws -> Int {
        let own = try tx.held([cursor], by: hold).filter { $0.delivered == cursor.delivered }
        return try delivering.run(own, onlyOne: true, in: tx)
    }

    /// Notes why an attempt failed. After the last one the event is parked.
    func fail(_ number: Int, with error: String, at now: Instant, in tx: borrowing Transaction) throws {
        let parkedAt: Instant? = number >= Self.patience ? now : nil
        try tx.run(
            """
            UPDATE \(WorkTables.cursors)
            SET error = \(error), retry_at = \(now + Backoff.pause(after: number)),
                parked_at = \(parkedAt.sqlValue), claim = NULL, claimed_until = NULL
            WHERE \(cursor.row) AND delivered = \(cursor.delivered) AND attempts = \(number) AND parked_at IS NULL
            """)
    }

    /// Takes back an attempt that the database did not let happen: that says nothing of the event, which must not be parked
    /// for it.
    func takeBack(_ number: Int, at now: Instant, in tx: borrowing Transaction) throws {
        try tx.run(
            """
            UPDATE \(WorkTables.cursors)
            SET attempts = \(number - 1), retry_at = \(now + Backoff.pause(after: 1)), claim = NULL, claimed_until = NULL
            WHERE \(cursor.row) AND delivered = \(cursor.delivered) AND attempts = \(number) AND parked_at IS NULL
            """)
    }

    /// The last attempt never came to an end, and there is no further one.
    private func park(at now: Instant, in tx: borrowing Transaction) throws {
        try tx.run(
            """
            UPDATE \(WorkTables.cursors)
            SET error = COALESCE(error, 'interrupted'), parked_at = \(now), claim = NULL, claimed_until = NULL
            WHERE \(cursor.row)
            """)
    }

    private var isHeld: SQL { hold.map { "AND claim = \($0.token)" } ?? "" }
}
