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
    package let waitingJobs: Int
    package let failedJobs: [FailedJob]

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

    /// A job that was given up.
    package struct FailedJob: Sendable {
        package let kind: String
        package let error: String
        package let attempts: Int
        package let since: Instant
    }

    /// Reads the overview.
    package static func read(in tx: borrowing Transaction) throws -> WorkOverview {
        let parked = try tx.rows(
            """
            SELECT d.handler, d.stream, d.error, d.attempts, d.parked_at,
                   COALESCE((SELECT e.name FROM \(EventRecord.table) e
                    WHERE e.stream = d.stream AND e.number > d.delivered ORDER BY e.number LIMIT 1), '') AS event
            FROM \(WorkTables.deliveries) d WHERE d.parked_at IS NOT NULL ORDER BY d.parked_at LIMIT 100
            """
        ).map { row in
            ParkedStream(
                handler: try row.get("handler"), stream: try row.get("stream"), event: try row.get("event"),
                error: try row.get("error", as: String?.self) ?? "", attempts: try row.get("attempts"),
                since: try row.get("parked_at"))
        }
        let failed = try tx.rows(
            "SELECT kind, error, attempts, failed_at FROM \(WorkTables.jobs) WHERE failed_at IS NOT NULL ORDER BY failed_at LIMIT 100"
        ).map { row in
            FailedJob(
                kind: try row.get("kind"), error: try row.get("error", as: String?.self) ?? "",
                attempts: try row.get("attempts"), since: try row.get("failed_at"))
        }
        return WorkOverview(
            unsorted: try tx.value("SELECT COUNT(*) FROM \(EventRecord.table) WHERE is_fanned = 0") ?? 0,
            oldestUnsorted: try tx.value(
                "SELECT MIN(at) FROM \(EventRecord.table) WHERE is_fanned = 0", as: Instant?.self) ?? nil,
            due: try tx.value(
                "SELECT COUNT(*) FROM \(WorkTables.deliveries) WHERE is_due = 1 AND parked_at IS NULL") ?? 0,
            parked: parked,
            waitingJobs: try tx.value("SELECT COUNT(*) FROM \(WorkTables.jobs) WHERE failed_at IS NULL") ?? 0,
            failedJobs: failed)
    }

    /// Lets a parked stream go on with the event that it stopped at.
    /// - Returns: whether it was parked.
    package static func retry(
        handler: String, stream: String, at now: Instant, in tx: borrowing Transaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE \(WorkTables.deliveries)
            SET parked_at = NULL, attempts = 0, retry_at = \(now), is_due = 1
            WHERE handler = \(handler) AND stream = \(stream) AND parked_at IS NOT NULL
            """) > 0
    }
}
