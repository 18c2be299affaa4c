package import Database
package import Kernel

/// Sets a handler's cursors back, so that it is told events again. For all streams this is a job that goes on stream by
/// stream: one transaction for all would keep every other writer waiting.
package struct Rewinding: Codable, Sendable {
    let handler: String
    let since: Instant

    static let kind = JobKind<Rewinding>("work.rewind")
    private static let most = 200

    /// The job that rewinds all streams of a handler.
    package static func job(on database: any Database, clock: any WallClock) -> JobHandler {
        JobHandler(kind) { rewinding, _ in
            var after = ""
            repeat {
                let (now, last) = (clock.now, after)
                after = try await database.write { tx in try rewinding.next(after: last, at: now, in: tx) }
                try Task.checkCancellation()
            } while !after.isEmpty
        }
    }

    /// Rewinds some streams.
    /// - Returns: the last of them, or nothing if there are no more.
    private func next(after stream: String, at now: Instant, in tx: borrowing Transaction) throws -> String {
        let rows = try tx.rows(
            """
            SELECT c.stream,
                   (SELECT MIN(e.number) FROM \(EventRecord.table) AS e
                    WHERE e.stream = c.stream AND e.at >= \(since)) AS first
            FROM \(WorkTables.cursors) AS c
            WHERE c.handler = \(handler) AND c.stream > \(stream) ORDER BY c.stream LIMIT \(Self.most)
            """)
        for row in rows {
            guard let first = try row.get("first", as: Int?.self) else { continue }
            _ = try Self.rewind(handler, stream: row.get("stream"), from: first, at: now, in: tx)
        }
        return try rows.last?.get("stream") ?? ""
    }

    /// Sets one cursor back to before an event. A stream that is stuck there or later begins anew.
    /// - Returns: whether there is such a cursor, and an event that it is set back behind.
    static func rewind(
        _ handler: String, stream: String, from number: Int, at now: Instant, in tx: borrowing Transaction
    ) throws -> Bool {
        let first: Int? = try tx.value(
            """
            SELECT MIN(number) FROM \(EventRecord.table)
            WHERE stream = \(stream) AND number >= \(number)
              AND name IN (SELECT event FROM \(WorkTables.subscriptions) WHERE handler = \(handler))
            """, as: Int?.self) ?? nil
        guard let first else { return false }
        return try tx.run(
            """
            UPDATE \(WorkTables.cursors)
            SET due_since = CASE WHEN delivered < head THEN due_since ELSE \(now) END, delivered = \(first - 1),
                retry_at = \(now), attempts = 0, error = NULL, parked_at = NULL, claim = NULL, claimed_until = NULL
            WHERE handler = \(handler) AND stream = \(stream) AND delivered >= \(first)
            """) > 0
    }
}
