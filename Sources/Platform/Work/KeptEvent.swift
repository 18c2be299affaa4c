import Database
import Kernel

/// An event as it was kept. It is read from its text once, however many handlers hear of it.
final class KeptEvent {
    let stream: String
    let number: Int
    let name: String
    let at: Instant
    private let payload: String
    private var event: (any Event)?

    init(row: Row) throws {
        stream = try row.get("stream")
        number = try row.get("number")
        name = try row.get("name")
        payload = try row.get("payload")
        at = try row.get("at")
    }

    func read<E: Event>(as type: E.Type) throws -> E {
        if let event = event as? E { return event }
        let event = try PayloadCoding.value(payload, as: E.self)
        self.event = event
        return event
    }
}

/// The events that wait behind some cursors, in the order of their streams.
struct WaitingEvents {
    private let streams: [String: [KeptEvent]]
    /// The stream at whose middle the reading stopped, if there were too many.
    private let partial: String?

    private static let most = 1_000

    /// Reads what waits behind `cursors`. What is too much for one reading is left for the next.
    init(behind cursors: [Cursor], in tx: borrowing Transaction) throws {
        var starts: [String: Int] = [:]
        for cursor in cursors { starts[cursor.stream] = min(starts[cursor.stream] ?? .max, cursor.delivered) }
        var wanted = JSONRows()
        for (stream, after) in starts { wanted.add(stream, numbers: Int64(after)) }
        let rows = try tx.rows(
            """
            SELECT e.stream, e.number, e.name, e.payload, e.at
            FROM \(wanted.source) CROSS JOIN \(EventRecord.table) AS e
            WHERE e.stream = j.value->>0 AND e.number > CAST(j.value->>1 AS BIGINT)
            ORDER BY e.stream, e.number LIMIT \(Self.most)
            """)
        let events = try rows.map { try KeptEvent(row: $0) }
        streams = Dictionary(grouping: events, by: \.stream)
        partial = events.count < Self.most ? nil : events.last?.stream
    }

    /// What waits in a stream, and whether that is all.
    func events(of stream: String) -> (events: [KeptEvent], areAll: Bool) {
        let events = streams[stream] ?? []
        guard let partial else { return (events, true) }
        return (events, stream != partial && !events.isEmpty)
    }
}
