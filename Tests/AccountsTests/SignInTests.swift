import ChineseIdentifiers
import Hummingbird
import Kernel
import Testing
import Web

@testable import Accounts

@Suite("Signing in by phone and one-time code")
struct SignInTests {
    static let phone = "13800132468"

    @Test("A phone and its code open the door, and the page shows the masked number only")
    func happyPath() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let asked = try await browser.ask("138 0013 2468", next: "/applications/a1")
            #expect(asked.status == .seeOther)
            let challenge = try #require(asked.challenge)
            let form = try await browser.get(try #require(asked.location))
            #expect(form.status == .ok)
            #expect(form.text.contains("138****2468"))
            #expect(!form.text.contains(Self.phone))
            let message = try #require(try await house.message(for: challenge))
            #expect(message.phone == Self.phone)
            #expect(!form.text.contains(message.code))
            let entered = try await browser.answer(challenge, message.code, next: "/applications/a1")
            #expect(entered.status == .seeOther)
            #expect(entered.location == "/applications/a1")
            #expect(try await browser.get("/me").text == "138****2468 false")
        }
    }

    @Test("Signing in twice finds the same person")
    func samePerson() async throws {
        let house = try await House()
        try await house.open { client in
            for _ in 0..<2 {
                let entered = try await Browser(client).signIn(Self.phone, in: house)
                #expect(entered.status == .seeOther)
                house.clock.advance(by: .seconds(61))
            }
        }
        #expect(try await house.count(PersonRecord.table) == 1)
        #expect(try await house.count(SessionRecord.table) == 2)
    }

    @Test("A wrong code says how many tries are left; the fifth locks, and then the right one is too late")
    func lock() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(Self.phone).challenge)
            let right = try #require(try await house.message(for: challenge)).code
            for left in [4, 3, 2, 1] {
                let page = try await browser.answer(challenge, OneTimeCode.other(than: right))
                #expect(page.status == .unprocessableContent)
                #expect(page.text.contains("还可以再试 \(left) 次"))
            }
            let locked = try await browser.answer(challenge, OneTimeCode.other(than: right))
            #expect(locked.status == .unprocessableContent)
            #expect(locked.text.contains("已作废"))
            let late = try await browser.answer(challenge, right)
            #expect(late.status == .unprocessableContent)
            #expect(try await browser.get("/me").status == .seeOther)
        }
    }

    @Test("What is not six digits costs no try")
    func shape() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(Self.phone).challenge)
            for typed in ["", "12345", "1234567", "12a456"] {
                let page = try await browser.answer(challenge, typed)
                #expect(page.status == .unprocessableContent)
                #expect(page.text.contains("验证码是 6 位数字"))
            }
            #expect(try await house.challenge(challenge)?.state == .waiting(wrongTries: 0))
        }
    }

    @Test("A code works for five minutes", arguments: [(299, true), (300, false), (301, false)])
    func expiry(second: Int, works: Bool) async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(Self.phone).challenge)
            let code = try #require(try await house.message(for: challenge)).code
            house.clock.advance(by: .seconds(second))
            let page = try await browser.answer(challenge, code)
            #expect(page.status == (works ? .seeOther : .unprocessableContent))
            #expect(page.text.contains("验证码已过期") == !works)
        }
    }

    @Test("A code that was used lets nobody else in")
    func replay() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(Self.phone).challenge)
            let code = try #require(try await house.message(for: challenge)).code
            #expect(try await browser.answer(challenge, code).status == .seeOther)
            let thief = Browser(client)
            try await thief.get("/sign-in")
            let refused = try await thief.answer(challenge, code)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("已经用过"))
            #expect(await thief.cookies["ruzhu_session"] == nil)
            // The browser that got in and sends its form once more just goes on.
            #expect(try await browser.answer(challenge, code).status == .seeOther)
        }
        #expect(try await house.count(SessionRecord.table) == 1)
    }

    @Test("Two browsers race with one code: one gets in")
    func race() async throws {
        let house = try await House(rehearsing: false)
        try await house.open { client in
            let browsers = (0..<8).map { _ in Browser(client) }
            let challenge = try #require(try await browsers[0].ask(Self.phone).challenge)
            let code = try #require(try await house.message(for: challenge)).code
            for browser in browsers { try await browser.get("/sign-in") }
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for browser in browsers { group.addTask { try await browser.answer(challenge, code).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == .seeOther } == 1)
            #expect(statuses.count { $0 == .unprocessableContent } == 7)
        }
        #expect(try await house.count(SessionRecord.table) == 1)
    }

    @Test("A code opens only the door that it was asked for at")
    func doors() async throws {
        let house = try await House()
        _ = try await house.accounts.grant(.reviewer, toPhone: .example)
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(Self.phone).challenge)
            let code = try #require(try await house.message(for: challenge)).code
            #expect(try await browser.answer(challenge, code, door: "/staff/sign-in").status == .unprocessableContent)
            #expect(try await browser.answer(challenge, code).status == .seeOther)
        }
    }

    @Test("A form without our token changes nothing")
    func foreignForm() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            try await browser.get("/sign-in")
            let page = try await browser.post(
                "/sign-in", ["phone": Self.phone, "consent": "2026-01"], withToken: false)
            #expect(page.status == .forbidden)
        }
        #expect(try await house.count(ChallengeRecord.table) == 0)
    }

    @Test("The demo points to its messages; elsewhere nothing does", arguments: [true, false])
    func demo(isDemo: Bool) async throws {
        let house = try await House(isDemo: isDemo)
        try await house.open { client in
            let browser = Browser(client)
            let asked = try await browser.ask(Self.phone)
            let page = try await browser.get(try #require(asked.location))
            #expect(page.text.contains("/demo/messages") == isDemo)
        }
    }
}
