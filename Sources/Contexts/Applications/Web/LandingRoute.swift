import CanonicalJSON
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
        let pack = try catalogue.current(at: clock.now)
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
        minutes = "约 \(pack.form(in: [:]).steps.map(\.minutes).reduce(1, +)) 分钟"
        bring = (pack.content.subjects.first?.brings ?? []).map { Bring(mark: $0.mark, title: $0.title, note: $0.note) }
        categories = pack.content.showcase.map { category in
            let papers = pack.content.papers(for: category)
            let waits = category.waits(under: pack.content)
            return Category(
                name: category.name, needs: papers.isEmpty ? ["不需要额外材料"] : papers, note: category.note,
                held: waits.isEmpty
                    ? nil : "这个类目要求的\(waits.joined(separator: "、"))尚未启用：可以提交，但会停下来等待启用。")
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
        StagePreview(title: "机审", detail: "几秒钟，查格式和必备材料", now: false),
        StagePreview(title: "类目复核", detail: "提交后告诉你预计什么时候有结果", now: false),
        StagePreview(title: "店铺开张", detail: "通过后自动开通，短信通知你", now: false),
    ]
}
