import Accounts
import Database
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Sealing
import TestSupport
import Testing

@testable import Stores
@testable import Web

@Suite("The first day, and the public licence")
struct FirstDayTests {
    private static func serve(
        _ stores: Stores, _ pages: Pages, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let router = Router(context: WebContext.self)
        router.add(middleware: ProblemMiddleware(pages: pages))
        router.add(
            middleware: SessionMiddleware(
                resolver: Anybody(), formToken: FormToken(secret: [1]), cookies: CookieJar(isSecure: false)))
        stores.addRoutes(to: router)
        try await Hummingbird.Application(router: router).test(.router) { client in try await body(client) }
    }

    private static func tick(
        _ client: any TestClientProtocol, _ path: String, _ fields: String, as person: ID<Person> = .owner
    ) async throws -> HTTPResponse.Status {
        let visitor = String(repeating: "v", count: 24)
        let token = FormToken(secret: [1]).bound(to: visitor).masked().percentEncodedForQuery
        let answer = try await client.executeRequest(
            uri: path, method: .post,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .accept: "text/html",
                .cookie: "ruzhu_session=\(person); ruzhu_visitor=\(visitor)",
            ], body: ByteBuffer(string: "_csrf=\(token)&" + fields))
        return answer.status
    }

    @Test("What the owner has done stays done until it is taken back, and the shop's page says what is left")
    func state() async throws {
        let bench = try await StoresBench()
        let id = try #require(try await bench.open())
        try await Self.serve(bench.stores, bench.pages) { client in
            let (path, owner) = ("/shops/\(id)/first-day", ID<Person>.owner.text)
            let first = try await client.get(path, session: owner, accept: "text/html").text
            #expect(first.contains("还有 5 件") && first.contains("https://ruzhu.example.cn/shops/\(id)/licence"))
            #expect(first.contains("2030年6月30日"), "a permit's day")
            for _ in 0..<2 { #expect(try await Self.tick(client, path, "step=goods&done=yes") == .seeOther) }
            #expect(try await client.get(path, session: owner, accept: "text/html").text.contains("做完 1 件，还有 4 件"))
            let shop = try await client.get("/shops/\(id)", session: owner, accept: "text/html").text
            #expect(shop.contains("第一天还有 4 件事") && shop.contains(path))
            #expect(try await Self.tick(client, path, "step=goods&done=no") == .seeOther)
            #expect(try await client.get(path, session: owner, accept: "text/html").text.contains("还有 5 件"))
            #expect(try await Self.tick(client, path, "step=holiday&done=yes") == .notFound)
        }
    }

    @Test("It is the owner's: others are led to the shop, and change nothing")
    func others() async throws {
        let bench = try await StoresBench()
        let id = try #require(try await bench.open())
        try await Self.serve(bench.stores, bench.pages) { client in
            let path = "/shops/\(id)/first-day"
            let other = try await client.get(path, session: ID<Person>.stranger.text, accept: "text/html")
            #expect(other.status == .seeOther && other.headers[.location] == "/shops/\(id)")
            #expect(try await Self.tick(client, path, "step=goods&done=yes", as: .stranger) == .notFound)
            #expect(try await client.get(path, session: nil).status == .unauthorized)
            let shop = try await client.get("/shops/\(id)", session: ID<Person>.stranger.text, accept: "text/html").text
            #expect(!shop.contains("第一天"))
        }
    }

    @Test("The progress page's link to the shop leads to the first day")
    func link() async throws {
        let bench = try await StoresBench()
        let id = try #require(try await bench.open())
        let path = try await bench.database.read { tx in try Stores.path(ofStoreOpenedBy: .shop, in: tx) }
        #expect(path == "/shops/\(id)/first-day")
    }

    @Test("A visitor who has the licence page is told so, one who is signed in gets it whole")
    func revalidated() async throws {
        let bench = try await StoresBench()
        let id = try #require(try await bench.open())
        try await Self.serve(bench.stores, bench.pages) { client in
            let path = "/shops/\(id)/licence"
            let first = try await client.get(path, session: nil, accept: "text/html")
            let tag = try #require(first.headers[.eTag])
            #expect(first.text.contains("rel=\"canonical\" href=\"https://ruzhu.example.cn\(path)\""))
            #expect(first.text.contains("有效期至 2030年6月30日") && !first.text.contains("noindex"))
            let again = try await client.executeRequest(
                uri: path, method: .get, headers: [.accept: "text/html", .ifNoneMatch: tag], body: nil)
            #expect(again.status == .notModified && again.body.readableBytes == 0)
            let signedIn = try await client.get(path, session: ID<Person>.owner.text, accept: "text/html")
            #expect(signedIn.status == .ok && signedIn.headers[.eTag] == nil)
        }
    }

    /// 网络交易监督管理办法 Art. 12 gives the words.
    @Test(
        "A natural person publishes the declaration in the law's words, and no name",
        arguments: [
            ("person/farm-produce", "个人销售自产农副产品，依法不需要办理市场主体登记"),
            ("person/handicraft", "个人销售家庭手工业产品，依法不需要办理市场主体登记"),
            ("person/services", "个人利用自己的技能从事依法无须取得许可的便民劳务活动，依法不需要办理市场主体登记"),
            ("person", "个人从事零星小额交易活动，依法不需要办理市场主体登记"),
        ])
    func declaration(subject: String, words: String) async throws {
        let bench = try await SalesBench()
        let id = try await bench.shop(as: subject)
        try await bench.serve { client in
            let page = try await client.get("/shops/\(id)/licence", session: nil, accept: "text/html").text
            #expect(page.contains(words) && page.contains("自我声明") && !page.contains("统一社会信用代码"))
            let shop = try await client.get("/shops/\(id)", session: nil, accept: "text/html").text
            #expect(shop.contains(">自我声明</a>"))
        }
    }

    @Test("A sole trader's licence names the trader and the place as such licences do")
    func soleTrader() async throws {
        let bench = try await SalesBench()
        let id = try await bench.shop("天翼鲜果铺子", as: "individual")
        let store = try #require(try await bench.database.read { tx in try StoreStore().find(id, in: tx) })
        let page = LicencePage(page: .example, store: store, representative: "孙燕英", site: "https://ruzhu.example.cn")
        #expect(page.facts.contains(.init(label: "经营者", value: "孙燕英", mono: false)))
    }

    @Test("Every tag finds a value, and the models are what the examples promise")
    func templates() async throws {
        let bench = try await StoresBench()
        _ = try await bench.open()
        let store = try await bench.store()
        let contract = TemplateContract(folders: [Pages.templates, Stores.templates])
        let page = FirstDayPage(
            page: .example, store: store, done: [.goods: .example], site: "https://ruzhu.example.cn", help: "电话")
        #expect(try contract.missingTags(in: "first-day", models: [page]) == [])
        #expect(try contract.differences(examples: "first-day", models: [page]) == [])
    }
}

extension PageFrame {
    static let example = PageFrame(
        title: "t", nonce: "n", csrf: "c", person: "138****2468", isStaff: false, isReviewer: false,
        isOperator: false, isDemo: true, assets: Assets.none.links, requestID: "r-1")
}

/// A session's token is a person's id.
private struct Anybody: SessionResolver {
    func identity(forSession token: String) async throws -> Identity? {
        Identity(person: token, roles: [], label: { "138****2468" })
    }
}
