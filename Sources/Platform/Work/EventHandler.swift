package import Database
package import Kernel

/// A consequence in one context of what happened in another. Its effect and its cursor commit together, so each event
/// has its effect exactly once; what must reach the outside world becomes a job in the same transaction.
package struct EventHandler: Sendable {
    typealias Reaction = @Sendable (KeptEvent, Instant, borrowing Transaction) throws -> Void

    /// Stable name, `context.what-it-does`: the cursor hangs on it.
    package let name: String
    private(set) var reactions: [String: Reaction] = [:]
    private(set) var isReplayable = false

    package init(_ name: String) { self.name = name }

    /// Adds what to do on one kind of event. The instant is the time of handling.
    package func on<E: Event>(
        _ type: E.Type, do body: @escaping @Sendable (Delivery<E>, Instant, borrowing Transaction) throws -> Void
    ) -> EventHandler {
        var handler = self
        handler.reactions[E.name] = { kept, now, tx in
            try body(Delivery(event: try kept.read(as: E.self), number: kept.number, emittedAt: kept.at), now, tx)
        }
        return handler
    }

    /// Declares that what this handler does may be done again: the same events, told once more in their order, leave the
    /// same rows. Operators may then have events told again, as when rows must be rebuilt.
    package func replayable() -> EventHandler {
        var handler = self
        handler.isReplayable = true
        return handler
    }
}
