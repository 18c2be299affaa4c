package import Database
package import Kernel

/// Something that happened, told to the contexts downstream. Payloads carry ids and sealed values, never personal data.
package protocol Event: Codable, Sendable {
    /// Stable name, `context.past_tense`.
    static var name: String { get }
    /// Events of one stream reach each handler in the order in which they were emitted.
    var stream: EventStream { get }
}

/// What keeps its events in order: one application, one sign-in.
package struct EventStream: Hashable, Sendable {
    package let text: String

    package init(kind: StaticString, id: String) { text = "\(kind)/\(id)" }

    /// A stream whose text was kept.
    package init(text: String) { self.text = text }
}

/// An event as a handler receives it.
package struct Delivery<E: Event>: Sendable {
    package let event: E
    /// Position in its stream, from 1.
    package let number: Int
    package let emittedAt: Instant
}

extension Transaction {
    /// Appends an event in this transaction: it is told if, and only if, the transaction commits.
    ///
    /// The number comes from the stream's own row, whose lock puts events of one stream into commit order.
    package borrowing func emit(_ event: some Event, at now: Instant) throws {
        let payload = try PayloadCoding.text(event)
        let number: Int? = try value(
            """
            INSERT INTO \(WorkTables.streams) (stream, head) VALUES (\(event.stream.text), 1)
            ON CONFLICT (stream) DO UPDATE SET head = \(WorkTables.streams).head + 1 RETURNING head
            """)
        let record = EventRecord(
            stream: event.stream.text, number: number ?? 1, name: type(of: event).name, payload: payload, at: now,
            isFanned: false)
        try insert(record)
    }
}
