import Database
import Kernel

/// Tells cursors of new events: for each handler that wants one of them, its cursor in that stream becomes due.
///
/// A handler that is new to a stream begins with the event that brings it there: what happened before it existed is none
/// of its business.
struct Sorting: Sendable {
    /// The handlers that want an event, by its name.
    let wishes: [String: [String]]

    static let most = 500

    /// Sorts what is new, at most `most` events at a time.
    /// - Returns: how many events were sorted.
    func run(at now: Instant, in tx: borrowing Transaction) throws -> Int {
        let events = try Self.new(limit: Self.most, in: tx)
        guard !events.isEmpty else { return 0 }
        try tell(news(in: events), at: now, in: tx)
        try mark(events, in: tx)
        return events.count
    }

    /// What is new for whom, in one order everywhere: two processes never wait for each other's rows crosswise.
    func news(in events: [KeptEvent]) -> [News] {
        var news: [Place: News] = [:]
        for event in events {
            for handler in wishes[event.name] ?? [] {
                let place = Place(handler: handler, stream: event.stream)
                news[place, default: News(place: place)].events.append(event)
            }
        }
        return news.values.sorted { $0.place < $1.place }
    }

    /// Whether there is anything to sort.
    static func hasNew(in tx: borrowing Transaction) throws -> Bool {
        try tx.value("SELECT 1 FROM \(EventRecord.table) WHERE is_fanned = 0 LIMIT 1", as: Int.self) != nil
    }

    /// New events, from the first of each stream on: a handler that is new to a stream must not begin in the middle.
    static func new(limit: Int, in tx: borrowing Transaction) throws -> [KeptEvent] {
        try tx.rows(
            """
            SELECT stream, number, name, payload, at FROM \(EventRecord.table)
            WHERE is_fanned = 0 ORDER BY stream, number LIMIT \(limit)
            """
        ).map { try KeptEvent(row: $0) }
    }

    /// Makes cursors due.
    func tell(_ news: [News], at now: Instant, in tx: borrowing Transaction) throws {
        guard !news.isEmpty else { return }
        var rows = JSONRows()
        for new in news {
            rows.add(
                new.place.handler, new.place.stream,
                numbers: Int64(new.first - 1), Int64(new.head), new.since.milliseconds)
        }
        try tx.run(
            """
            INSERT INTO \(WorkTables.cursors) AS c (handler, stream, delivered, head, due_since, retry_at, attempts)
            SELECT j.value->>0, j.value->>1, CAST(j.value->>2 AS BIGINT), CAST(j.value->>3 AS BIGINT),
                   CAST(j.value->>4 AS BIGINT), CAST(\(now) AS BIGINT), 0
            FROM \(rows.source) WHERE 1 = 1
            ON CONFLICT (handler, stream) DO UPDATE SET
                due_since = CASE WHEN c.delivered < c.head THEN c.due_since ELSE excluded.due_since END,
                retry_at = CASE WHEN c.delivered < c.head THEN c.retry_at ELSE excluded.retry_at END,
                head = CASE WHEN c.head < excluded.head THEN excluded.head ELSE c.head END
            """)
    }

    /// Notes that events are sorted.
    func mark(_ events: [KeptEvent], in tx: borrowing Transaction) throws {
        var rows = JSONRows()
        for event in events { rows.add(event.stream, numbers: Int64(event.number)) }
        try tx.run(
            """
            UPDATE \(EventRecord.table) SET is_fanned = 1
            WHERE (stream, number) IN (
                SELECT j.value->>0, CAST(j.value->>1 AS BIGINT) FROM \(rows.source))
            """)
    }
}

/// One handler in one stream.
struct Place: Hashable, Comparable {
    let handler: String
    let stream: String

    static func < (left: Place, right: Place) -> Bool {
        left.stream == right.stream ? left.handler < right.handler : left.stream < right.stream
    }
}

/// New events for one handler in one stream, in their order.
struct News {
    let place: Place
    var events: [KeptEvent] = []

    var first: Int { events.first?.number ?? 1 }
    var head: Int { events.last?.number ?? 0 }
    var since: Instant { events.first?.at ?? Instant(milliseconds: 0) }
}
