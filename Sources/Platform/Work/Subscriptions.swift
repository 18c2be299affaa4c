import Database

/// Which handlers want which events, of all processes: whoever sorts an event sorts it for handlers that run elsewhere too.
enum Subscriptions {
    /// Makes known what handlers want; what they wanted before and don't any more is forgotten.
    static func register(_ handlers: [String: EventHandler], in tx: borrowing Transaction) throws {
        let known = try all(in: tx)
        for (name, handler) in handlers.sorted(by: { $0.key < $1.key }) {
            let wanted = Set(handler.reactions.keys)
            let before = known[name] ?? []
            for event in before.subtracting(wanted).sorted() {
                try tx.run("DELETE FROM \(WorkTables.subscriptions) WHERE handler = \(name) AND event = \(event)")
            }
            for event in wanted.subtracting(before).sorted() {
                try tx.run(
                    """
                    INSERT INTO \(WorkTables.subscriptions) (handler, event) VALUES (\(name), \(event))
                    ON CONFLICT (handler, event) DO NOTHING
                    """)
            }
        }
    }

    /// The handlers that want an event, by its name.
    static func wishes(in tx: borrowing Transaction) throws -> [String: [String]] {
        var wishes: [String: [String]] = [:]
        for (handler, events) in try all(in: tx) { for event in events { wishes[event, default: []].append(handler) } }
        return wishes
    }

    /// The events that each handler wants.
    private static func all(in tx: borrowing Transaction) throws -> [String: Set<String>] {
        var all: [String: Set<String>] = [:]
        for row in try tx.rows("SELECT handler, event FROM \(WorkTables.subscriptions)") {
            all[try row.get("handler"), default: []].insert(try row.get("event"))
        }
        return all
    }
}
