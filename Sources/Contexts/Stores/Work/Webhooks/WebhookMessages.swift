import CanonicalJSON
import Catalogue
import Database
import Kernel
import Work

/// Turns what happened to shops into messages, and sends each on its way to the endpoints that want it.
struct WebhookMessages: Sendable {
    let pack: @Sendable (_ hash: String) throws -> Pack
    /// The address under which people reach this site, without a slash at its end.
    let site: String
    private let stores = StoreStore()
    private let webhooks = WebhookStore()
    private let deliveries = DeliveryStore()

    init(pack: @escaping @Sendable (_ hash: String) throws -> Pack, site: String) {
        (self.pack, self.site) = (pack, site)
    }

    /// How long messages and what became of them are kept.
    static let last = Duration.seconds(90 * 86_400)

    /// There is one message for what an event tells of, so hearing it again changes nothing.
    var handler: EventHandler {
        EventHandler("stores.tell-mall")
            .on(StoreOpened.self) { delivery, now, tx in
                guard let store = try stores.find(delivery.event.store, in: tx) else { return }
                try send(
                    .shopOpened, of: "opened/\(store.id)", data: try opened(store), emittedAt: delivery.emittedAt,
                    at: now, in: tx)
            }
            .on(TurnoverReached.self) { delivery, now, tx in
                let event = delivery.event
                let data: JSONValue = [
                    "shop": .string(event.store.text), "year": .number(JSONNumber(Int64(event.year))),
                    "level": .string(event.level.rawValue),
                ]
                try send(
                    .turnoverReached, of: "turnover/\(event.store)/\(event.year)/\(event.level)", data: data,
                    emittedAt: delivery.emittedAt, at: now, in: tx)
            }
            .replayable()
    }

    private func opened(_ store: Store) throws -> JSONValue {
        [
            "shop": .string(store.id.text), "name": .string(store.name),
            "opened_at": .string(store.openedAt.iso8601), "subject": .string(store.subjectKind),
            "categories": .array(store.categories.map { .string($0) }),
            "data_url": .string(site + ShopPath.data(store.id)), "page_url": .string(site + ShopPath.page(store.id)),
            "licence_url": .string(site + ShopPath.licence(store.id)),
        ]
    }

    private func send(
        _ event: WebhookEvent, of subject: String, data: JSONValue, emittedAt: Instant, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        // Of older ones it is not known any more whether they were sent.
        guard now.since(emittedAt) < Self.last else { return }
        let message = WebhookMessage(event.rawValue, of: subject, data: data, at: emittedAt, id: .new(at: now))
        guard try deliveries.add(message, in: tx) else { return }
        for endpoint in try webhooks.endpoints(in: tx) where endpoint.isOn && endpoint.events.contains(event) {
            try begin(message, to: endpoint.id, at: now, in: tx)
        }
    }

    /// Sends a message on its way to an endpoint, or once more if it was.
    func begin(
        _ message: WebhookMessage, to endpoint: ID<WebhookEndpoint>, at now: Instant, in tx: borrowing Transaction
    ) throws {
        if var delivery = try deliveries.delivery(of: message.id, to: endpoint, in: tx) {
            // Waiting for its next try: that comes now.
            delivery.state = .waiting
            delivery.series += 1
            (delivery.tries, delivery.nextAt, delivery.changedAt) = (0, nil, now)
            try tx.update(delivery)
            try delivery.job.enqueue(at: now, in: tx)
        } else {
            let delivery = WebhookDelivery(
                id: .new(at: now), endpoint: endpoint, message: message.id, state: .waiting, series: 1, tries: 0,
                nextAt: nil, createdAt: now, changedAt: now)
            try tx.insert(delivery)
            try delivery.job.enqueue(at: now, in: tx)
        }
    }
}

extension WebhookMessage {
    /// `{"type", "timestamp", "data"}`, as Standard Webhooks recommends.
    init(_ event: String, of subject: String, data: JSONValue, at moment: Instant, id: ID<WebhookMessage>) {
        let body: JSONValue = [
            "type": .string(event), "timestamp": .string(moment.iso8601), "data": data,
        ]
        self.init(id: id, event: event, subject: subject, body: body.canonicalText, at: moment)
    }
}
