import Kernel

/// What a shop's owner does on the first day. The raw value is kept.
enum FirstDayStep: String, Sendable, CaseIterable {
    case licence
    case link
    case goods
    case service
    case permits
    case limit

    /// The steps of a shop, in the order in which they are done.
    static func steps(for store: Store) -> [FirstDayStep] {
        allCases.filter { step in
            switch step {
            case .licence, .link, .goods, .service: true
            // Only who has a permit must watch its day.
            case .permits: !store.licence.permits.isEmpty
            // 网络交易监督管理办法 Art. 8.
            case .limit: store.exemption == .smallTrade
            }
        }
    }
}
