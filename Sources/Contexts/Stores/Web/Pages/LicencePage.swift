import Kernel
import Web

/// What the template of a shop's licence page (亮照) may know: the same for everybody.
///
/// 电子商务法 Art. 15 and 网络交易监督管理办法 Art. 12 ask for what stands on the licence and the permits, not for their
/// picture; so none is shown, and nothing of a paper that the law does not name can be seen here.
struct LicencePage: Sendable {
    let page: PageFrame
    let heading: String
    let shopName: String
    let shopHref: String
    /// The page's own address, under which search engines keep it.
    let canonical: String
    let summary: String
    let isRegistered: Bool
    /// For natural persons: the declaration in the words of the law.
    let declaration: String
    let verified: String
    let facts: [Fact]
    let hasPermits: Bool
    let permits: [Permit]

    struct Fact: Sendable, Equatable {
        let label: String
        let value: String
        let mono: Bool
    }

    struct Permit: Sendable, Equatable {
        let name: String
        let number: String
        let until: String
    }

    init(page: PageFrame, store: Store, representative: String, site: String) {
        let licence = store.licence
        self.page = page
        isRegistered = !store.isUnregistered
        heading = isRegistered ? "营业执照" : "自我声明"
        shopName = store.name
        shopHref = ShopPath.page(store.id)
        canonical = site + ShopPath.licence(store.id)
        declaration = isRegistered ? "" : store.exemption?.declaration ?? licence.type
        verified = "\(store.openedAt.chineseDay)核对"
        let listed =
            isRegistered
            ? Self.registered(store, representative: representative)
            : [("经营地址", licence.address, false), ("联系方式", "请用商城里本店的客服，或在订单里留言", false)]
        facts = listed.filter { !$0.1.isEmpty }.map { Fact(label: $0.0, value: $0.1, mono: $0.2) }
        permits = licence.permits.map {
            Permit(name: $0.label, number: $0.number, until: $0.until.isEmpty ? "" : "有效期至 \($0.until)")
        }
        hasPermits = !permits.isEmpty
        summary = "\(store.name)的\(heading)信息：" + (isRegistered ? licence.company : declaration)
    }

    /// What each kind of licence calls its lines.
    private static func registered(_ store: Store, representative: String) -> [(String, String, Bool)] {
        let licence = store.licence
        let isSoleTrader = store.subjectKind == "individual"
        return [
            ("统一社会信用代码", licence.creditCode, true), ("名称", licence.company, false), ("类型", licence.type, false),
            (isSoleTrader ? "经营者" : "法定代表人", representative, false), ("注册资本", licence.capital, false),
            ("成立日期", licence.establishedOn, false), (isSoleTrader ? "经营场所" : "住所", licence.address, false),
            ("经营范围", licence.scope, false),
        ]
    }
}
