import Kernel
import Synchronization

/// Spares a service that does not answer: after some failures in a row nobody tries for a while, then one does.
final class Breaker: Sendable {
    private struct State {
        var failures = 0
        var restsUntil: Instant?
    }

    private let state = Mutex(State())
    private let patience: Int
    private let rest: Duration

    init(patience: Int = 5, rest: Duration = .seconds(30)) {
        self.patience = patience
        self.rest = rest
    }

    /// Whether to try now. After the rest only the first who asks may, until it is known how that went.
    func admit(at now: Instant) -> Bool {
        state.withLock { state in
            guard let end = state.restsUntil else { return true }
            guard now >= end else { return false }
            state.restsUntil = now + rest
            return true
        }
    }

    func noteAnswer() { state.withLock { $0 = State() } }

    func noteSilence(at now: Instant) {
        state.withLock { state in
            state.failures += 1
            if state.failures >= patience { state.restsUntil = now + rest }
        }
    }
}
