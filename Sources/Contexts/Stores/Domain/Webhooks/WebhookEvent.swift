/// What endpoints may hear of. The raw value is the `type` of a message.
enum WebhookEvent: String, Sendable, CaseIterable {
    case shopOpened = "shop.opened"
    case turnoverReached = "shop.turnover_reached"

    /// Sent on an operator's wish, to endpoints of any events.
    static let test = "endpoint.test"

    /// What operators call it.
    var label: String {
        switch self {
        case .shopOpened: "店铺开张"
        case .turnoverReached: "自然人年销售额快满或已满"
        }
    }

    static func label(of type: String) -> String { Self(rawValue: type)?.label ?? "测试消息" }
}
