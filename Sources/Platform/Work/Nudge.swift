import Synchronization

/// A hint that there may be work, for one waiter. Many hints in a row count as one.
final class Nudge: Sendable {
    private struct State {
        var isHinted = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func give() {
        let waiter = state.withLock { state in
            state.isHinted = state.waiter == nil
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Waits for a hint, but no longer than `longest`: a hint may be lost, the work may not.
    func wait(atMost longest: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.hint() }
            group.addTask { try? await Task.sleep(for: longest) }
            await group.next()
            group.cancelAll()
        }
    }

    private func hint() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    // A cancellation that came before the waiter was noted finds nobody to wake.
                    if state.isHinted || Task.isCancelled {
                        state.isHinted = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }
}
