import Database
import Kernel
import Sealing

struct WebhookEndpointRecord: Record {
    static let table = Table(
        "stores", "webhook_endpoints", key: ["id"],
        columns: [
            "id", "address", "description", "events", "off_reason", "off_at", "failing_since", "gave_up_at",
            "created_at",
        ])

    let endpoint: WebhookEndpoint

    var values: [any SQLConvertible] {
        var (reason, since): (String?, Instant?) = (nil, nil)
        if case .off(let why, let moment) = endpoint.state { (reason, since) = (why.rawValue, moment) }
        return [
            endpoint.id, endpoint.address, endpoint.description,
            endpoint.events.map(\.rawValue).sorted().joined(separator: ","), reason, since, endpoint.failingSince,
            endpoint.gaveUpAt, endpoint.createdAt,
        ]
    }
}

extension WebhookEndpointRecord {
    init(row: Row) throws {
        let reason: String? = try row.get("off_reason")
        let since: Instant? = try row.get("off_at")
        var state = WebhookEndpoint.State.on
        if let reason {
            guard let known = WebhookEndpoint.OffReason(rawValue: reason), let since else {
                throw UnreadableColumn(column: "off_reason", type: "OffReason")
            }
            state = .off(known, since: since)
        }
        // An event that only a newer version knows is left to that version.
        let events = try row.get("events", as: String.self).split(separator: ",")
        endpoint = WebhookEndpoint(
            id: try row.get("id"), address: try row.get("address"), description: try row.get("description"),
            events: Set(events.compactMap { WebhookEvent(rawValue: String($0)) }), state: state,
            failingSince: try row.get("failing_since"), gaveUpAt: try row.get("gave_up_at"),
            createdAt: try row.get("created_at"))
    }
}

/// A secret of an endpoint, sealed. It signs until `endsAt`; nil is for as long as there is no newer one.
struct WebhookSecretRecord: Record {
    static let table = Table(
        "stores", "webhook_secrets", key: ["id"], columns: ["id", "endpoint", "secret", "created_at", "ends_at"])

    let id: ID<WebhookSecret>
    let endpoint: ID<WebhookEndpoint>
    let secret: Sealed
    let createdAt: Instant
    var endsAt: Instant?

    var values: [any SQLConvertible] { [id, endpoint, secret, createdAt, endsAt] }
}

extension WebhookSecretRecord {
    init(row: Row) throws {
        id = try row.get("id")
        endpoint = try row.get("endpoint")
        secret = try row.get("secret")
        createdAt = try row.get("created_at")
        endsAt = try row.get("ends_at")
    }
}

/// Something that happened, in the words in which every endpoint hears of it.
struct WebhookMessage: Record, Equatable {
    static let table = Table(
        "stores", "webhook_messages", key: ["id"], columns: ["id", "event", "subject", "body", "at"])

    let id: ID<WebhookMessage>
    /// The `type` of the body.
    let event: String
    /// What it tells of; there is one message for each.
    let subject: String
    /// JSON without personal data; every try sends these very bytes.
    let body: String
    let at: Instant

    /// The value of `webhook-id`: the same for every try and every endpoint.
    var webhookID: String { "msg_\(id)" }

    var values: [any SQLConvertible] { [id, event, subject, body, at] }
}

extension WebhookMessage {
    init(row: Row) throws {
        id = try row.get("id")
        event = try row.get("event")
        subject = try row.get("subject")
        body = try row.get("body")
        at = try row.get("at")
    }
}

/// A message on its way to one endpoint.
struct WebhookDelivery: Record, Equatable {
    static let table = Table(
        "stores", "webhook_deliveries", key: ["id"],
        columns: ["id", "endpoint", "message", "state", "series", "tries", "next_at", "created_at", "changed_at"])

    let id: ID<WebhookDelivery>
    let endpoint: ID<WebhookEndpoint>
    let message: ID<WebhookMessage>
    var state: State
    /// Counts how often it was begun; what belongs to an earlier beginning has no say any more.
    var series: Int
    /// Failed or successful tries since it was begun.
    var tries: Int
    /// When the next try is due, while it waits.
    var nextAt: Instant?
    let createdAt: Instant
    var changedAt: Instant

    enum State: String, Sendable, SQLConvertible {
        case waiting
        case delivered
        /// All tries are used up, or the endpoint is gone.
        case failed
        /// The endpoint was switched off meanwhile.
        case stopped
    }

    /// What belongs to this beginning of it.
    var job: DeliveryToMake { DeliveryToMake(delivery: id, series: series) }

    var values: [any SQLConvertible] {
        [id, endpoint, message, state, series, tries, nextAt, createdAt, changedAt]
    }
}

extension WebhookDelivery {
    init(row: Row) throws {
        id = try row.get("id")
        endpoint = try row.get("endpoint")
        message = try row.get("message")
        state = try row.get("state")
        series = try row.get("series")
        tries = try row.get("tries")
        nextAt = try row.get("next_at")
        createdAt = try row.get("created_at")
        changedAt = try row.get("changed_at")
    }
}

/// One try, as it went.
struct WebhookAttempt: Record, Equatable {
    static let table = Table(
        "stores", "webhook_attempts", key: ["id"],
        columns: ["id", "delivery", "series", "number", "at", "duration", "status", "fault", "answer"])

    let id: ID<WebhookAttempt>
    let delivery: ID<WebhookDelivery>
    let series: Int
    /// From 1, within its series.
    let number: Int
    let at: Instant
    /// Milliseconds.
    let duration: Int
    let outcome: WebhookOutcome

    var values: [any SQLConvertible] {
        [id, delivery, series, number, at, duration, outcome.status, outcome.fault?.rawValue, outcome.answer]
    }
}

extension WebhookAttempt {
    init(row: Row) throws {
        id = try row.get("id")
        delivery = try row.get("delivery")
        series = try row.get("series")
        number = try row.get("number")
        at = try row.get("at")
        duration = try row.get("duration")
        let fault: String? = try row.get("fault")
        outcome = WebhookOutcome(
            status: try row.get("status"), fault: fault.map { WebhookOutcome.Fault(rawValue: $0) ?? .refused },
            answer: try row.get("answer"))
    }
}

/// What an operator did with an endpoint; kept for ever.
struct WebhookActRecord: Record {
    static let table = Table(
        "stores", "webhook_acts", key: ["id"], columns: ["id", "endpoint", "at", "person", "act", "detail"])

    let id: ID<WebhookActRecord>
    let endpoint: ID<WebhookEndpoint>
    let at: Instant
    /// The operator's id.
    let person: String
    let act: WebhookAct
    let detail: String

    var values: [any SQLConvertible] { [id, endpoint, at, person, act, detail] }
}

extension WebhookActRecord {
    init(row: Row) throws {
        id = try row.get("id")
        endpoint = try row.get("endpoint")
        at = try row.get("at")
        person = try row.get("person")
        act = try row.get("act")
        detail = try row.get("detail")
    }
}

/// The kinds of what operators do.
enum WebhookAct: String, Sendable, SQLConvertible {
    case create, change, on, off, rotate, test, replay
    case replayRange = "replay_range"
    case addKey = "add_key"
    case endKey = "end_key"

    /// What operators read.
    var label: String {
        switch self {
        case .create: "登记"
        case .change: "修改"
        case .on: "启用"
        case .off: "停用"
        case .rotate: "换签名密钥"
        case .test: "发测试消息"
        case .replay: "补发一条"
        case .replayRange: "补发一段时间"
        case .addKey: "新建接口密钥"
        case .endKey: "作废接口密钥"
        }
    }
}

/// A key with which a partner fetches the data of shops. Only its digest is kept.
struct PartnerKeyRecord: Record {
    static let table = Table(
        "stores", "partner_keys", key: ["id"],
        columns: ["id", "endpoint", "label", "digest", "created_at", "used_at", "ended_at"])

    let id: ID<PartnerKey>
    let endpoint: ID<WebhookEndpoint>
    let label: String
    let digest: [UInt8]
    let createdAt: Instant
    var usedAt: Instant?
    var endedAt: Instant?

    var values: [any SQLConvertible] { [id, endpoint, label, digest, createdAt, usedAt, endedAt] }
}

extension PartnerKeyRecord {
    init(row: Row) throws {
        id = try row.get("id")
        endpoint = try row.get("endpoint")
        label = try row.get("label")
        digest = try row.get("digest")
        createdAt = try row.get("created_at")
        usedAt = try row.get("used_at")
        endedAt = try row.get("ended_at")
    }
}
