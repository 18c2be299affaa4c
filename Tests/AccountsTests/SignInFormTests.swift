import CanonicalJSON
import Hummingbird
import Kernel
import Testing
import Web

@testable import Accounts

@Suite("The sign-in forms")
struct SignInFormTests {
    @Test("A bad number and a missing consent are told at their fields, and what was typed stays")
    func errors() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            try await browser.get("/sign-in")
            let page = try await browser.post("/sign-in", ["phone": "138057\"><b>", "next": "/applications/a1"])
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("勾选同意后才能继续"))
            #expect(page.text.contains("aria-invalid=\"true\""))
            #expect(page.text.contains("138057&quot;&gt;&lt;b&gt;"))
            #expect(page.text.contains("/applications/a1"))
        }
        #expect(try await house.count(ChallengeRecord.table) == 0)
    }

    @Test("An outdated consent is ticked anew")
    func outdatedConsent() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            try await browser.get("/sign-in")
            let page = try await browser.post("/sign-in", ["phone": SignInTests.phone, "consent": "2020-01"])
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("同意书有了新版本"))
        }
    }

    @Test("A program gets a problem document that names the fields")
    func problemDocument() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            try await browser.get("/sign-in")
            let page = try await browser.post("/sign-in", ["phone": "1"], accept: "application/json")
            #expect(page.status == .unprocessableContent)
            let document = try JSONValue(parsing: page.text)
            #expect(document["errors"]?[0]?["path"]?.string == "/phone")
            #expect(document["errors"]?[0]?["code"]?.string == "mobile.length")
            #expect(document["errors"]?[1]?["code"]?.string == "sign_in.consent_missing")
        }
    }

    @Test("The same form sent twice asks for one code")
    func idempotency() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            try await browser.get("/sign-in")
            let fields = ["phone": SignInTests.phone, "consent": "2026-01", "_key": "k-1"]
            let first = try await browser.post("/sign-in", fields)
            let second = try await browser.post("/sign-in", fields)
            #expect(first.challenge != nil)
            #expect(first.challenge == second.challenge)
        }
        #expect(try await house.count(ChallengeRecord.table) == 1)
        #expect(try await house.events().count == 1)
    }

    @Test("A form without a challenge is refused in plain words")
    func noChallenge() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            try await browser.get("/sign-in")
            for challenge in ["", "x", "01234567890123456789012345"] {
                for path in ["/sign-in/code", "/sign-in/resend"] {
                    let page = try await browser.post(path, ["challenge": challenge, "code": "123456"])
                    #expect(page.status == .unprocessableContent)
                    #expect(page.text.contains("验证码已过期"))
                }
            }
            #expect(try await browser.get("/sign-in/code").location == "/sign-in?next=/applications")
        }
    }

    @Test("The consent text is there to be read, in its current version")
    func consentText() async throws {
        let house = try await House()
        try await house.open { client in
            let page = try await Browser(client).get("/consents/current")
            #expect(page.status == .ok)
            #expect(page.text.contains("2026-01 版"))
            #expect(page.text.contains("撤回同意"))
        }
    }

    @Test("Whoever is signed in need not sign in again")
    func alreadyIn() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            _ = try await browser.signIn(SignInTests.phone, in: house)
            #expect(try await browser.get("/sign-in?next=/applications/a1").location == "/applications/a1")
            #expect(try await browser.get("/staff/sign-in").status == .ok)
        }
    }

    @Test(
        "A browser is sent on within this site only",
        arguments: [
            ("/applications/a1?tab=x", true), ("/", true), ("//evil.example", false), ("/\\evil.example", false),
            ("https://evil.example", false), ("/\t/evil.example", false), ("/a\r\nSet-Cookie: x=1", false),
            ("javascript:alert(1)", false), ("", false), ("/a b", false), ("applications", false), ("/a\\b", false),
            ("/" + String(repeating: "a", count: 500), false),
        ])
    func openRedirect(next: String, isLocal: Bool) async throws {
        #expect((LocalPath(next) != nil) == isLocal)
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(SignInTests.phone, next: next).challenge)
            let code = try #require(try await house.message(for: challenge)).code
            let entered = try await browser.answer(challenge, code, next: next)
            #expect(entered.location == (isLocal ? next : "/applications"))
        }
    }
}
