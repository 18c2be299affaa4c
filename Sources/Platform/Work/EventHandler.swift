package import Database
import Foundation
package import Kernel

/// A consequence in one context of what happened in another. Its effect and its cursor commit together, so each event
/// has its effect exactly once; what must reach the outside world becomes a job in the same transaction.
package struct EventHandler: Sendable {
    typealias Reaction = @Sendable (EventRecord, Instant, borrowing Transaction) throws -> Void

    /// Stable name, `context.what-it-does`: the cursor hangs on it.
    package let name: String
    private(set) var reactions: [String: Reaction] = [:]

    package init(_ name: String) { self.name = name }

    /// Adds what to do on one kind of event. The instant is the time of handling.
    package func on<E: Event>(
        _ type: E.Type, do body: @escaping @Sendable (Delivery<E>, Instant, borrowing Transaction) throws -> Void
    ) -> EventHandler {
        var handler = self
        handler.reactions[E.name] = { record, now, tx in
            let event = try JSONDecoder().decode(E.self, from: Data(record.payload.utf8))
            try body(Delivery(event: event, number: record.number, emittedAt: record.at), now, tx)
        }
        return handler
    }
}
