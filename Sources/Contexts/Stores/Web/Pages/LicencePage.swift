import Kernel
import Web

/// What the template of a shop's licence page may know.
struct LicencePage: Sendable {
    let page: PageFrame
    let shopName: String
    let shopHref: String
    let verified: String
    let facts: [Fact]

    struct Fact: Sendable, Equatable {
        let label: String
        let value: String
        let mono: Bool
    }

    init(page: PageFrame, store: Store, representative: String) {
        let licence = store.licence
        self.page = page
        shopName = store.name
        shopHref = ShopPath.page(store.id)
        verified = "\(store.openedAt.chineseDay)核对"
        let registered: [(label: String, value: String, mono: Bool)] = [
            ("统一社会信用代码", licence.creditCode, true), ("名称", licence.company, false), ("类型", licence.type, false),
            ("法定代表人", representative, false), ("注册资本", licence.capital, false),
            ("成立日期", licence.establishedOn, false), ("住所", licence.address, false), ("经营范围", licence.scope, false),
        ]
        facts =
            registered.filter { !$0.value.isEmpty }.map { Fact(label: $0.label, value: $0.value, mono: $0.mono) }
            + licence.permits.map { Fact(label: $0.label, value: $0.number, mono: true) }
    }
}
