import CanonicalJSON
import Database
import Kernel
import Sealing
import Work

/// What operators do with endpoints; each act is noted with who did it.
struct WebhookDesk: Sendable {
    let vault: Vault
    let allowed: AllowedHosts
    let messages: WebhookMessages
    private let webhooks = WebhookStore()
    private let deliveries = DeliveryStore()

    init(vault: Vault, allowed: AllowedHosts, messages: WebhookMessages) {
        (self.vault, self.allowed, self.messages) = (vault, allowed, messages)
    }

    static let mostEndpoints = 50
    /// Secrets that sign side by side.
    static let mostSecrets = 3
    static let mostKeys = 10
    /// A replay of a time takes so many messages at once.
    static let mostReplayed = 500

    /// For how long an old secret goes on signing beside its successor.
    enum Overlap: String, Sendable, CaseIterable {
        case none
        case day
        case week

        var duration: Duration {
            switch self {
            case .none: .zero
            case .day: .seconds(86_400)
            case .week: .seconds(7 * 86_400)
            }
        }

        var label: String {
            switch self {
            case .none: "立即停用旧密钥（已经泄露时）"
            case .day: "24 小时"
            case .week: "7 天"
            }
        }
    }

    /// Who does it, and when.
    struct Hand: Sendable {
        let person: String
        let now: Instant
    }

    /// What an operator enters.
    struct Entry: Sendable {
        let address: WebhookAddress
        let description: String
        let events: Set<WebhookEvent>
    }

    /// - Parameters:
    ///   - id, secret, secretID: made before the transaction, so that what is shown is what was kept.
    func create(
        _ entry: Entry, id: ID<WebhookEndpoint>, secret: WebhookSecret, secretID: ID<WebhookSecret>, by hand: Hand,
        in tx: borrowing Transaction
    ) throws {
        guard try webhooks.endpoints(in: tx).count < Self.mostEndpoints else { throw WebhookRefusal.tooManyEndpoints }
        let endpoint = WebhookEndpoint(
            id: id, address: entry.address.text, description: entry.description, events: entry.events,
            createdAt: hand.now)
        try webhooks.save(endpoint, in: tx)
        try add(secret, as: secretID, to: id, at: hand.now, in: tx)
        try webhooks.note(.create, on: id, by: hand.person, detail: entry.address.text, at: hand.now, in: tx)
    }

    func change(_ id: ID<WebhookEndpoint>, to entry: Entry, by hand: Hand, in tx: borrowing Transaction) throws {
        var endpoint = try find(id, in: tx)
        let before = endpoint
        endpoint.address = entry.address.text
        endpoint.description = entry.description
        endpoint.events = entry.events
        guard endpoint != before else { return }
        try webhooks.save(endpoint, in: tx)
        let events = entry.events.map(\.rawValue).sorted().joined(separator: ", ")
        try webhooks.note(
            .change, on: id, by: hand.person, detail: "\(entry.address.text) \(events)", at: hand.now, in: tx)
    }

    func turn(_ id: ID<WebhookEndpoint>, on isOn: Bool, by hand: Hand, in tx: borrowing Transaction) throws {
        var endpoint = try find(id, in: tx)
        guard endpoint.isOn != isOn else { return }
        if isOn { endpoint.switchOn() } else { endpoint.switchOff(.byOperator, at: hand.now) }
        try webhooks.save(endpoint, in: tx)
        try webhooks.note(isOn ? .on : .off, on: id, by: hand.person, at: hand.now, in: tx)
    }

    /// Adds a secret; those before go on signing for a while.
    func rotate(
        _ id: ID<WebhookEndpoint>, to secret: WebhookSecret, as secretID: ID<WebhookSecret>, overlap: Overlap,
        by hand: Hand, in tx: borrowing Transaction
    ) throws {
        _ = try find(id, in: tx)
        let end = hand.now + overlap.duration
        try webhooks.endSecrets(of: id, at: end, in: tx)
        guard try webhooks.secrets(of: id, at: hand.now, in: tx).count < Self.mostSecrets else {
            throw WebhookRefusal.tooManySecrets
        }
        try add(secret, as: secretID, to: id, at: hand.now, in: tx)
        try webhooks.note(
            .rotate, on: id, by: hand.person, detail: "旧密钥停用于 \(end.shortChinese)", at: hand.now, in: tx)
    }

    func addKey(
        _ key: PartnerKey, as keyID: ID<PartnerKey>, label: String, to id: ID<WebhookEndpoint>, by hand: Hand,
        in tx: borrowing Transaction
    ) throws {
        _ = try find(id, in: tx)
        guard try webhooks.keys(of: id, in: tx).filter({ $0.endedAt == nil }).count < Self.mostKeys else {
            throw WebhookRefusal.tooManyKeys
        }
        try tx.insert(
            PartnerKeyRecord(
                id: keyID, endpoint: id, label: label, digest: key.digest, createdAt: hand.now, usedAt: nil,
                endedAt: nil))
        try webhooks.note(.addKey, on: id, by: hand.person, detail: label, at: hand.now, in: tx)
    }

    func endKey(
        _ key: ID<PartnerKey>, of id: ID<WebhookEndpoint>, by hand: Hand, in tx: borrowing Transaction
    ) throws {
        guard let record = try webhooks.keys(of: id, in: tx).first(where: { $0.id == key }) else {
            throw Problem.notFound
        }
        guard try webhooks.endKey(key, of: id, at: hand.now, in: tx) else { return }
        try webhooks.note(.endKey, on: id, by: hand.person, detail: record.label, at: hand.now, in: tx)
    }

    /// Sends a message that tells of nothing.
    func test(_ id: ID<WebhookEndpoint>, by hand: Hand, in tx: borrowing Transaction) throws {
        guard try find(id, in: tx).isOn else { throw WebhookRefusal.isOff }
        let message = ID<WebhookMessage>.new(at: hand.now)
        let test = WebhookMessage(
            WebhookEvent.test, of: "test/\(message)", data: ["endpoint": .string(id.text)], at: hand.now, id: message)
        guard try deliveries.add(test, in: tx) else { return }
        try messages.begin(test, to: id, at: hand.now, in: tx)
        try webhooks.note(.test, on: id, by: hand.person, detail: test.webhookID, at: hand.now, in: tx)
    }

    /// Sends one message once more, under the same id.
    func replay(
        _ delivery: ID<WebhookDelivery>, of id: ID<WebhookEndpoint>, by hand: Hand, in tx: borrowing Transaction
    ) throws {
        guard try find(id, in: tx).isOn else { throw WebhookRefusal.isOff }
        guard let delivery = try deliveries.delivery(delivery, in: tx), delivery.endpoint == id,
            let message = try deliveries.message(delivery.message, in: tx)
        else { throw Problem.notFound }
        try messages.begin(message, to: id, at: hand.now, in: tx)
        try webhooks.note(.replay, on: id, by: hand.person, detail: message.webhookID, at: hand.now, in: tx)
    }

    /// Sends the messages of a time once more, each under the same id, those too that the endpoint never was to hear
    /// of because it was off or not there yet.
    ///
    /// - Parameter isAll: also what was taken; else only what was not.
    /// - Returns: how many were begun.
    func replay(
        _ range: Range<Instant>, all isAll: Bool, of id: ID<WebhookEndpoint>, by hand: Hand,
        in tx: borrowing Transaction
    ) throws -> Int {
        let endpoint = try find(id, in: tx)
        guard endpoint.isOn else { throw WebhookRefusal.isOff }
        var begun = 0
        var last: ID<WebhookMessage>?
        while begun < Self.mostReplayed {
            let some = try deliveries.messages(
                of: endpoint.events.map(\.rawValue).sorted(), from: range.lowerBound, to: range.upperBound, after: last,
                limit: 200, in: tx)
            for message in some where begun < Self.mostReplayed {
                last = message.id
                let state = try deliveries.delivery(of: message.id, to: id, in: tx)?.state
                if state == .waiting || (state == .delivered && !isAll) { continue }
                try messages.begin(message, to: id, at: hand.now, in: tx)
                begun += 1
            }
            if some.count < 200 { break }
        }
        let end = range.upperBound
        try webhooks.note(
            .replayRange, on: id, by: hand.person,
            detail: "\(range.lowerBound.shortChinese) – \(end.shortChinese)，\(isAll ? "全部" : "没送到的") \(begun) 条",
            at: hand.now, in: tx)
        return begun
    }

    private func find(_ id: ID<WebhookEndpoint>, in tx: borrowing Transaction) throws -> WebhookEndpoint {
        guard let endpoint = try webhooks.endpoint(id, in: tx) else { throw Problem.notFound }
        return endpoint
    }

    private func add(
        _ secret: WebhookSecret, as id: ID<WebhookSecret>, to endpoint: ID<WebhookEndpoint>, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let key = try vault.key(for: endpoint.keyOwner, at: now, in: tx)
        try tx.insert(
            WebhookSecretRecord(
                id: id, endpoint: endpoint,
                secret: try key.seal(secret.text.reveal(), place: WebhookSecret.place, row: id.text), createdAt: now,
                endsAt: nil))
    }
}

/// Why something can't be done with an endpoint. The raw value is the stable code.
enum WebhookRefusal: String, ProblemConvertible {
    case tooManyEndpoints = "webhook.too_many_endpoints"
    case tooManySecrets = "webhook.too_many_secrets"
    case tooManyKeys = "webhook.too_many_keys"
    case isOff = "webhook.is_off"

    var problem: Problem {
        let (title, hint) =
            switch self {
            case .tooManyEndpoints: ("接收方太多了", "最多 \(WebhookDesk.mostEndpoints) 个；停用的也算")
            case .tooManySecrets: ("还有 \(WebhookDesk.mostSecrets) 个签名密钥在用", "等旧的到期，或选“立即停用旧密钥”")
            case .tooManyKeys: ("有效的接口密钥太多了", "最多 \(WebhookDesk.mostKeys) 个；请先作废不用的")
            case .isOff: ("这个接收方停用了", "请先启用，再发测试消息或补发")
            }
        return Problem(.conflict, code: rawValue, title: title, hint: hint)
    }
}
