package import Database
package import Kernel

/// What waits and what is stuck, for operators.
package struct WorkOverview: Sendable {
    /// Events that no handler has been told of yet, and the age of the oldest.
    package let unsorted: Int
    package let oldestUnsorted: Instant?
    /// (handler, stream) pairs with something to deliver.
    package let due: Int
    package let parked: [ParkedStream]
    package let jobs: [JobCount]

    /// A stream that is stuck for one handler.
    package struct ParkedStream: Sendable {
        package let handler: String
        package let stream: String
        /// The event that can't be handled.
        package let event: String
        package let error: String
        package let attempts: Int
        package let since: Instant
    }

    /// The jobs of one kind.
    package struct JobCount: Sendable {
        package let kind: String
        package let waiting: Int
        package let failed: Int
        /// The kind of the error that one of them met last.
        package let error: String?
    }

    /// Reads the overview.
    package static func read(in tx: borrowing Transaction) throws -> WorkOverview {
        let parked = try tx.rows(
            """
            SELECT d.handler, d.stream, d.error, d.attempts, d.parked_at,
                   COALESCE((SELECT e.name FROM \(EventRecord.table) e
                    WHERE e.stream = d.stream AND e.number > d.delivered ORDER BY e.number LIMIT 1), '') AS event
            FROM \(WorkTables.cursors) d WHERE d.parked_at IS NOT NULL ORDER BY d.parked_at LIMIT 100
            """
        ).map { row in
            ParkedStream(
                handler: try row.get("handler"), stream: try row.get("stream"), event: try row.get("event"),
                error: try row.get("error", as: String?.self) ?? "", attempts: try row.get("attempts"),
                since: try row.get("parked_at"))
        }
        let jobs = try tx.rows(
            """
            SELECT kind, SUM(CASE WHEN failed_at IS NULL THEN 1 ELSE 0 END) AS waiting,
                   SUM(CASE WHEN failed_at IS NULL THEN 0 ELSE 1 END) AS failed, MAX(error) AS error
            FROM \(WorkTables.jobs) GROUP BY kind ORDER BY kind
            """
        ).map { row in
            JobCount(
                kind: try row.get("kind"), waiting: try row.get("waiting"), failed: try row.get("failed"),
                error: try row.get("error"))
        }
        return WorkOverview(
            unsorted: try tx.value("SELECT COUNT(*) FROM \(EventRecord.table) WHERE is_fanned = 0") ?? 0,
            oldestUnsorted: try tx.value(
                "SELECT MIN(at) FROM \(EventRecord.table) WHERE is_fanned = 0", as: Instant?.self) ?? nil,
            due: try tx.value(
                "SELECT COUNT(*) FROM \(WorkTables.cursors) WHERE delivered < head AND parked_at IS NULL") ?? 0,
            parked: parked,
            jobs: jobs)
    }

    /// Lets a parked stream go on with the event that it stopped at.
    /// - Returns: whether it was parked.
    package static func retry(
        handler: String, stream: String, at now: Instant, in tx: borrowing Transaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE \(WorkTables.cursors)
            SET parked_at = NULL, attempts = 0, retry_at = \(now)
            WHERE handler = \(handler) AND stream = \(stream) AND parked_at IS NOT NULL
            """) > 0
    }
}
