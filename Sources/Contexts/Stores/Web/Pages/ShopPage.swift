import Kernel
import Web

/// What the template of a shop's front page may know.
struct ShopPage: Sendable {
    let page: PageFrame
    let name: String
    let opened: String
    let categories: [String]
    let isOwner: Bool
    /// For the owner only.
    let turnover: ShopTurnover?
    let intro: String?
    let notice: String?
    let licenceHref: String
    let firstDayHref: String
    let firstDaySaid: String
    let paper: String
    let company: String

    init(
        page: PageFrame, store: Store, categories: [String], isOwner: Bool, done: [FirstDayStep: Instant] = [:],
        turnover: ShopTurnover?
    ) {
        self.page = page
        name = store.name
        opened = "\(store.openedAt.chineseDay)开店"
        self.categories = categories
        self.isOwner = isOwner
        self.turnover = turnover
        intro = nil
        notice = nil
        licenceHref = ShopPath.licence(store.id)
        firstDayHref = ShopPath.firstDay(store.id)
        let left = FirstDayStep.steps(for: store).filter { done[$0] == nil }.count
        firstDaySaid = left == 0 ? "第一天要做的事都做完了" : "第一天还有 \(left) 件事"
        paper = store.isUnregistered ? "自我声明" : "营业执照"
        company = store.licence.company
    }
}
