import Kernel

/// The addresses of a shop.
enum ShopPath {
    static let pattern = "/shops/{shop}"
    /// What partners of the mall fetch.
    static let list = "/api/shops"
    static let one = "/api/shops/{shop}"
    /// Where the mall's order system reports to.
    static let sales = "/api/shops/{shop}/sales"
    static let turnover = "/api/shops/{shop}/turnover"
    /// The operators' list of those near or over what may be sold without being registered.
    static let watched = "/operations/turnover"

    /// The operators' page of endpoints.
    static let webhooks = "/operations/webhooks"

    static func webhook(_ id: ID<WebhookEndpoint>) -> String { "\(webhooks)/\(id)" }
    static func data(_ id: ID<Store>) -> String { "\(list)/\(id)" }
    /// What the owner does on the first day.
    static let firstDayPattern = "/shops/{shop}/first-day"

    static func firstDay(_ id: ID<Store>) -> String { page(id) + "/first-day" }
    static func page(_ id: ID<Store>) -> String { "/shops/\(id)" }
    static func licence(_ id: ID<Store>) -> String { page(id) + "/licence" }
}
