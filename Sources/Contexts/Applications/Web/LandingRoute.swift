import Catalogue
import Hummingbird
import Kernel
import Web

/// The first page: what it takes to open a shop, told by the current pack.
struct LandingRoute {
    let catalogue: Catalogue
    let pages: Pages
    let clock: any WallClock

    func add(to router: some RouterMethods<WebContext>) { router.get("/", use: landing) }

    @Sendable func landing(_ request: Request, context: WebContext) async throws -> Response {
        let pack = try catalogue.current()
        return try pages.render("landing", LandingPage(pages.frame("开店入驻", in: context), pack, clock.now))
    }
}

struct LandingPage: Sendable {
    let page: PageFrame
    let signedIn: Bool
    let key: String
    let minutes: String
    let bring: [Bring]
    let categories: [Category]
    let stages: [StagePreview]

    struct Bring: Sendable {
        let mark: String
        let title: String
        let note: String
    }

    struct Category: Sendable {
        let name: String
        let needs: [String]
        let note: String?
        let held: String?
    }

    init(_ page: PageFrame, _ pack: Pack, _ now: Instant) {
        self.page = page
        signedIn = page.isSignedIn
        key = ID<LandingPage>.new(at: now).text
        minutes = "约 \(pack.form(for: []).steps.map(\.minutes).reduce(1, +)) 分钟"
        bring = [
            Bring(mark: "照", title: "营业执照", note: "四个角拍全、别反光，有统一社会信用代码的那一面"),
            Bring(mark: "人", title: "法定代表人的身份证号", note: "加密保存，只有审核员核对时能看，每次查看都有记录"),
            Bring(mark: "卡", title: "对公账户", note: "开户银行和账号，户名和执照一致"),
        ]
        categories = pack.categories.map { category in
            let extra = category.needs.filter { $0 != "营业执照" }
            return Category(
                name: category.name, needs: extra.isEmpty ? ["不需要额外材料"] : extra, note: category.note,
                held: category.waits.isEmpty
                    ? nil : "这个类目要求的\(category.waits.joined(separator: "、"))尚未启用：可以提交，但会停下来等待启用。")
        }
        stages = StagePreview.afterSubmission
    }
}

/// One node of the preview beside the form.
struct StagePreview: Sendable {
    let title: String
    let detail: String?
    let now: Bool

    static let afterSubmission = [
        StagePreview(title: "你来提交", detail: "填完马上就能提交", now: true),
        StagePreview(title: "机器核对", detail: "几秒钟，查格式和必备材料", now: false),
        StagePreview(title: "人工审核", detail: "工作时间内一般不超过 2 小时", now: false),
        StagePreview(title: "店铺开张", detail: "通过后自动开通，短信通知你", now: false),
    ]
}
