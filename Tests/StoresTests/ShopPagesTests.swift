import Accounts
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import TestSupport
import Testing

@testable import Stores
@testable import Web

@Suite("What a shop shows the public")
struct ShopPagesTests {
    /// What companies have to publish: 电子商务法 Art. 15, 网络交易监督管理办法 Art. 12.
    static let lawful = [
        "91330106MA9TE5T04E", "上海市天翼星辰食品有限公司", "有限责任公司（法人独资）", "孙燕英", "人民币叁拾万元整", "上海市浦东新区张江路762号",
        "许可项目：食品互联网销售。", "JY13101150012345",
    ]

    private func pages(
        as person: String? = nil, _ body: @escaping @Sendable (any TestClientProtocol, ID<Store>) async throws -> Void
    )
        async throws
    {
        let bench = try await StoresBench()
        let id = try #require(try await bench.open())
        let router = Router(context: WebContext.self)
        router.add(middleware: ProblemMiddleware(pages: bench.pages))
        router.add(
            middleware: SessionMiddleware(
                resolver: NamedSessions(), formToken: FormToken(secret: [1]), cookies: CookieJar(isSecure: false)))
        bench.stores.addRoutes(to: router)
        try await Application(router: router).test(.router) { client in try await body(client, id) }
    }

    @Test("The licence page shows everybody what the law asks, and nothing more of the person")
    func licence() async throws {
        try await pages { client, id in
            let page = try await client.executeRequest(
                uri: "/shops/\(id)/licence", method: .get, headers: [.accept: "text/html"], body: nil)
            let text = String(buffer: page.body)
            #expect(page.status == .ok)
            #expect(Self.lawful.filter { !text.contains($0) } == [])
            #expect(!text.contains("330106199001019979") && !text.contains("王小明") && !text.contains("13800132468"))
            #expect(text.contains("电子商务法"))
        }
    }

    @Test("The shop's front page leads to the licence and greets only its owner")
    func shop() async throws {
        try await pages { client, id in
            let page = try await client.executeRequest(
                uri: "/shops/\(id)", method: .get, headers: [.accept: "text/html"], body: nil)
            let text = String(buffer: page.body)
            #expect(text.contains("/shops/\(id)/licence") && text.contains("天翼鲜果铺子") && text.contains("食品"))
            #expect(!text.contains("你的店开张了"))
            let own = try await client.executeRequest(
                uri: "/shops/\(id)", method: .get,
                headers: [.accept: "text/html", .cookie: "ruzhu_session=\(ID<Person>.owner)"], body: nil)
            #expect(String(buffer: own.body).contains("你的店开张了"))
        }
    }

    @Test(
        "A shop that does not exist is not found", arguments: ["/shops/nothing", "/shops/0000000000000000000000000z"])
    func unknown(path: String) async throws {
        try await pages { client, _ in
            let page = try await client.executeRequest(uri: path + "/licence", method: .get, headers: [:], body: nil)
            #expect(page.status == .notFound)
        }
    }

    @Test("Every tag finds a value, and the models are what the examples promise")
    func templates() async throws {
        let bench = try await StoresBench()
        _ = try await bench.open()
        let store = try await bench.store()
        let frame = PageFrame(
            title: "t", nonce: "n", csrf: "c", person: "138****2468", isStaff: false, isReviewer: false,
            isOperator: false, isDemo: true,
            assets: Assets.none.links, requestID: "r-1")
        let contract = TemplateContract(folders: [Pages.templates, Stores.templates])
        let turnover = Turnover(year: 2026, sum: Money(fen: 8_300_000), limit: Money(fen: 10_000_000))
        let shop = ShopPage(
            page: frame, store: store, categories: ["食品"], isOwner: true, turnover: ShopTurnover(turnover))
        let licence = LicencePage(
            page: frame, store: store, representative: "孙燕英", site: "https://ruzhu.example.cn")
        #expect(try contract.missingTags(in: "shop", models: [shop]) == [])
        #expect(try contract.differences(examples: "shop", models: [shop]) == [])
        #expect(try contract.missingTags(in: "shop-licence", models: [licence]) == [])
        #expect(try contract.differences(examples: "shop-licence", models: [licence]) == [])
    }
}

/// A session's token is a person's id.
private struct NamedSessions: SessionResolver {
    func identity(forSession token: String) async throws -> Identity? {
        Identity(person: token, roles: [], label: { "138****2468" })
    }
}
