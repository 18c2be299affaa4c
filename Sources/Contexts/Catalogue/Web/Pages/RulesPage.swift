import Kernel
import Web

/// What the template of the rules may know.
struct RulesPage: Sendable {
    let page: PageFrame
    let title: String
    let version: String
    let summary: String
    let since: String
    /// Said of rules that do not hold now.
    let banner: Banner?
    let coming: [Coming]
    let search: Search
    let trades: [Trade]
    let subjects: [Subject]
    let routes: [Fact]
    let deadlines: [Fact]
    let hash: String
    let bundleHref: String
    let historyHref: String

    struct Banner: Sendable {
        let tone: String
        let text: String
        let href: String
    }

    struct Coming: Sendable {
        let day: String
        let countdown: String
        let version: String
        let href: String
        let changes: ChangeList
    }

    struct Search: Sendable {
        let action: String
        let query: String
        let isAsked: Bool
        let answer: String
        /// Written by `CategoryMarkup`.
        let entries: String
    }

    struct Trade: Sendable {
        let name: String
        let href: String
        let count: String
        let leaves: [Leaf]
    }

    struct Leaf: Sendable {
        let name: String
        let href: String
        let isDenied: Bool
    }

    struct Fact: Sendable {
        let label: String
        let value: String
    }

    init(page: PageFrame, _ edition: RulesEdition, query: String, changes: KnownChanges) {
        let content = edition.content
        self.page = page
        title = content.title
        version = content.version
        summary = content.summary
        since = edition.publication.effectiveAt.chineseDay
        banner = Banner(edition)
        let announced = edition.address == nil ? edition.coming : []
        coming = announced.map { Coming($0.publication, changes.between(edition.pack, $0.pack), $0.pack, edition) }
        search = Search(query, in: edition)
        trades = content.trades.map { Trade($0.name, $0.categories, in: edition) }
        subjects = content.subjects.map { Subject($0, in: content) }
        routes = content.routes.map { Fact(label: $0.name, value: $0.isDenial ? $0.note : "\($0.effort)。\($0.note)。") }
        deadlines = [
            Fact(label: "没填完的申请", value: "保留 \(content.deadlines.draft) 天"),
            Fact(label: "被要求修改时", value: "\(content.deadlines.changes) 天内改好"),
            Fact(label: "签约和缴费", value: "\(content.fees.rule)（\(content.cite(content.fees.source))）"),
        ]
        hash = edition.pack.hash
        bundleHref = RulesPath.bundle(edition.pack.hash)
        historyHref = RulesPath.history
    }
}

extension RulesPage.Banner {
    init?(_ edition: RulesEdition) {
        href = RulesPath.rules
        switch edition.standing {
        case .inForce, .proposed: return nil
        case .coming:
            tone = "warn"
            text = "这份规则还没有生效，\(Countdown.text(to: edition.publication.effectiveAt, from: edition.now))。"
        case .past(let end):
            tone = "info"
            text = "这份规则用到 \(end.chineseDay)，现在已经换成新的；按它开始的申请仍照它办。"
        case .withdrawn(let day):
            tone = "info"
            text = "这份规则公示后在 \(day.chineseDay)撤回，没有生效。"
        }
    }
}

extension RulesPage.Coming {
    fileprivate init(_ publication: Publication, _ changes: PackChanges, _ pack: Pack, _ edition: RulesEdition) {
        day = publication.effectiveAt.chineseDay
        countdown = Countdown.text(to: publication.effectiveAt, from: edition.now)
        version = pack.content.version
        href = RulesPath.pack(pack.hash)
        self.changes = ChangeList(changes)
    }
}

extension RulesPage.Trade {
    fileprivate init(_ name: String, _ categories: [PackCategory], in edition: RulesEdition) {
        self.name = name
        href = RulesPath.trade(name, of: edition.address)
        count = "\(categories.count) 类"
        leaves = categories.map { category in
            RulesPage.Leaf(
                name: category.name, href: RulesPath.trade(name, of: edition.address, category: category.id),
                isDenied: category.denied != nil)
        }
    }
}
