import Database
import Kernel
import Synchronization

/// Tells handlers what waits for them and moves their cursors, all in one transaction.
struct Delivering: Sendable {
    let handlers: [String: EventHandler]
    let now: Instant
    /// Who threw. The error itself goes its way unchanged, because an engine must know its own.
    let culprit: Culprit

    /// Delivers to each cursor what waits behind it.
    ///
    /// - Parameter onlyOne: stops at the first event that a handler wants.
    /// - Returns: how often a handler was told something.
    /// - Throws: what a handler throws; `culprit` tells which.
    func run(_ cursors: [Cursor], onlyOne: Bool = false, in tx: borrowing Transaction) throws -> Int {
        culprit.cursor = nil
        guard !cursors.isEmpty else { return 0 }
        let waiting = try WaitingEvents(behind: cursors, in: tx)
        var moved = JSONRows()
        var told = 0
        for cursor in cursors {
            guard let handler = handlers[cursor.handler] else { continue }
            var (events, areAll) = waiting.events(of: cursor.stream)
            var delivered = cursor.delivered
            var next: Instant?
            for event in events where event.number > cursor.delivered {
                let reaction = handler.reactions[event.name]
                if reaction != nil, onlyOne, told > 0 {
                    (areAll, next) = (false, event.at)
                    break
                }
                if let reaction {
                    do {
                        try reaction(event, now, tx)
                    } catch {
                        culprit.cursor = cursor
                        throw error
                    }
                    told += 1
                }
                delivered = event.number
            }
            // Behind the last event there may be numbers whose events nobody keeps any more.
            if areAll { delivered = max(delivered, cursor.head) }
            moved.add(
                cursor.handler, cursor.stream, numbers: Int64(delivered), (next ?? now).milliseconds)
        }
        try move(moved, in: tx)
        return told
    }

    private func move(_ moved: JSONRows, in tx: borrowing Transaction) throws {
        guard moved.count > 0 else { return }
        try tx.run(
            """
            UPDATE \(WorkTables.cursors) AS c
            SET delivered = CAST(j.value->>2 AS BIGINT), due_since = CAST(j.value->>3 AS BIGINT),
                retry_at = \(now), attempts = 0, error = NULL, claim = NULL, claimed_until = NULL
            FROM \(moved.source) WHERE c.handler = j.value->>0 AND c.stream = j.value->>1
            """)
    }
}

/// The cursor at whose event a handler threw.
final class Culprit: Sendable {
    private let state = Mutex<Cursor?>(nil)

    var cursor: Cursor? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
