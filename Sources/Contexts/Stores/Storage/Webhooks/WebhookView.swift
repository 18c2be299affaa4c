import Database
import Kernel

/// All that an operator sees of one endpoint.
struct WebhookView: Sendable {
    let endpoint: WebhookEndpoint
    let secrets: [WebhookSecretRecord]
    let keys: [PartnerKeyRecord]
    let deliveries: [Delivery]
    /// From where the next page begins; nil on the last.
    let next: ID<WebhookDelivery>?
    let acts: [Act]

    struct Delivery: Sendable {
        let delivery: WebhookDelivery
        let message: WebhookMessage
        /// The newest first.
        let attempts: [WebhookAttempt]
    }

    struct Act: Sendable {
        let act: WebhookActRecord
        /// What the operator is called.
        let name: String
    }

    private static let perPage = 20

    init(
        of id: ID<WebhookEndpoint>, before: ID<WebhookDelivery>?, at now: Instant,
        staffName: (_ person: String, borrowing Transaction) throws -> String, in tx: borrowing Transaction
    ) throws {
        let (webhooks, store) = (WebhookStore(), DeliveryStore())
        guard let endpoint = try webhooks.endpoint(id, in: tx) else { throw Problem.notFound }
        self.endpoint = endpoint
        secrets = try webhooks.secrets(of: id, at: now, in: tx)
        keys = try webhooks.keys(of: id, in: tx)
        let found = try store.deliveries(to: id, before: before, limit: Self.perPage + 1, in: tx)
        let shown = found.prefix(Self.perPage)
        next = found.count > Self.perPage ? shown.last?.delivery.id : nil
        let attempts = Dictionary(
            grouping: try store.attempts(of: shown.map(\.delivery.id), in: tx), by: \.delivery)
        deliveries = shown.map {
            Delivery(delivery: $0.delivery, message: $0.message, attempts: attempts[$0.delivery.id] ?? [])
        }
        var acts: [Act] = []
        for act in try webhooks.acts(of: id, in: tx) { acts.append(Act(act: act, name: try staffName(act.person, tx))) }
        self.acts = acts
    }
}
