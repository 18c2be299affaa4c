import Database
import Kernel

/// One handler's hold on one stream.
struct Claim: Sendable, Equatable {
    let handler: String
    let stream: String

    /// Pairs that have something to deliver and that nobody holds, of the handlers that this process has: those of a
    /// newer or older version running beside it are left to it.
    static func due(
        of handlers: [String], at now: Instant, limit: Int, in tx: borrowing Transaction
    ) throws -> [Claim] {
        guard !handlers.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT handler, stream FROM \(WorkTables.deliveries)
            WHERE is_due = 1 AND parked_at IS NULL AND retry_at <= \(now)
              AND (claimed_until IS NULL OR claimed_until <= \(now)) AND handler IN (\(list: handlers))
            ORDER BY retry_at LIMIT \(limit)
            """)
        return try rows.map { Claim(handler: try $0.get("handler"), stream: try $0.get("stream")) }
    }

    /// Handles the next event and moves the cursor, in one transaction.
    /// - Returns: whether more events wait.
    func deliverNext(with handler: EventHandler, at now: Instant, in tx: borrowing Transaction) throws -> Bool {
        let waiting = try waiting(for: handler, in: tx)
        if let event = waiting.first, let reaction = handler.reactions[event.name] {
            try reaction(event, now, tx)
            try tx.run(
                """
                UPDATE \(WorkTables.deliveries) SET delivered = \(event.number), attempts = 0, error = NULL
                WHERE handler = \(self.handler) AND stream = \(stream)
                """)
        }
        if waiting.count > 1 { return true }
        try tx.run(
            """
            UPDATE \(WorkTables.deliveries) SET is_due = 0, claimed_until = NULL
            WHERE handler = \(self.handler) AND stream = \(stream)
            """)
        return false
    }

    /// The next events that the handler wants; two are enough to know whether there are more.
    private func waiting(for handler: EventHandler, in tx: borrowing Transaction) throws -> [EventRecord] {
        let delivered: Int? = try tx.value(
            """
            SELECT delivered FROM \(WorkTables.deliveries)
            WHERE handler = \(self.handler) AND stream = \(stream)
            """)
        return try tx.all(
            """
            SELECT \(columns: EventRecord.table) FROM \(EventRecord.table)
            WHERE stream = \(stream) AND number > \(delivered ?? 0)
              AND name IN (\(list: handler.reactions.keys.sorted())) ORDER BY number LIMIT 2
            """)
    }

    /// Lets go of a stream, so that the next process need not wait for the claim to run out.
    func release(in tx: borrowing Transaction) throws {
        try tx.run(
            "UPDATE \(WorkTables.deliveries) SET claimed_until = NULL WHERE handler = \(handler) AND stream = \(stream)"
        )
    }

    /// Notes a failed attempt: try again later, or park the event when patience is at its end.
    func fail(with error: String, at now: Instant, in tx: borrowing Transaction) throws {
        let before: Int? = try tx.value(
            "SELECT attempts FROM \(WorkTables.deliveries) WHERE handler = \(handler) AND stream = \(stream)")
        let attempts = (before ?? 0) + 1
        let parkedAt: Instant? = attempts >= Dispatcher.patience ? now : nil
        try tx.run(
            """
            UPDATE \(WorkTables.deliveries)
            SET attempts = \(attempts), error = \(error), retry_at = \(now + Backoff.pause(after: attempts)),
                parked_at = \(parkedAt.sqlValue), claimed_until = NULL
            WHERE handler = \(handler) AND stream = \(stream)
            """)
    }
}

/// Growing pauses between attempts: 1 s, 2 s, 4 s … at most 10 minutes.
enum Backoff {
    static func pause(after attempts: Int) -> Duration {
        .seconds(min(600, 1 << min(max(attempts - 1, 0), 10)))
    }
}
