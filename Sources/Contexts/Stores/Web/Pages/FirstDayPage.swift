import Kernel
import Web

/// What the template of the first day's page may know. It is the owner's.
struct FirstDayPage: Sendable {
    let page: PageFrame
    let shopName: String
    let shopHref: String
    let here: String
    let said: String
    /// How much is done, in whole per cents.
    let share: String
    let steps: [Step]
    let licenceAddress: String
    let help: String
    let hasHelp: Bool

    struct Step: Sendable {
        let id: String
        let title: String
        let why: String
        let hasLink: Bool
        let href: String
        let linkLabel: String
        let isDone: Bool
        let doneAt: String
        /// Whether this is the one that hands over the licence page's address.
        let showsAddress: Bool
    }

    init(page: PageFrame, store: Store, done: [FirstDayStep: Instant], site: String, help: String) {
        let listed = FirstDayStep.steps(for: store)
        let count = listed.filter { done[$0] != nil }.count
        self.page = page
        shopName = store.name
        shopHref = ShopPath.page(store.id)
        here = ShopPath.firstDay(store.id)
        said = count == listed.count ? "都做完了，祝生意兴隆" : "做完 \(count) 件，还有 \(listed.count - count) 件"
        share = "\(listed.isEmpty ? 100 : count * 100 / listed.count)"
        licenceAddress = site + ShopPath.licence(store.id)
        self.help = help
        hasHelp = !help.isEmpty
        steps = listed.map { step in Step(step, of: store, doneAt: done[step]) }
    }
}

extension FirstDayPage.Step {
    fileprivate init(_ step: FirstDayStep, of store: Store, doneAt: Instant?) {
        let heading = store.isUnregistered ? "自我声明" : "营业执照"
        let (title, why, link): (String, String, (String, String)?) =
            switch step {
            case .licence:
                (
                    "看一遍公示的\(heading)", "顾客和监管部门看到的就是这一页。有不对的，今天就告诉商城。",
                    (ShopPath.licence(store.id), "打开\(heading)页")
                )
            case .link:
                ("把公示页的链接放到你的其他页面", "公众号、朋友圈、商品详情里都可以放。法律要求公示信息显著、一直看得到。", nil)
            case .goods:
                ("在商城后台上架第一件商品", "标题写清品名和规格，图片用自己拍的；价格和库存上架前再看一眼。", nil)
            case .service:
                ("写好客服时间和退换货办法", "没写清楚的，纠纷里会按对顾客有利的理解。七天无理由退货的例外要写明。", nil)
            case .permits:
                ("记下许可证到期的日子", Self.permits(of: store), (ShopPath.licence(store.id), "看许可证信息"))
            case .limit:
                ("记住一年 10 万元这条线", "名下自然人店铺加在一起，一年卖满 10 万元要办营业执照；快到时会发短信给你。", (ShopPath.page(store.id), "看今年已卖"))
            }
        id = step.rawValue
        self.title = title
        self.why = why
        hasLink = link != nil
        href = link?.0 ?? ""
        linkLabel = link?.1 ?? ""
        isDone = doneAt != nil
        self.doneAt = doneAt.map { "\($0.shortChinese) 做完" } ?? ""
        showsAddress = step == .link
    }

    private static func permits(of store: Store) -> String {
        let dated = store.licence.permits.filter { !$0.until.isEmpty }
        guard !dated.isEmpty else { return "过期的许可证不能再卖对应的商品，请提前去续。" }
        return dated.map { "\($0.label)：\($0.until)" }.joined(separator: "；") + "。过期就不能再卖对应的商品，请提前去续。"
    }
}
