import Kernel

/// The public addresses of a shop.
enum ShopPath {
    static let pattern = "/shops/{shop}"

    static func page(_ id: ID<Store>) -> String { "/shops/\(id)" }
    static func licence(_ id: ID<Store>) -> String { page(id) + "/licence" }
}
