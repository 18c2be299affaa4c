import Kernel
import Web

/// What the template of the operators' list may know. Shops only: it names no natural person.
struct WatchedPage: Sendable {
    let page: PageFrame
    let year: String
    let hasEntries: Bool
    let entries: [Entry]
    /// How many more there are than are shown.
    let more: String?

    /// Shops of one person, which count together.
    struct Entry: Sendable {
        let shops: [Shop]
        let sum: String
        let limit: String
        /// Whole per cents.
        let share: String
        let level: String
        let tone: String
        /// When the owner was told.
        let told: String
    }

    struct Shop: Sendable {
        let name: String
        let href: String
    }

    private static let most = 200

    init(page: PageFrame, _ watched: [TurnoverReading.Watched], year: Int) {
        self.page = page
        self.year = "\(year)"
        hasEntries = !watched.isEmpty
        entries = watched.prefix(Self.most).map(Entry.init)
        more = watched.count > Self.most ? "\(watched.count - Self.most)" : nil
    }
}

extension WatchedPage.Entry {
    init(_ watched: TurnoverReading.Watched) {
        let turnover = watched.turnover
        shops = watched.shops.map { WatchedPage.Shop(name: $0.name, href: ShopPath.page($0.id)) }
        sum = turnover.sum.display
        limit = turnover.limit?.short ?? ""
        share = "\(turnover.percent ?? 0)"
        level = watched.told == .reached ? "已通知办执照" : "已提醒快到了"
        tone = watched.told == .reached ? "bad" : "warn"
        told = watched.at.shortChinese
    }
}

extension Money {
    /// `¥100,000` for whole yuan, otherwise with its fen.
    var short: String { fen % 100 == 0 ? String(display.dropLast(3)) : display }
}
