import ChineseIdentifiers
import Database
import Hummingbird
import Kernel
import Sealing
import Testing
import Web

@testable import Accounts

@Suite("Sessions")
struct SessionTests {
    @Test("Signing out ends the session, also for whoever copied its cookie")
    func signOut() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            _ = try await browser.signIn(SignInTests.phone, in: house)
            let token = try #require(await browser.cookies["ruzhu_session"])
            #expect(try await browser.get("/me").status == .ok)
            try await browser.get("/consents/current")
            try await browser.get("/staff/sign-in")
            #expect(try await browser.post("/sign-out").location == "/")
            #expect(await browser.cookies["ruzhu_session"] == "")
            let copy = Browser(client)
            await copy.keep("ruzhu_session", token)
            #expect(try await copy.get("/me").location == "/sign-in?next=/me")
        }
    }

    @Test("A session lasts thirty days", arguments: [(30 * 86_400 - 1, true), (30 * 86_400, false)])
    func lifetime(second: Int, lasts: Bool) async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            _ = try await browser.signIn(SignInTests.phone, in: house)
            house.clock.advance(by: .seconds(second))
            #expect(try await browser.get("/me").status == (lasts ? .ok : .seeOther))
        }
    }

    @Test("Sessions are forgotten when they have expired, and no sooner")
    func forgetting() async throws {
        let house = try await House()
        try await house.open { client in
            _ = try await Browser(client).signIn(SignInTests.phone, in: house)
            house.clock.advance(by: SessionStore.lifetime - .seconds(1))
            try await house.accounts.forgetExpiredSessions()
            #expect(try await house.count(SessionRecord.table) == 1)
            house.clock.advance(by: .seconds(1))
            try await house.accounts.forgetExpiredSessions()
            #expect(try await house.count(SessionRecord.table) == 0)
        }
    }

    @Test("Signing in begins a new session and ends the one that the browser had")
    func fixation() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            await browser.keep("ruzhu_session", "planted-by-somebody-else")
            _ = try await browser.signIn(SignInTests.phone, in: house)
            let first = try #require(await browser.cookies["ruzhu_session"])
            #expect(first != "planted-by-somebody-else")
            #expect(first.utf8.count == 43)
            house.clock.advance(by: .seconds(61))
            // Somebody who is in may prove another phone at the staff door.
            _ = try await house.accounts.grant(.reviewer, toPhone: MobileNumber("13900139000"))
            _ = try await browser.signIn("13900139000", in: house, door: "/staff/sign-in")
            let second = try #require(await browser.cookies["ruzhu_session"])
            #expect(first != second)
            #expect(try await house.accounts.identity(forSession: first) == nil)
            #expect(try await house.accounts.identity(forSession: second)?.isStaff == true)
        }
    }

    @Test("The rows hold a digest of the token, never the token")
    func digest() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            _ = try await browser.signIn(SignInTests.phone, in: house)
            let token = try #require(await browser.cookies["ruzhu_session"])
            let kept: [UInt8]? = try await house.database.read { tx in
                try tx.value("SELECT token_digest FROM \(SessionRecord.table)")
            }
            #expect(kept == ContentHash.bytes(of: Array(token.utf8)))
        }
    }

    @Test("Somebody whose data was erased is nobody")
    func erased() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            _ = try await browser.signIn(SignInTests.phone, in: house)
            let now = house.clock.now
            try await house.database.write { [vault = house.vault] tx in
                let person: ID<Person>? = try tx.value("SELECT id FROM \(PersonRecord.table)")
                try vault.erase(#require(person).keyOwner, at: now, in: tx)
            }
            #expect(try await browser.get("/me").status == .seeOther)
        }
    }
}
