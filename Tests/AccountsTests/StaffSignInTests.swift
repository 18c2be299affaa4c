import ChineseIdentifiers
import Database
import Hummingbird
import Kernel
import Testing
import Web

@testable import Accounts

@Suite("Staff sign-in")
struct StaffSignInTests {
    @Test("Whoever was given a role gets in without a consent, and is led to the workbench")
    func granted() async throws {
        let house = try await House()
        let person = try await house.accounts.grant(.reviewer, toPhone: .example)
        try await house.open { client in
            let browser = Browser(client)
            let entered = try await browser.signIn(MobileNumber.example.plain, in: house, door: "/staff/sign-in")
            #expect(entered.location == "/staff")
            #expect(try await browser.get("/me").text == "138****2468 true")
            let token = try #require(await browser.cookies["ruzhu_session"])
            let identity = try await house.accounts.identity(forSession: token)
            #expect(identity == Identity(person: person.text, roles: [.reviewer], label: { "138****2468" }))
        }
        #expect(try await house.count(ConsentRecord.table) == 0)
    }

    @Test("Whoever has no role is told so politely, but only after proving the phone")
    func unknown() async throws {
        let house = try await House()
        _ = try await house.accounts.grant(.reviewer, toPhone: MobileNumber("13900139000"))
        try await house.open { client in
            let known = Browser(client)
            let stranger = Browser(client)
            let askedKnown = try await known.ask("13900139000", door: "/staff/sign-in")
            let askedStranger = try await stranger.ask("13700137000", door: "/staff/sign-in")
            #expect(askedKnown.status == askedStranger.status)
            let challenge = try #require(askedStranger.challenge)
            let code = try #require(try await house.message(for: challenge)).code
            let wrong = try await stranger.answer(challenge, OneTimeCode.other(than: code), door: "/staff/sign-in")
            #expect(!wrong.text.contains("还没有登记"))
            let proved = try await stranger.answer(challenge, code, door: "/staff/sign-in")
            #expect(proved.status == .forbidden)
            #expect(proved.text.contains("这个手机号还没有登记为工作人员"))
            #expect(await stranger.cookies["ruzhu_session"] == nil)
        }
        // The stranger left nothing behind.
        #expect(try await house.count(PersonRecord.table) == 1)
    }

    @Test("The refusal's stable code is staff.not_known")
    func code() {
        #expect(SignInRefusal.notStaff.problem.code == "staff.not_known")
    }

    @Test("Giving a role twice, and to somebody who is here already, keeps one person")
    func grantTwice() async throws {
        let house = try await House()
        let first = try await house.accounts.grant(.reviewer, toPhone: .example)
        let second = try await house.accounts.grant(.reviewer, toPhone: .example)
        let third = try await house.accounts.grant(.operator, toPhone: .example)
        #expect(first == second && second == third)
        #expect(try await house.count(PersonRecord.table) == 1)
        #expect(try await house.count(RoleRecord.table) == 2)
        let found = try await house.database.read { [accounts = house.accounts] tx in
            try accounts.person(withPhone: .example, in: tx)
        }
        #expect(found == first)
    }
}
