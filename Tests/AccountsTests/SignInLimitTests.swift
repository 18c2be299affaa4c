import Hummingbird
import Kernel
import Testing

@testable import Accounts

@Suite("How many codes are sent")
struct SignInLimitTests {
    @Test("Another code goes out after a minute, and the one before it ends", arguments: [(59, false), (60, true)])
    func resend(second: Int, isSent: Bool) async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let first = try #require(try await browser.ask(SignInTests.phone).challenge)
            house.clock.advance(by: .seconds(second))
            let again = try await browser.post("/sign-in/resend", ["challenge": first.text])
            #expect(again.status == (isSent ? .seeOther : .tooManyRequests))
            #expect((try await house.message(for: first) == nil) == isSent)
            guard let second = again.challenge else {
                #expect(again.text.contains("验证码刚刚发过"))
                return
            }
            let code = try #require(try await house.message(for: second)).code
            #expect(try await browser.answer(second, code).status == .seeOther)
        }
        #expect(try await house.events().count == (isSent ? 2 : 1))
    }

    @Test("A phone gets five codes within an hour, whoever asks, and more when the hour is over")
    func perPhone() async throws {
        let house = try await House()
        try await house.open { client in
            for _ in 0..<5 {
                let asked = try await Browser(client).ask(SignInTests.phone)
                #expect(asked.status == .seeOther)
                house.clock.advance(by: .seconds(61))
            }
            let sixth = try await Browser(client).ask(SignInTests.phone)
            #expect(sixth.status == .tooManyRequests)
            #expect(sixth.text.contains("次数太多"))
            #expect(sixth.text.contains("value=\"\(SignInTests.phone)\""))
            #expect(try await Browser(client).ask("13900139000").status == .seeOther)
            house.clock.advance(by: .seconds(3_600 - 5 * 61))
            #expect(try await Browser(client).ask(SignInTests.phone).status == .seeOther)
        }
    }

    @Test("A client gets thirty codes at once, and then one every two minutes")
    func perClient() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            try await browser.get("/sign-in")
            for number in 0..<30 {
                #expect(try await browser.ask("139001390\(10 + number)").status == .seeOther)
            }
            #expect(try await browser.ask("13900139099").status == .tooManyRequests)
            house.clock.advance(by: .seconds(121))
            #expect(try await browser.ask("13900139099").status == .seeOther)
            #expect(try await browser.ask("13900139098").status == .tooManyRequests)
        }
    }

    @Test(
        "The limits look back one hour",
        arguments: [
            ([Int](), nil), ([30], SignInRefusal.tooSoon), ([60], nil), ([61, 120, 180, 240, 300], .phoneLimit),
            ([61, 120, 180, 240, 3_600], nil), ([61, 120, 180, 240, 3_599], .phoneLimit),
        ] as [([Int], SignInRefusal?)])
    func table(secondsAgo: [Int], refusal: SignInRefusal?) {
        let sent = secondsAgo.map { Instant.example - .seconds($0) }
        var outcome: SignInRefusal?
        do {
            try SignInLimits.standard.allowAnother(after: sent, at: .example)
        } catch {
            outcome = error
        }
        #expect(outcome == refusal)
    }
}
