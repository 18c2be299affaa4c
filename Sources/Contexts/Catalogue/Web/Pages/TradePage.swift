import Kernel
import Web

/// What the template of one trade's categories may know.
struct TradePage: Sendable {
    let page: PageFrame
    let name: String
    let edition: String
    let banner: RulesPage.Banner?
    let back: RulesPage.Leaf
    let leaves: [RulesPage.Leaf]
    /// Written by `CategoryMarkup`.
    let entries: String

    init(page: PageFrame, _ edition: RulesEdition, trade: (name: String, categories: [PackCategory])) {
        self.page = page
        name = trade.name
        let content = edition.content
        self.edition = "\(content.title) \(content.version)，\(edition.publication.effectiveAt.chineseDay)起"
        banner = RulesPage.Banner(edition)
        back = .init(name: "全部规则", href: RulesPath.pack(edition.address), isDenied: false)
        leaves = trade.categories.map { .init(name: $0.name, href: "#" + $0.id, isDenied: $0.denied != nil) }
        entries = CategoryMarkup(content).write(trade.categories[...], heading: .second)
    }
}
