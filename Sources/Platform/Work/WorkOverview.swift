package import Database
package import Kernel

/// What waits and what is stuck, for operators and for monitoring.
package struct WorkOverview: Sendable {
    /// Events that were not sorted to their handlers yet, and when the oldest happened.
    package let unsorted: Int
    package let oldestUnsorted: Instant?
    package let handlers: [HandlerState]
    package let jobs: [JobState]

    package init(unsorted: Int, oldestUnsorted: Instant?, handlers: [HandlerState], jobs: [JobState]) {
        (self.unsorted, self.oldestUnsorted, self.handlers, self.jobs) = (unsorted, oldestUnsorted, handlers, jobs)
    }

    /// (handler, stream) pairs with something to deliver.
    package var due: Int { handlers.map(\.due).reduce(0, +) }
    package var parked: Int { handlers.map(\.parked).reduce(0, +) }

    /// How far one handler is behind.
    package struct HandlerState: Sendable {
        package let handler: String
        /// Streams in which something waits for it and nothing is stuck.
        package let due: Int
        /// When the oldest event happened that waits for it, without those that are stuck.
        package let oldest: Instant?
        /// Streams in which it is stuck.
        package let parked: Int

        package init(handler: String, due: Int, oldest: Instant?, parked: Int) {
            (self.handler, self.due, self.oldest, self.parked) = (handler, due, oldest, parked)
        }
    }

    /// The jobs of one kind.
    package struct JobState: Sendable {
        package let kind: String
        package let waiting: Int
        package let running: Int
        package let failed: Int
        /// When the oldest that is not given up was queued.
        package let oldest: Instant?
        /// The kind of the error that one of them met last.
        package let error: String?

        package init(kind: String, waiting: Int, running: Int, failed: Int, oldest: Instant?, error: String?) {
            (self.kind, self.waiting, self.running, self.failed) = (kind, waiting, running, failed)
            (self.oldest, self.error) = (oldest, error)
        }
    }

    /// Reads the overview. All handlers that want events are in it, also those with nothing to do.
    package static func read(at now: Instant, in tx: borrowing Transaction) throws -> WorkOverview {
        WorkOverview(
            unsorted: try tx.value("SELECT COUNT(*) FROM \(EventRecord.table) WHERE is_fanned = 0") ?? 0,
            oldestUnsorted: try tx.value(
                "SELECT MIN(at) FROM \(EventRecord.table) WHERE is_fanned = 0", as: Instant?.self) ?? nil,
            handlers: try handlers(in: tx), jobs: try jobs(at: now, in: tx))
    }

    private static func handlers(in tx: borrowing Transaction) throws -> [HandlerState] {
        var due: [String: (count: Int, oldest: Instant)] = [:]
        for row in try tx.rows(
            """
            SELECT handler, COUNT(*) AS due, MIN(due_since) AS oldest FROM \(WorkTables.cursors)
            WHERE delivered < head AND parked_at IS NULL GROUP BY handler
            """)
        {
            due[try row.get("handler")] = (try row.get("due"), try row.get("oldest"))
        }
        var parked: [String: Int] = [:]
        for row in try tx.rows(
            """
            SELECT handler, COUNT(*) AS parked FROM \(WorkTables.cursors) WHERE parked_at IS NOT NULL GROUP BY handler
            """)
        {
            parked[try row.get("handler")] = try row.get("parked")
        }
        let wanting = try tx.rows("SELECT DISTINCT handler FROM \(WorkTables.subscriptions)").map {
            try $0.get("handler", as: String.self)
        }
        return Set(wanting).union(due.keys).union(parked.keys).sorted().map { handler in
            HandlerState(
                handler: handler, due: due[handler]?.count ?? 0, oldest: due[handler]?.oldest,
                parked: parked[handler] ?? 0)
        }
    }

    private static func jobs(at now: Instant, in tx: borrowing Transaction) throws -> [JobState] {
        try tx.rows(
            """
            SELECT kind,
                   SUM(CASE WHEN failed_at IS NULL AND COALESCE(claimed_until, 0) <= \(now) THEN 1 ELSE 0 END) AS waiting,
                   SUM(CASE WHEN failed_at IS NULL AND claimed_until > \(now) THEN 1 ELSE 0 END) AS running,
                   SUM(CASE WHEN failed_at IS NULL THEN 0 ELSE 1 END) AS failed,
                   MIN(CASE WHEN failed_at IS NULL THEN created_at END) AS oldest, MAX(error) AS error
            FROM \(WorkTables.jobs) GROUP BY kind ORDER BY kind
            """
        ).map { row in
            JobState(
                kind: try row.get("kind"), waiting: try row.get("waiting"), running: try row.get("running"),
                failed: try row.get("failed"), oldest: try row.get("oldest"), error: try row.get("error"))
        }
    }
}

/// A stream that is stuck for one handler.
package struct ParkedStream: Sendable {
    package let handler: String
    package let stream: String
    /// The event that can't be handled: its number in the stream, and its name.
    package let number: Int
    package let event: String
    /// The stable code or the kind of what went wrong, never its text.
    package let error: String
    package let attempts: Int
    package let since: Instant

    package init(
        handler: String, stream: String, number: Int, event: String, error: String, attempts: Int, since: Instant
    ) {
        (self.handler, self.stream, self.number, self.event) = (handler, stream, number, event)
        (self.error, self.attempts, self.since) = (error, attempts, since)
    }

    /// Those that are stuck, the longest first.
    package static func list(limit: Int, offset: Int = 0, in tx: borrowing Transaction) throws -> [ParkedStream] {
        try tx.rows(
            """
            SELECT c.handler, c.stream, c.error, c.attempts, c.parked_at,
                   COALESCE(e.number, 0) AS number, COALESCE(e.name, '') AS event
            FROM \(WorkTables.cursors) AS c LEFT JOIN \(EventRecord.table) AS e
              ON e.stream = c.stream AND e.number = (\(next(of: "c")))
            WHERE c.parked_at IS NOT NULL ORDER BY c.parked_at, c.handler, c.stream LIMIT \(limit) OFFSET \(offset)
            """
        ).map { row in
            ParkedStream(
                handler: try row.get("handler"), stream: try row.get("stream"), number: try row.get("number"),
                event: try row.get("event"), error: try row.get("error", as: String?.self) ?? "",
                attempts: try row.get("attempts"), since: try row.get("parked_at"))
        }
    }

    /// The number of the next event that a cursor's handler wants.
    static func next(of cursor: SQL) -> SQL {
        """
        SELECT MIN(n.number) FROM \(EventRecord.table) AS n
        WHERE n.stream = \(cursor).stream AND n.number > \(cursor).delivered
          AND n.name IN (SELECT s.event FROM \(WorkTables.subscriptions) AS s WHERE s.handler = \(cursor).handler)
        """
    }
}

/// A job that was given up.
package struct FailedJob: Sendable {
    package let id: String
    package let kind: String
    package let attempts: Int
    package let error: String
    package let queuedAt: Instant
    package let failedAt: Instant

    package init(id: String, kind: String, attempts: Int, error: String, queuedAt: Instant, failedAt: Instant) {
        (self.id, self.kind, self.attempts, self.error) = (id, kind, attempts, error)
        (self.queuedAt, self.failedAt) = (queuedAt, failedAt)
    }

    /// Throws away what was given up before a moment and nobody looked at, a bounded number at a time.
    /// - Returns: how many were thrown away.
    @discardableResult
    package static func forget(before moment: Instant, in tx: borrowing Transaction) throws -> Int {
        try tx.run(
            """
            DELETE FROM \(WorkTables.jobs) WHERE id IN (
                SELECT id FROM \(WorkTables.jobs) WHERE failed_at < \(moment) ORDER BY failed_at LIMIT 1000)
            """)
    }

    /// Those that were given up, the latest first.
    package static func list(limit: Int, offset: Int = 0, in tx: borrowing Transaction) throws -> [FailedJob] {
        try tx.rows(
            """
            SELECT id, kind, attempts, error, created_at, failed_at FROM \(WorkTables.jobs)
            WHERE failed_at IS NOT NULL ORDER BY failed_at DESC, id LIMIT \(limit) OFFSET \(offset)
            """
        ).map { row in
            FailedJob(
                id: try row.get("id"), kind: try row.get("kind"), attempts: try row.get("attempts"),
                error: try row.get("error", as: String?.self) ?? "", queuedAt: try row.get("created_at"),
                failedAt: try row.get("failed_at"))
        }
    }
}
