import Accounts
import CanonicalJSON
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

@Suite("The operators' pages of endpoints, and what partners fetch")
struct WebhookPagesTests {
    /// Runs `body` with a client of the context's routes; a session's token is a person's id, or `operator`.
    private static func serve(
        _ bench: WebhookBench, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let router = Router(context: WebContext.self)
        router.add(middleware: ProblemMiddleware(pages: bench.pages))
        router.add(
            middleware: SessionMiddleware(
                resolver: Sessions(), formToken: FormToken(secret: [1]), cookies: CookieJar(isSecure: false)))
        bench.stores.addRoutes(to: router)
        try await Hummingbird.Application(router: router).test(.router) { client in try await body(client) }
    }

    /// Sends a form as the operator's browser does.
    private static func post(
        _ client: any TestClientProtocol, _ path: String, _ fields: String, session: String = "operator"
    ) async throws -> TestResponse {
        let visitor = String(repeating: "v", count: 24)
        let token = FormToken(secret: [1]).bound(to: visitor).masked().percentEncodedForQuery
        return try await client.executeRequest(
            uri: path, method: .post,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .accept: "text/html",
                .cookie: "ruzhu_session=\(session); ruzhu_visitor=\(visitor)",
            ], body: ByteBuffer(string: "_csrf=\(token)&" + fields))
    }

    private static let entry = "description=Mall&address=https%3A%2F%2Fmall.example.cn%2Fhooks&event=shop.opened"

    @Test("A secret is shown once: a form that comes again leads to the endpoint and makes no second one")
    func shownOnce() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            try await Self.serve(bench) { client in
                let first = try await Self.post(client, "/operations/webhooks", Self.entry + "&_key=k1")
                let secret = try #require(String(buffer: first.body).firstMatch(of: #/whsec_[A-Za-z0-9+\/]{43}=/#))
                #expect(first.status == .ok && first.headers[.cacheControl] == "no-store")
                let again = try await Self.post(client, "/operations/webhooks", Self.entry + "&_key=k1")
                #expect(again.status == .seeOther)
                let page = try await client.get(
                    try #require(again.headers[.location]), session: "operator", accept: "text/html")
                #expect(page.status == .ok && !page.text.contains(secret.0) && page.text.contains("登记"))
                let list = try await client.get("/operations/webhooks", session: "operator", accept: "text/html")
                #expect(list.text.matches(of: #/\/operations\/webhooks\/[0-9a-z]{26}/#).count == 1)
            }
        }
    }

    @Test(
        "What can't be is refused with a stable code",
        arguments: [
            ("description=Mall&address=http%3A%2F%2Fmall.example.cn%2F", "webhook.address_insecure"),
            ("description=Mall&address=https%3A%2F%2F10.0.0.1%2F", "webhook.address_private"),
            ("description=Mall&address=mall", "webhook.address_unreadable"),
            ("description=Mall", "webhook.address_missing"),
            ("address=https%3A%2F%2Fmall.example.cn%2F", "webhook.description_missing"),
        ])
    func refused(fields: String, code: String) async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            try await Self.serve(bench) { client in
                let answer = try await Self.post(client, "/operations/webhooks", fields)
                #expect(answer.status == .unprocessableContent && answer.text.contains(code))
            }
        }
    }

    @Test("Only operators come here, and no form of a stranger's page does")
    func access() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await Self.serve(bench) { client in
                for path in ["/operations/webhooks", "/operations/webhooks/\(id)"] {
                    #expect(try await client.get(path, session: nil).status == .unauthorized)
                    #expect(try await client.get(path, session: ID<Person>.owner.text).status == .forbidden)
                }
                let path = "/operations/webhooks/\(id)/off"
                #expect(try await Self.post(client, path, "", session: ID<Person>.owner.text).status == .forbidden)
                let foreign = try await client.executeRequest(
                    uri: path, method: .post,
                    headers: [
                        .contentType: "application/x-www-form-urlencoded", .cookie: "ruzhu_session=operator",
                    ], body: ByteBuffer(string: "_csrf=x"))
                #expect(foreign.status == .forbidden)
                #expect(try await bench.endpoint(id).isOn)
                #expect(try await Self.post(client, path, "").status == .seeOther)
                #expect(try await !bench.endpoint(id).isOn)
                let test = try await Self.post(client, "/operations/webhooks/\(id)/test", "")
                #expect(test.status == .conflict && test.text.contains("webhook.is_off"))
                let unknown = "/operations/webhooks/0000000000000000000000000z"
                #expect(try await client.get(unknown, session: "operator").status == .notFound)
                #expect(try await Self.post(client, unknown + "/on", "").status == .notFound)
            }
        }
    }

    @Test("A time is replayed from the page, and one that makes no sense is refused")
    func range() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            try await bench.open()
            let (id, _) = try await bench.register()
            try await Self.serve(bench) { client in
                let path = "/operations/webhooks/\(id)/replay-range"
                for (fields, code) in [
                    ("from=2026-03-01+08%3A00&to=tomorrow", "webhook.time_unreadable"),
                    ("from=2026-03-02+08%3A00&to=2026-03-01+08%3A00", "webhook.time_order"),
                ] {
                    #expect(try await Self.post(client, path, fields).text.contains(code))
                }
                let done = try await Self.post(
                    client, path, "from=2026-03-01+08%3A00&to=2026-03-02+08%3A00&which=missing")
                #expect(done.status == .seeOther)
                try await bench.work()
                #expect(receiver.got.count == 1, "the shop had opened before the endpoint was there")
                let page = try await client.get("/operations/webhooks/\(id)", session: "operator", accept: "text/html")
                #expect(page.text.contains("已送到") && page.text.contains("补发一段时间") && page.text.contains("thanks"))
            }
        }
    }

    @Test("A key opens the data of shops: what is public, and of the contact what does not say who it is")
    func data() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let store = try #require(try await bench.open(.shop))
            let (id, _) = try await bench.register()
            try await Self.serve(bench) { client in
                let made = try await Self.post(client, "/operations/webhooks/\(id)/keys", "label=Shops")
                let key = String(try #require(made.text.firstMatch(of: #/rzp_[A-Za-z0-9_\-]{43}/#)).0)
                let answer = try await client.fetch("/api/shops/\(store)", key: key)
                #expect(answer.status == .ok && answer.headers[.cacheControl] == "no-store")
                let json = try answer.json
                #expect(json["name"] == "天翼鲜果铺子" && json["state"] == "open")
                #expect(json["opened_at"] == "2026-03-01T08:00:00Z" && json["subject"]?["kind"] == "enterprise")
                #expect(json["licence"]?["code"] == "91330106MA9TE5T04E")
                #expect(json["licence"]?["legal_representative"] == "孙燕英")
                #expect(json["permits"]?[0]?["number"] == "JY13101150012345")
                #expect(json["contact"] == ["name": "王**", "phone": "138****2468"])
                #expect(json["settlement"] == ["account": "not_given", "payment": "not_connected"])
                for personal in ["王小明", "330106199001019979", "13800132468"] {
                    #expect(!answer.text.contains(personal))
                }
                #expect(try await client.fetch("/api/shops/0000000000000000000000000z", key: key).status == .notFound)
                let page = try await client.get("/operations/webhooks/\(id)", session: "operator", accept: "text/html")
                let partner = try #require(page.text.firstMatch(of: #/name="key" value="([0-9a-z]{26})"/#)).1
                #expect(!page.text.contains("还没用过"))
                #expect(
                    try await Self.post(client, "/operations/webhooks/\(id)/end-key", "key=\(partner)").status
                        == .seeOther)
                #expect(try await client.fetch("/api/shops/\(store)", key: key).status == .unauthorized)
            }
        }
    }

    @Test(
        "Without a key nothing is told, also to an operator's browser",
        arguments: [nil, "x", "rzp_" + String(repeating: "a", count: 43)])
    func noKey(key: String?) async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let store = try #require(try await bench.open(.shop))
            try await Self.serve(bench) { client in
                for path in ["/api/shops", "/api/shops/\(store)"] {
                    let answer = try await client.fetch(path, key: key)
                    #expect(
                        answer.status == .unauthorized && answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
                    #expect(answer.codes.first == "partner.unauthorized")
                    #expect(try await client.get(path, session: "operator").status == .unauthorized)
                }
            }
        }
    }

    @Test("The list comes in pages, loses no shop, and waits half a minute for those that are still being written")
    func pages() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            var opened: [String] = []
            for _ in 0..<5 {
                opened.append(try #require(try await bench.open()).text)
                bench.clock.advance(by: .seconds(1))
            }
            let all = opened
            let (id, _) = try await bench.register()
            let key = PartnerKey.random()
            try await bench.act { desk, hand, tx in
                try desk.addKey(key, as: .new(at: hand.now), label: "店铺中心", to: id, by: hand, in: tx)
            }
            try await Self.serve(bench) { client in
                let bearer = key.text.reveal()
                let early = try await client.fetch("/api/shops", key: bearer).json
                #expect(early["shops"]?.array == [] && early["next"] == .null && early["last"] == .null)
                bench.clock.advance(by: .seconds(30))
                var (seen, after): ([String], String) = ([], "")
                for _ in 0..<4 {
                    let page = try await client.fetch("/api/shops?limit=2&after=\(after)", key: bearer).json
                    seen += (page["shops"]?.array ?? []).compactMap { $0["id"]?.string }
                    after = page["last"]?.string ?? ""
                    if page["next"]?.isNull ?? true { break }
                }
                #expect(seen == all && after == all.last)
                let rest = try await client.fetch("/api/shops?after=\(after)", key: bearer).json
                #expect(rest["shops"]?.array == [] && rest["last"]?.string == after)
                for (query, code) in [
                    ("after=x", "shops.cursor_unknown"), ("limit=0", "shops.limit"), ("limit=101", "shops.limit"),
                ] {
                    #expect(try await client.fetch("/api/shops?\(query)", key: bearer).codes.first == code)
                }
            }
        }
    }

    @Test("Every tag finds a value, and the models are what the examples promise")
    func templates() async throws {
        try await Receiver.listen { receiver in
            receiver.answer(.init(status: .serviceUnavailable, body: "busy"))
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await bench.act { desk, hand, tx in
                try desk.addKey(.random(), as: .new(at: hand.now), label: "店铺中心", to: id, by: hand, in: tx)
            }
            try await bench.open()
            try await bench.work()
            let frame = PageFrame(
                title: "t", nonce: "n", csrf: "c", person: "138****2222", isStaff: true, isReviewer: false,
                isOperator: true, isDemo: true, assets: Assets.none.links, requestID: "r-1")
            let view = try await bench.view(id)
            let contract = TemplateContract(folders: [Pages.templates, Stores.templates])
            let models: [(String, Any)] = [
                ("webhooks", WebhooksPage(page: frame, [(view.endpoint, view.deliveries.first?.delivery)])),
                ("webhook", WebhookPage(page: frame, view, at: bench.clock.now)),
                ("webhook-secret", WebhookSecretPage(page: frame, kind: .signature, secret: "whsec_", back: "/")),
            ]
            for (name, model) in models {
                #expect(try contract.missingTags(in: name, models: [model]) == [])
                #expect(try contract.differences(examples: name, models: [model]) == [])
            }
        }
    }
}

extension TestClientProtocol {
    fileprivate func fetch(_ path: String, key: String?) async throws -> TestResponse {
        var headers: HTTPFields = [.accept: "application/json"]
        if let key { headers[.authorization] = "Bearer \(key)" }
        return try await executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }
}

/// A session's token is a person's id, or `operator`.
private struct Sessions: SessionResolver {
    func identity(forSession token: String) async throws -> Identity? {
        Identity(person: token, roles: token == "operator" ? [.operator] : [], label: { "138****2222" })
    }
}
