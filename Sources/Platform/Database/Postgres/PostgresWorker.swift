import Foundation

/// Does the work of one thread: connects when there is something to do, and runs closures until they succeed, fail, or
/// have been tried for long enough.
///
/// A closure may be run again as long as COMMIT was not sent. Once it was, and the connection was lost, nobody knows
/// whether it took effect: the caller is told so, and decides.
final class PostgresWorker {
    private let options: PostgresOptions
    private var session: PostgresSession?

    init(_ options: PostgresOptions) { self.options = options }

    func disconnect() { session = nil }

    func read<Value>(
        until deadline: ContinuousClock.Instant, _ body: (borrowing Transaction) throws -> Value
    ) throws -> Value {
        try persevere(deadline) { try $0.read(body) }
    }

    func write<Value>(
        until deadline: ContinuousClock.Instant, _ body: (borrowing Transaction) throws -> Value
    ) throws -> (value: Value, hasChanged: Bool) {
        if options.isRehearsing {
            try connected(until: deadline).rehearse(body)
            dropIfLost()
        }
        return try persevere(deadline) { try $0.write(body) }
    }

    func runAlone(until deadline: ContinuousClock.Instant, _ text: String) throws {
        defer { dropIfLost() }
        do {
            try connected(until: deadline).runAlone(text)
        } catch let fault as PostgresFault {
            throw fault.told
        }
    }

    private func persevere<Value>(
        _ deadline: ContinuousClock.Instant, _ attempt: (PostgresSession) throws -> Value
    ) throws -> Value {
        let end = ContinuousClock.now + options.persistence
        var attempts = 0
        while true {
            let session = try connected(until: deadline)
            do {
                defer { dropIfLost() }
                return try attempt(session)
            } catch let fault as PostgresFault {
                attempts += 1
                switch fault.kind {
                case .conflict: Self.pause(after: attempts, longest: 0.1)
                case .lost:
                    disconnect()
                    Self.pause(after: attempts, longest: 0.5)
                case .stale: if attempts > 3 { throw fault }
                case .constraint, .timeout, .full, .overloaded, .unavailable, .other: throw fault
                }
                guard attempts < options.attempts, ContinuousClock.now < end else { throw fault.told }
            }
        }
    }

    private func dropIfLost() {
        if session?.isLost == true { disconnect() }
    }

    private func connected(until deadline: ContinuousClock.Instant) throws -> PostgresSession {
        if let session { return session }
        var attempts = 0
        while true {
            do {
                let opened = try PostgresSession(options)
                session = opened
                return opened
            } catch let unreachable as PostgresDatabase.Unreachable {
                attempts += 1
                guard ContinuousClock.now < deadline else { throw unreachable }
                Self.pause(after: attempts, longest: 1)
            }
        }
    }

    /// Waits for about 1 ms, 2 ms, 4 ms …, with so much chance that two who met don't meet again.
    private static func pause(after attempts: Int, longest: Double) {
        let ceiling = min(longest, 0.001 * Double(1 << min(attempts - 1, 16)))
        Thread.sleep(forTimeInterval: Double.random(in: 0...ceiling))
    }
}
