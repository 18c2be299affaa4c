import Kernel

/// The addresses of a shop.
enum ShopPath {
    static let pattern = "/shops/{shop}"
    /// Where the mall's order system reports to.
    static let sales = "/api/shops/{shop}/sales"
    static let turnover = "/api/shops/{shop}/turnover"
    /// The operators' list of those near or over what may be sold without being registered.
    static let watched = "/operations/turnover"

    static func page(_ id: ID<Store>) -> String { "/shops/\(id)" }
    static func licence(_ id: ID<Store>) -> String { page(id) + "/licence" }
}
