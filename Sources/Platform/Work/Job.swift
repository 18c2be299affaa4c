package import Database
package import Kernel

/// A kind of work that happens outside of transactions: a picture to read, a message to send. It may run twice.
package struct JobKind<Payload: Codable & Sendable>: Sendable {
    package let name: String

    package init(_ name: String) { self.name = name }
}

/// Does the jobs of one kind.
package struct JobHandler: Sendable {
    let kind: String
    let maximumAttempts: Int
    let run: @Sendable (String, Int) async throws -> Void
    let giveUp: @Sendable (String) async throws -> Void

    /// - Parameters:
    ///   - maximumAttempts: how often it is tried, with growing pauses, before it is given up and shown to operators.
    ///     An attempt counts from when it begins, so that a job which ends the process is not tried for ever.
    ///   - run: the work; the number is the attempt, from 1. It may throw `Later`.
    ///   - giveUp: called when no further attempt is made, again if it fails.
    package init<Payload>(
        _ kind: JobKind<Payload>, maximumAttempts: Int = 8,
        run: @escaping @Sendable (Payload, Int) async throws -> Void,
        giveUp: @escaping @Sendable (Payload) async throws -> Void = { _ in }
    ) {
        self.kind = kind.name
        self.maximumAttempts = maximumAttempts
        self.run = { text, attempt in try await run(try PayloadCoding.value(text, as: Payload.self), attempt) }
        self.giveUp = { text in try await giveUp(try PayloadCoding.value(text, as: Payload.self)) }
    }
}

/// Thrown by a job that can't be done now through no fault of its own: it runs again after the pause, and this attempt
/// does not count.
package struct Later: Error {
    package let pause: Duration

    package init(after pause: Duration) { self.pause = pause }
}

extension Transaction {
    /// Queues a job in this transaction.
    ///
    /// - Parameter key: while a job of this kind with this key is kept (waiting, or given up and shown to operators),
    ///   another is not added.
    package borrowing func enqueue<Payload>(
        _ kind: JobKind<Payload>, _ payload: Payload, key: String, at now: Instant
    ) throws {
        let text = try PayloadCoding.text(payload)
        try run(
            """
            INSERT INTO \(WorkTables.jobs) (id, kind, dedupe, payload, run_at, attempts, created_at)
            VALUES (\(ID<JobHandler>.new(at: now)), \(kind.name), \(key), \(text), \(now), \(0), \(now))
            ON CONFLICT (kind, dedupe) DO NOTHING
            """)
    }
}
