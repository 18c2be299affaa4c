import Synchronization

/// What time it is. Comes in as a value, so that tests can set it.
package protocol WallClock: Sendable {
    var now: Instant { get }
}

/// The machine's clock.
package struct SystemClock: WallClock {
    package init() {}

    package var now: Instant {
        let sinceEpoch = SystemTime.sinceEpoch()
        return Instant(milliseconds: sinceEpoch.milliseconds)
    }
}

/// A clock that moves only when told to.
package final class ManualClock: WallClock {
    private let moment: Mutex<Instant>

    package init(_ start: Instant = .example) { moment = Mutex(start) }

    package var now: Instant { moment.withLock { $0 } }

    /// Moves the clock forward.
    package func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
}
