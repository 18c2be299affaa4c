import Kernel

/// A receiver of the mall that hears of shops, and may fetch their data with keys of its own.
struct WebhookEndpoint: Sendable, Equatable {
    let id: ID<WebhookEndpoint>
    /// As it was entered; what it may be is judged again at each call.
    var address: String
    var description: String
    var events: Set<WebhookEvent>
    private(set) var state: State
    /// Since when nothing was taken; nil if the last message was.
    private(set) var failingSince: Instant?
    /// When a message used up its tries; nil if one was taken since.
    private(set) var gaveUpAt: Instant?
    let createdAt: Instant

    enum State: Sendable, Equatable {
        case on
        case off(OffReason, since: Instant)
    }

    enum OffReason: String, Sendable {
        /// Somebody switched it off.
        case byOperator = "operator"
        /// It answered 410: it wants no more messages.
        case gone
        /// Nothing was taken for `WebhookRetries.patience`, and a message used up its tries.
        case failing
    }

    init(
        id: ID<WebhookEndpoint>, address: String, description: String, events: Set<WebhookEvent>, state: State = .on,
        failingSince: Instant? = nil, gaveUpAt: Instant? = nil, createdAt: Instant
    ) {
        self.id = id
        self.address = address
        self.description = description
        self.events = events
        self.state = state
        self.failingSince = failingSince
        self.gaveUpAt = gaveUpAt
        self.createdAt = createdAt
    }

    var isOn: Bool { state == .on }

    mutating func switchOn() {
        guard !isOn else { return }
        (state, failingSince, gaveUpAt) = (.on, nil, nil)
    }

    mutating func switchOff(_ reason: OffReason, at now: Instant) {
        if isOn { state = .off(reason, since: now) }
    }

    /// Notes that a message was taken.
    mutating func noteSuccess() { (failingSince, gaveUpAt) = (nil, nil) }

    /// Notes that a try failed.
    mutating func noteFailure(_ failure: Failure, at now: Instant) {
        failingSince = failingSince ?? now
        switch failure {
        case .triedAgainLater: break
        case .gaveUp: gaveUpAt = now
        case .gone: switchOff(.gone, at: now)
        }
        switchOffIfWornOut(at: now)
    }

    enum Failure: Sendable {
        case triedAgainLater
        case gaveUp
        case gone
    }

    /// - Returns: whether it was switched off just now.
    @discardableResult
    mutating func switchOffIfWornOut(at now: Instant) -> Bool {
        guard isOn, gaveUpAt != nil, let failingSince, now.since(failingSince) >= WebhookRetries.patience else {
            return false
        }
        switchOff(.failing, at: now)
        return true
    }
}
