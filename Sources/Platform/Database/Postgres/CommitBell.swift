import CPostgres
import Foundation
import Synchronization

/// Tells of commits: observers in this process at once, other processes by NOTIFY on a connection of its own, which
/// also listens.
///
/// A NOTIFY inside of a business transaction would take a lock on the whole database while committing, so one is sent
/// afterwards for all commits of the last hundredth of a second.
final class CommitBell: Sendable {
    private struct State {
        var observers: [@Sendable () -> Void] = []
        var hasRung = false
        var isClosed = false
        var isListening = false
    }

    private static let interval = Duration.milliseconds(10)
    private let options: PostgresOptions
    private let state = Mutex(State())
    private let wake = WakePipe()
    /// Tells the process's own notifications from those of others.
    private let token = UUID().uuidString

    init(_ options: PostgresOptions) { self.options = options }

    func add(_ observer: @escaping @Sendable () -> Void) {
        let mustListen = state.withLock { state in
            state.observers.append(observer)
            defer { state.isListening = true }
            return !state.isListening && !state.isClosed
        }
        guard mustListen else { return }
        let thread = Thread { [self] in
            var failures = 0
            while !isClosed {
                if listen() { failures = 0 } else { failures += 1 }
                if !isClosed { wake.wait(on: nil, atMost: .milliseconds(100 << min(failures, 6))) }
            }
        }
        thread.name = "postgres-listen"
        thread.start()
    }

    /// Tells of a commit of this process.
    func ring() {
        let (observers, isFirst) = state.withLock { state in
            defer { state.hasRung = true }
            return (state.observers, !state.hasRung && state.isListening)
        }
        for observer in observers { observer() }
        if isFirst { wake.give() }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        wake.give()
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Listens until the connection breaks. Returns whether there was one.
    private func listen() -> Bool {
        guard let connection = options.connect() else { return false }
        defer { PQfinish(connection) }
        // What is notified is no business: it need not wait for the disk.
        guard PQstatus(connection) == CONNECTION_OK,
            run("SET synchronous_commit = off; LISTEN ruzhu_commits", on: connection)
        else { return false }
        // Something may have been missed while nobody listened.
        tell()
        var lastSent = ContinuousClock.now - Self.interval
        while !isClosed {
            let pause = Self.interval - (ContinuousClock.now - lastSent)
            let hasRung = state.withLock { state in
                guard pause <= .zero else { return state.hasRung }
                defer { state.hasRung = false }
                return state.hasRung
            }
            if hasRung, pause <= .zero {
                guard run("NOTIFY ruzhu_commits, '\(token)'", on: connection) else { return true }
                lastSent = ContinuousClock.now
                // One may have come in with the answer; then the socket has nothing to tell of it.
                if hasForeign(connection) { tell() }
            }
            wake.wait(on: PQsocket(connection), atMost: hasRung && pause > .zero ? pause : .seconds(30))
            guard PQconsumeInput(connection) == 1 else { return true }
            if hasForeign(connection) { tell() }
        }
        return true
    }

    private func hasForeign(_ connection: OpaquePointer) -> Bool {
        var isForeign = false
        while let notification = PQnotifies(connection) {
            if String(cString: notification.pointee.extra) != token { isForeign = true }
            PQfreemem(notification)
        }
        return isForeign
    }

    private func tell() {
        for observer in state.withLock({ $0.observers }) { observer() }
    }

    private func run(_ text: String, on connection: OpaquePointer) -> Bool {
        let answer = PQexec(connection, text)
        defer { PQclear(answer) }
        return PQresultStatus(answer) == PGRES_COMMAND_OK
    }
}
