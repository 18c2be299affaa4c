import Kernel
import Web

/// What the template of the list of endpoints may know.
struct WebhooksPage: Sendable {
    let page: PageFrame
    let key: String
    let hasEndpoints: Bool
    let endpoints: [Endpoint]
    let events: [EventChoice]

    struct Endpoint: Sendable {
        let href: String
        let description: String
        let host: String
        let events: String
        let state: String
        let tone: String
        let last: String
    }

    /// An event as a form offers it.
    struct EventChoice: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    init(page: PageFrame, _ rows: [(WebhookEndpoint, WebhookDelivery?)]) {
        self.page = page
        key = RandomToken.make(bytes: 12)
        hasEndpoints = !rows.isEmpty
        endpoints = rows.map { endpoint, newest in
            let state = WebhookState(endpoint)
            return Endpoint(
                href: ShopPath.webhook(endpoint.id), description: endpoint.description,
                host: WebhookState.host(of: endpoint.address),
                events: endpoint.events.map(\.label).sorted().joined(separator: "、"), state: state.text,
                tone: state.tone,
                last: newest.map { "\(DeliveryState.text($0.state)) · \($0.changedAt.shortChinese)" } ?? "还没有发过")
        }
        events = EventChoice.all(chosen: [.shopOpened])
    }
}

extension WebhooksPage.EventChoice {
    static func all(chosen: Set<WebhookEvent>) -> [Self] {
        WebhookEvent.allCases.map { Self(value: $0.rawValue, label: $0.label, isChosen: chosen.contains($0)) }
    }
}

/// How an endpoint stands, in words.
struct WebhookState: Sendable {
    let text: String
    let tone: String

    init(_ endpoint: WebhookEndpoint) {
        switch endpoint.state {
        case .on where endpoint.gaveUpAt != nil: (text, tone) = ("一直送不到", "bad")
        case .on where endpoint.failingSince != nil: (text, tone) = ("正在重试", "warn")
        case .on: (text, tone) = ("启用", "ok")
        case .off(.byOperator, _): (text, tone) = ("已停用", "info")
        case .off(.gone, _): (text, tone) = ("对方不再接收，已停用", "bad")
        case .off(.failing, _): (text, tone) = ("连续 5 天送不到，已停用", "bad")
        }
    }

    static func host(of address: String) -> String {
        let rest = address.drop { $0 != "/" }.drop { $0 == "/" }
        return String(rest.prefix { $0 != "/" && $0 != "?" })
    }
}

/// How a delivery stands, in words.
enum DeliveryState {
    static func text(_ state: WebhookDelivery.State) -> String {
        switch state {
        case .waiting: "在送"
        case .delivered: "已送到"
        case .failed: "没送到"
        case .stopped: "停用时没送"
        }
    }

    static func tone(_ state: WebhookDelivery.State) -> String {
        switch state {
        case .waiting: "warn"
        case .delivered: "ok"
        case .failed: "bad"
        case .stopped: "info"
        }
    }
}
