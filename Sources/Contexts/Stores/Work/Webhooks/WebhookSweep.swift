import Database
import Kernel

/// Forgets old messages and ended secrets, and switches endpoints off to which nothing could be brought for days.
struct WebhookSweep: Sendable {
    let database: any Database
    let clock: any WallClock
    private let webhooks = WebhookStore()
    private let deliveries = DeliveryStore()

    init(database: any Database, clock: any WallClock) { (self.database, self.clock) = (database, clock) }

    /// How many endpoints need somebody to look: those that nothing reaches, and those that went off by themselves.
    func failing() async throws -> Int {
        try await database.read { [webhooks] tx in
            try webhooks.endpoints(in: tx).filter { endpoint in
                switch endpoint.state {
                case .on: endpoint.gaveUpAt != nil
                case .off(.byOperator, _): false
                case .off(.gone, _), .off(.failing, _): true
                }
            }.count
        }
    }

    /// One round, in small transactions.
    func run() async throws {
        let now = clock.now
        try await database.write { [webhooks] tx in
            for var endpoint in try webhooks.endpoints(in: tx) where endpoint.switchOffIfWornOut(at: now) {
                try webhooks.save(endpoint, in: tx)
            }
            try webhooks.forgetSecrets(endedAt: now, in: tx)
        }
        for _ in 0..<20 {
            let forgotten = try await database.write { [deliveries] tx in
                try deliveries.forget(before: now - WebhookMessages.last, in: tx)
            }
            if forgotten == 0 { break }
        }
    }
}
