import Sealing
import Synchronization

/// The submissions that were opened last. What was handed in never changes, and each stage opens it again within moments.
///
/// Whoever asks must have found the owner's key first: after it was destroyed, nothing is read from here.
final class SubmissionShelf: Sendable {
    private struct State {
        var opened: [String: (fact: FrozenFact, submission: Submission)] = [:]
        var order: [String] = []
    }

    private static let most = 64
    private let state = Mutex(State())

    /// What a fact said when it was opened; nil if it was not, or if any of its bytes is another.
    subscript(fact: FrozenFact) -> Submission? {
        state.withLock { $0.opened[fact.digest] }.flatMap { $0.fact == fact ? $0.submission : nil }
    }

    func keep(_ submission: Submission, of fact: FrozenFact) {
        state.withLock { state in
            if state.opened.updateValue((fact, submission), forKey: fact.digest) == nil {
                state.order.append(fact.digest)
            }
            if state.order.count > Self.most { state.opened[state.order.removeFirst()] = nil }
        }
    }
}
