package import Database
package import Kernel

/// Streams about something that is soon over, such as one sign-in. Most other streams tell the story of something that is
/// kept itself, and are kept as long; of these nobody will ask, and there are the most of them.
package enum PassingStreams {
    private static let most = 500

    /// Forgets the streams of a kind that began before a moment, as far as all their events were delivered; some at a
    /// time. A stream begins when its id was made.
    ///
    /// - Returns: how many were forgotten; fewer than before means that there are no more.
    @discardableResult
    package static func forget(kind: StaticString, before moment: Instant, in tx: borrowing Transaction) throws -> Int {
        var zero = NoChance()
        let first = EventStream(kind: kind, id: "").text
        let last = EventStream(kind: kind, id: ID<EventStream>.new(at: moment, using: &zero).text).text
        let bytes: SQL = "\(sqlite: "", postgres: "COLLATE \"C\"")"
        let streams = try tx.rows(
            """
            SELECT s.stream FROM \(WorkTables.streams) AS s
            WHERE s.stream \(bytes) >= \(first) AND s.stream \(bytes) < \(last)
              AND NOT EXISTS (
                SELECT 1 FROM \(WorkTables.subscriptions) AS h CROSS JOIN \(WorkTables.cursors) AS c
                WHERE c.handler = h.handler AND c.stream = s.stream AND c.delivered < c.head)
              AND NOT EXISTS (
                SELECT 1 FROM \(EventRecord.table) AS e WHERE e.stream = s.stream AND e.is_fanned = 0)
            ORDER BY s.stream \(bytes) LIMIT \(most)
            """
        ).map { try $0.get("stream", as: String.self) }
        guard !streams.isEmpty else { return 0 }
        var rows = JSONRows()
        for stream in streams { rows.add(stream) }
        try tx.run(
            """
            DELETE FROM \(WorkTables.cursors) WHERE (handler, stream) IN (
                SELECT h.handler, j.value->>0 FROM \(rows.source)
                CROSS JOIN (SELECT DISTINCT handler FROM \(WorkTables.subscriptions)) AS h)
            """)
        try tx.run(
            "DELETE FROM \(EventRecord.table) WHERE stream IN (SELECT j.value->>0 FROM \(rows.source))")
        try tx.run(
            "DELETE FROM \(WorkTables.streams) WHERE stream IN (SELECT j.value->>0 FROM \(rows.source))")
        return streams.count
    }
}

/// Makes the first id of a moment.
private struct NoChance: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0 }
}
