import Applications
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing
import Web

@Suite("What is refused at the door")
struct DoorTests {
    @Test(
        "Who is not signed in is led to the door and back",
        arguments: [
            ("/applications", "/sign-in?next=/applications"), ("/staff/queue", "/staff/sign-in?next=/staff/queue"),
            ("/staff/operations", "/staff/sign-in?next=/staff/operations"),
        ])
    func signIn(path: String, door: String) async throws {
        let house = try await House()
        try await house.open { client in
            #expect(try await Visitor(client).get(path).path == door)
            let (status, body) = try await Visitor(client).json(path)
            #expect(status == .unauthorized)
            #expect(body.contains("\"code\":\"access.not_"))
        }
    }

    @Test("An applicant sees neither the workbench nor another's application")
    func strangers() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, stranger) = (Visitor(client), Visitor(client))
            try await house.signIn(owner, "13655557777")
            try await house.signIn(stranger, "13655556666")
            try await owner.get("/applications")
            let mine = try await owner.post("/applications", [("_key", "k")])
            let id = try #require(mine.id(after: "/applications/"))
            for path in ["", "/steps/licence", "/review"] {
                #expect(try await stranger.get("/applications/\(id)\(path)").status == .notFound)
            }
            try await stranger.get("/applications")
            #expect(try await stranger.post("/applications/\(id)/withdraw").status == .notFound)
            #expect(
                try await stranger.post("/applications/\(id)/steps/shop", [("shop.name", "mine")]).status == .notFound)
            #expect(try await stranger.get("/staff/queue").status == .forbidden)
            #expect(try await stranger.get("/api/applications/\(id)").status == .notFound)
            #expect(try await owner.json("/api/applications/\(id)").0 == .ok)
        }
    }

    @Test("A form without our token changes nothing")
    func foreignForm() async throws {
        let house = try await House()
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, "13655557777")
            let refused = try await owner.post("/applications", [("_key", "k")], withToken: false)
            #expect(refused.status == .forbidden)
            #expect(try await owner.get("/applications").text.contains("还没有申请"))
        }
    }

    @Test(
        "Bad input gets a clear answer and never a 5xx",
        arguments: [
            "/applications/x", "/applications/01j00000000000000000000000", "/applications/%00", "/shops/nothing",
            "/staff/cases/none",
            "/documents/../../etc/passwd/picture", "/assets/..%2f..%2fPackage.swift", "/nowhere",
            "/sign-in/code?challenge=x",
        ])
    func badAddresses(path: String) async throws {
        let house = try await House()
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, "13655557777")
            let page = try await owner.get(path)
            #expect((200..<500).contains(page.status.code), "\(path) answered \(page.status)")
        }
    }

    @Test("What is wrong with a field is told at the field, and what was typed stays")
    func fieldErrors() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, id) = try await house.begun(client)
            let page = try await owner.post(
                "/applications/\(id)/steps/confirm",
                [
                    ("licence.creditCode", "91330106MA9TE5T04A"), ("licence.name", "<script>alert(1)</script>"),
                    ("go", "next"),
                ])
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("href=\"#f-licence-creditCode\""))
            #expect(page.text.contains("91330106MA9TE5T04A"))
            #expect(page.text.contains("&lt;script&gt;"))
            #expect(!page.text.contains("<script>alert"))
            let incomplete = try await owner.post("/applications/\(id)/submit", [("truth", "yes"), ("_key", "s")])
            #expect(incomplete.status == .unprocessableContent)
            #expect(incomplete.text.contains("还差"))
        }
    }

    @Test("A file that is no picture is refused at its field and loses nothing")
    func badUpload() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, id) = try await house.begun(client)
            let page = try await owner.upload(
                "/applications/\(id)/steps/licence", file: "file.licence.picture", Array("%PDF-1.4".utf8))
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("这个文件不是照片"))
            let huge = try await owner.upload(
                "/applications/\(id)/steps/licence", file: "file.licence.picture",
                [UInt8](repeating: 0xFF, count: 14_000_000))
            #expect(huge.status == .contentTooLarge)
        }
    }

    @Test("A text far too long is told and not kept, and locks nobody out")
    func overlongText() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, id) = try await house.begun(client)
            let long = String(repeating: "\u{1}", count: 150_000)
            let page = try await owner.post(
                "/applications/\(id)/steps/confirm",
                [("licence.name", "禾穗知食品"), ("licence.scope", long), ("go", "next")])
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("太长，没有保存"))
            for path in ["/applications", "/applications/\(id)/review", "/applications/\(id)/steps/confirm"] {
                let after = try await owner.get(path)
                #expect(after.status == .ok)
                #expect(after.text.contains("禾穗知食品"), "what was sent beside it is kept")
            }
        }
    }

    @Test("Two pages that save different steps at once lose nothing")
    func twoBrowsers() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, id) = try await house.begun(client)
            async let shop = owner.post(
                "/applications/\(id)/steps/shop",
                [("shop.name", "甲乙丙"), ("shop.categories", "clothing"), ("go", "later")])
            async let people = owner.post(
                "/applications/\(id)/steps/people", [("settlement.bank", "中国银行西湖支行"), ("go", "later")])
            _ = try await (shop, people)
            let review = try await owner.get("/applications/\(id)/review").text
            #expect(review.contains("甲乙丙"))
            #expect(review.contains("中国银行西湖支行"))
        }
    }

    @Test("Pages carry the headers that keep their content their own")
    func headers() async throws {
        let house = try await House()
        try await house.open { client in
            let response = try await client.executeRequest(
                uri: "/", method: .get, headers: [.accept: "text/html"], body: nil)
            let policy = try #require(response.headers[.contentSecurityPolicy])
            #expect(policy.contains("script-src 'self';"))
            #expect(!policy.contains("unsafe"))
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(
                response.headers[values: .setCookie].allSatisfy {
                    $0.contains("HttpOnly") && $0.contains("SameSite=Lax")
                })
        }
    }

    @Test("Health says whether it can serve; metrics are not for strangers")
    func health() async throws {
        let house = try await House()
        try await house.open { client in
            let stranger = Visitor(client)
            let live = try await stranger.get("/health/live")
            let ready = try await stranger.get("/health/ready")
            let metrics = try await stranger.get("/metrics")
            #expect(live.text == "ok\n")
            #expect(ready.text == "ready\n")
            #expect(metrics.status == .notFound)
        }
    }
}

extension House {
    /// Somebody who is signed in and has begun an application.
    fileprivate func begun(_ client: any TestClientProtocol) async throws -> (owner: Visitor, application: String) {
        let owner = Visitor(client)
        try await signIn(owner, "13655557777")
        try await owner.get("/applications")
        let first = try await owner.post("/applications", [("_key", "k")])
        return (owner, try #require(first.id(after: "/applications/")))
    }
}
