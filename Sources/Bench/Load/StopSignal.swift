@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Turns SIGTERM into a wish: what is under way is still answered and counted.
final class StopSignal: Sendable {
    private let asked = Atomic(false)
    private let source: any DispatchSourceSignal

    init() {
        signal(SIGTERM, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        source.setEventHandler { [weak self] in self?.asked.store(true, ordering: .relaxed) }
        source.resume()
    }

    var isAsked: Bool { asked.load(ordering: .relaxed) }
}
