import Kernel
import Web

/// What the template of an endpoint's page may know.
struct WebhookPage: Sendable {
    let page: PageFrame
    /// For the forms of this showing of the page; each takes it with a suffix.
    let key: String
    let here: String
    let description: String
    let address: String
    let isOn: Bool
    let state: String
    let tone: String
    /// What an operator should know about the state; empty if nothing.
    let advice: String
    let hasAdvice: Bool
    let created: String
    let events: [WebhooksPage.EventChoice]
    let secrets: [SecretRow]
    let overlaps: [Choice]
    let hasKeys: Bool
    let keys: [KeyRow]
    let hasDeliveries: Bool
    let deliveries: [DeliveryRow]
    let hasMore: Bool
    let moreHref: String
    let from: String
    let to: String
    let acts: [ActRow]

    struct SecretRow: Sendable {
        let made: String
        let until: String
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let isFirst: Bool
    }

    struct KeyRow: Sendable {
        let id: String
        let label: String
        let made: String
        let used: String
        let isActive: Bool
        let ended: String
    }

    struct DeliveryRow: Sendable {
        let id: String
        let name: String
        let type: String
        let webhookID: String
        let happened: String
        let outcome: String
        let mood: String
        let next: String
        let hasAttempts: Bool
        let tally: String
        let attempts: [AttemptRow]
    }

    struct AttemptRow: Sendable {
        let at: String
        let result: String
        let took: String
        let hasAnswer: Bool
        let answer: String
    }

    struct ActRow: Sendable {
        let when: String
        let who: String
        let what: String
        let detail: String
    }

    init(page: PageFrame, _ view: WebhookView, at now: Instant) {
        let endpoint = view.endpoint
        let state = WebhookState(endpoint)
        self.page = page
        key = RandomToken.make(bytes: 12)
        here = ShopPath.webhook(endpoint.id)
        description = endpoint.description
        address = endpoint.address
        isOn = endpoint.isOn
        self.state = state.text
        tone = state.tone
        advice = Self.advice(endpoint)
        hasAdvice = !advice.isEmpty
        created = endpoint.createdAt.chineseDay
        events = WebhooksPage.EventChoice.all(chosen: endpoint.events)
        secrets = view.secrets.map { secret in
            SecretRow(
                made: secret.createdAt.shortChinese, until: secret.endsAt.map { "\($0.shortChinese) 停用" } ?? "在用")
        }
        overlaps = [.day, .week, .none].map { (overlap: WebhookDesk.Overlap) in
            Choice(value: overlap.rawValue, label: overlap.label, isFirst: overlap == .day)
        }
        hasKeys = !view.keys.isEmpty
        keys = view.keys.map(KeyRow.init)
        hasDeliveries = !view.deliveries.isEmpty
        deliveries = view.deliveries.map { DeliveryRow($0, at: now) }
        hasMore = view.next != nil
        moreHref = view.next.map { "\(ShopPath.webhook(endpoint.id))?before=\($0)#deliveries" } ?? ""
        from = (now - .seconds(86_400)).formText
        to = now.formText
        acts = view.acts.map {
            ActRow(when: $0.act.at.shortChinese, who: $0.name, what: $0.act.act.label, detail: $0.act.detail)
        }
    }

    private static func advice(_ endpoint: WebhookEndpoint) -> String {
        switch endpoint.state {
        case .on:
            guard let since = endpoint.failingSince else { return "" }
            guard endpoint.gaveUpAt != nil else { return "\(since.shortChinese) 起没有送到过，正在按越来越长的间隔重试。" }
            let end = since + WebhookRetries.patience
            return "\(since.shortChinese) 起没有送到过，有消息已经试满 \(WebhookRetries.most) 次。到 \(end.shortChinese) 还送不到，就自动停用。"
        case .off(.byOperator, let since): return "\(since.shortChinese) 由运营人员停用。停用期间的消息不会自动补发，启用后用“补发一段时间”。"
        case .off(.gone, let since): return "\(since.shortChinese) 对方答复 410（不再接收）。和对方确认后再启用，然后补发这段时间。"
        case .off(.failing, let since): return "\(since.shortChinese) 自动停用：连续 5 天没有送到。对方修好后请启用，然后补发这段时间。"
        }
    }
}

extension WebhookPage.KeyRow {
    fileprivate init(_ record: PartnerKeyRecord) {
        id = record.id.text
        label = record.label
        made = record.createdAt.shortChinese
        used = record.usedAt?.shortChinese ?? "还没用过"
        isActive = record.endedAt == nil
        ended = record.endedAt.map { "\($0.shortChinese) 作废" } ?? ""
    }
}

extension WebhookPage.DeliveryRow {
    fileprivate init(_ one: WebhookView.Delivery, at now: Instant) {
        id = one.delivery.id.text
        name = WebhookEvent.label(of: one.message.event)
        type = one.message.event
        webhookID = one.message.webhookID
        happened = one.message.at.shortChinese
        outcome = DeliveryState.text(one.delivery.state)
        mood = DeliveryState.tone(one.delivery.state)
        next = one.delivery.nextAt.map { "下次 \(max($0, now).shortChinese)" } ?? ""
        hasAttempts = !one.attempts.isEmpty
        tally = "试过 \(one.attempts.count) 次"
        attempts = one.attempts.map { attempt in
            WebhookPage.AttemptRow(
                at: attempt.at.shortChinese,
                result: [attempt.outcome.status.map(String.init), attempt.outcome.fault?.label ?? "已接收"]
                    .compactMap(\.self).joined(separator: " "),
                took: "\(attempt.duration) 毫秒", hasAnswer: !attempt.outcome.answer.isEmpty,
                answer: attempt.outcome.answer)
        }
    }
}
