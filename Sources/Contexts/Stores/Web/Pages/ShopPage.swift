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
    let company: String

    init(page: PageFrame, store: Store, categories: [String], isOwner: Bool, turnover: ShopTurnover?) {
        self.page = page
        name = store.name
        opened = "\(store.openedAt.chineseDay)开店"
        self.categories = categories
        self.isOwner = isOwner
        self.turnover = turnover
        intro = nil
        notice = nil
        licenceHref = ShopPath.licence(store.id)
        company = store.licence.company
    }
}
