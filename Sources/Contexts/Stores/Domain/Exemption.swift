/// Why a natural person may trade without being registered (电子商务法 Art. 10), in the pack's words, and what such a
/// person has to declare in public: 网络交易监督管理办法 Art. 12 gives each declaration its wording.
enum Exemption: String, Sendable, CaseIterable {
    case farmProduce = "farm-produce"
    case handicraft
    case services
    case smallTrade = "small-trade"

    var declaration: String {
        switch self {
        case .farmProduce: "个人销售自产农副产品，依法不需要办理市场主体登记"
        case .handicraft: "个人销售家庭手工业产品，依法不需要办理市场主体登记"
        case .services: "个人利用自己的技能从事依法无须取得许可的便民劳务活动，依法不需要办理市场主体登记"
        case .smallTrade: "个人从事零星小额交易活动，依法不需要办理市场主体登记"
        }
    }
}
