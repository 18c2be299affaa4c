import Database
import Kernel

/// Tells handlers of new events without making their cursors due first: for the one writer, whom nobody can overtake.
/// Most events go this way. A cursor that something waits behind already only learns that there is more.
struct PromptDelivery: Sendable {
    let sorting: Sorting
    let delivering: Delivering

    /// New events of one round.
    private static let most = 32

    /// Delivers what is new, some events at a time.
    ///
    /// - Returns: how many events were new, and how often a handler was told of one.
    /// - Throws: what a handler throws; `culprit` tells which.
    func run(in tx: borrowing Transaction) throws -> (events: Int, told: Int) {
        delivering.culprit.cursor = nil
        let events = try Sorting.new(limit: Self.most, in: tx)
        guard !events.isEmpty else { return (0, 0) }
        let news = sorting.news(in: events)
        let cursors = try CursorState.known(at: news.map(\.place), in: tx)
        var later: [News] = []
        var moved = JSONRows()
        var told = 0
        for new in news {
            let cursor = cursors[new.place]
            // A handler that runs in another process is left to it.
            guard delivering.handlers[new.place.handler] != nil, cursor?.isIdle ?? true else {
                later.append(new)
                continue
            }
            told += try delivering.tell(new, after: cursor?.delivered ?? 0, in: tx)
            moved.add(
                new.place.handler, new.place.stream,
                numbers: Int64(max(new.head, cursor?.delivered ?? 0)), new.since.milliseconds)
        }
        try move(moved, in: tx)
        try sorting.tell(later, at: delivering.now, in: tx)
        try sorting.mark(events, in: tx)
        return (events.count, told)
    }

    private func move(_ moved: JSONRows, in tx: borrowing Transaction) throws {
        guard moved.count > 0 else { return }
        try tx.run(
            """
            INSERT INTO \(WorkTables.cursors) (handler, stream, delivered, head, due_since, retry_at, attempts)
            SELECT j.value->>0, j.value->>1, j.value->>2, j.value->>2, j.value->>3, j.value->>3, 0
            FROM \(moved.source) WHERE 1 = 1
            ON CONFLICT (handler, stream) DO UPDATE SET delivered = excluded.delivered, head = excluded.head
            """)
    }
}

extension Delivering {
    fileprivate func tell(_ new: News, after delivered: Int, in tx: borrowing Transaction) throws -> Int {
        guard let handler = handlers[new.place.handler] else { return 0 }
        var told = 0
        for event in new.events where event.number > delivered {
            guard let reaction = handler.reactions[event.name] else { continue }
            do {
                try reaction(event, now, tx)
            } catch {
                culprit.cursor = Cursor(
                    handler: new.place.handler, stream: new.place.stream, delivered: delivered, head: new.head)
                throw error
            }
            told += 1
        }
        return told
    }
}

/// How a cursor stands that may already be known.
private struct CursorState {
    let delivered: Int
    /// Nothing waits behind it.
    let isIdle: Bool

    static func known(at places: [Place], in tx: borrowing Transaction) throws -> [Place: CursorState] {
        guard !places.isEmpty else { return [:] }
        var wanted = JSONRows()
        for place in places { wanted.add(place.handler, place.stream) }
        let rows = try tx.rows(
            """
            SELECT c.handler, c.stream, c.delivered, c.delivered >= c.head AND c.claim IS NULL AS is_idle
            FROM \(wanted.source) CROSS JOIN \(WorkTables.cursors) AS c
            WHERE c.handler = j.value->>0 AND c.stream = j.value->>1
            """)
        var known: [Place: CursorState] = [:]
        for row in rows {
            known[Place(handler: try row.get("handler"), stream: try row.get("stream"))] = CursorState(
                delivered: try row.get("delivered"), isIdle: try row.get("is_idle"))
        }
        return known
    }
}
