import Database
import Kernel

/// How far one handler has come in one stream.
struct Cursor: Sendable, Equatable {
    let handler: String
    let stream: String
    /// The last event that it needs no more.
    let delivered: Int
    /// The last event that it should hear of.
    let head: Int

    init(handler: String, stream: String, delivered: Int, head: Int) {
        self.handler = handler
        self.stream = stream
        self.delivered = delivered
        self.head = head
    }

    init(row: Row) throws {
        handler = try row.get("handler")
        stream = try row.get("stream")
        delivered = try row.get("delivered")
        head = try row.get("head")
    }

    /// This cursor's row and no other.
    var row: SQL { "handler = \(handler) AND stream = \(stream)" }
}

/// The hold of one process on cursors that it has taken: whoever takes them later has another one, and this process then
/// finds its own gone (a fencing token). Only engines with several writers need it.
struct Hold: Sendable {
    let token: String

    static let length = Duration.seconds(60)

    init(at now: Instant) { token = ID<Hold>.new(at: now).text }
}

/// Which cursors have something to deliver that this process may deliver now.
struct DueCursors: Sendable {
    let handlers: [String]
    let now: Instant

    enum Kind {
        /// Nothing speaks against delivering them together.
        case calm
        /// The last attempt failed, or never came to an end.
        case suspect
        case any
    }

    /// Those that were due first come first. On engines with several writers the rows are locked, and those that others
    /// have locked are left out.
    func take(_ kind: Kind, limit: Int, in tx: borrowing Transaction) throws -> [Cursor] {
        guard !handlers.isEmpty, limit > 0 else { return [] }
        return try tx.rows(
            """
            SELECT handler, stream, delivered, head FROM \(WorkTables.cursors)
            WHERE \(condition(kind)) ORDER BY retry_at LIMIT \(limit)
            \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
            """
        ).map { try Cursor(row: $0) }
    }

    /// The same without locks.
    func look(_ kind: Kind, limit: Int, in tx: borrowing Transaction) throws -> [Cursor] {
        guard !handlers.isEmpty, limit > 0 else { return [] }
        return try tx.rows(
            """
            SELECT handler, stream, delivered, head FROM \(WorkTables.cursors)
            WHERE \(condition(kind)) ORDER BY retry_at LIMIT \(limit)
            """
        ).map { try Cursor(row: $0) }
    }

    /// The plus keeps SQLite from looking through all cursors of a handler: few are due, and an index knows them.
    /// A pause or a hold that ends later than any can was set by a clock that ran ahead: it counts as over.
    private func condition(_ kind: Kind) -> SQL {
        let which: SQL =
            switch kind {
            case .calm: "AND attempts = 0 AND claim IS NULL"
            case .suspect: "AND (attempts > 0 OR claim IS NOT NULL)"
            case .any: ""
            }
        return """
            delivered < head AND parked_at IS NULL
            AND (retry_at <= \(now) OR retry_at > \(now + Backoff.longest))
            AND (claimed_until IS NULL OR claimed_until <= \(now) OR claimed_until > \(now + Hold.length))
            AND \(sqlite: "+handler", postgres: "handler") IN (\(list: handlers)) \(which)
            """
    }
}

extension Transaction {
    /// Takes hold of cursors.
    borrowing func hold(_ cursors: [Cursor], by hold: Hold, at now: Instant) throws {
        guard !cursors.isEmpty else { return }
        try run(
            """
            UPDATE \(WorkTables.cursors) SET claim = \(hold.token), claimed_until = \(now + Hold.length)
            WHERE (handler, stream) IN (SELECT j.value->>0, j.value->>1 FROM \(cursors.rows.source))
            """)
    }

    /// Lets go of cursors that are still held.
    borrowing func release(_ cursors: [Cursor], by hold: Hold) throws {
        guard !cursors.isEmpty else { return }
        try run(
            """
            UPDATE \(WorkTables.cursors) SET claim = NULL, claimed_until = NULL
            WHERE claim = \(hold.token)
              AND (handler, stream) IN (SELECT j.value->>0, j.value->>1 FROM \(cursors.rows.source))
            """)
    }

    /// Reads cursors anew, as far as they are still held; their rows are locked until the transaction ends.
    borrowing func held(_ cursors: [Cursor], by hold: Hold?) throws -> [Cursor] {
        let condition: SQL = hold.map { "AND c.claim = \($0.token)" } ?? ""
        return try rows(
            """
            SELECT c.handler, c.stream, c.delivered, c.head
            FROM \(cursors.rows.source) CROSS JOIN \(WorkTables.cursors) AS c
            WHERE c.handler = j.value->>0 AND c.stream = j.value->>1 AND c.delivered < c.head
              AND c.parked_at IS NULL \(condition) \(sqlite: "", postgres: "FOR UPDATE OF c")
            """
        ).map { try Cursor(row: $0) }
    }
}

extension [Cursor] {
    fileprivate var rows: JSONRows {
        var rows = JSONRows()
        for cursor in self { rows.add(cursor.handler, cursor.stream) }
        return rows
    }
}

/// Growing pauses between attempts: 1 s, 2 s, 4 s … at most 10 minutes.
enum Backoff {
    static let longest = Duration.seconds(600)

    static func pause(after attempts: Int) -> Duration {
        min(longest, .seconds(1 << Swift.min(Swift.max(attempts - 1, 0), 10)))
    }
}
