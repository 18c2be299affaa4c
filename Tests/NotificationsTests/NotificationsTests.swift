import Accounts
import Applications
import ChineseIdentifiers
import Database
import Foundation
import Kernel
import Sealing
import TestSupport
import Testing
import Work

@testable import Accounts
@testable import Notifications

@Suite("Messages to people's phones")
struct NotificationsTests {
    /// Asks for a code as the sign-in form does.
    private func challenge(in office: Office) async throws -> (id: ID<Challenge>, code: String) {
        let now = office.clock.now
        var generator = SystemRandomNumberGenerator()
        let order = SignInSteps.Order(
            door: .staff, phone: Office.phone, consentVersion: nil, id: .new(at: now),
            code: .random(using: &generator))
        let steps = SignInSteps(
            limits: .standard, challenges: ChallengeStore(vault: office.vault),
            people: PersonStore(vault: office.vault),
            sessions: SessionStore(), consents: ConsentStore(vault: office.vault),
            texts: try ConsentTexts(folder: Accounts.templates.appending(path: "consents")))
        try await office.test.database.write { tx in try steps.ask(order, at: now, in: tx) }
        return (order.id, order.code.digits)
    }

    @Test("A code goes to the phone that asked for it, once")
    func code() async throws {
        let office = try await Office()
        let asked = try await challenge(in: office)
        try await office.work()
        try await office.work()
        #expect(office.network.sent.map(\.text) == ["sign_in_code \(asked.code) 5"])
        #expect(office.network.sent.map(\.phone) == [Office.phone.plain])
        #expect(try await office.waiting().isEmpty)
    }

    @Test("An outage delays a code, and does not lose it")
    func outage() async throws {
        let office = try await Office()
        let asked = try await challenge(in: office)
        office.network.fail(with: .unreachable)
        for _ in 0..<4 {
            try await office.work()
            office.clock.advance(by: .seconds(20))
        }
        #expect(office.network.attempts == 4)
        #expect(office.network.sent.isEmpty)
        office.network.fail(with: nil)
        try await office.work()
        #expect(office.network.sent.map(\.text) == ["sign_in_code \(asked.code) 5"])
    }

    @Test("A code that expired during an outage is not sent any more")
    func tooLate() async throws {
        let office = try await Office()
        _ = try await challenge(in: office)
        office.network.fail(with: .unreachable)
        try await office.work()
        office.network.fail(with: nil)
        office.clock.advance(by: .seconds(300))
        try await office.work()
        #expect(office.network.sent.isEmpty)
        #expect(try await office.waiting().isEmpty)
    }

    @Test("News survives a day's outage")
    func longOutage() async throws {
        let office = try await Office()
        try await office.emit(.example("open", person: try await office.person()))
        office.network.fail(with: .declined(code: "FailedOperation.InsufficientBalanceInSmsPackage"))
        for _ in 0..<144 {
            try await office.work()
            office.clock.advance(by: .seconds(600))
        }
        office.network.fail(with: nil)
        try await office.work()
        #expect(office.network.sent.count == 1)
    }

    @Test("A number that can't be reached is tried once")
    func forGood() async throws {
        let office = try await Office()
        try await office.emit(.example("rejected", person: try await office.person()))
        office.network.fail(with: .refusedForGood(code: "FailedOperation.PhoneNumberInBlacklist"))
        for _ in 0..<3 {
            try await office.work()
            office.clock.advance(by: .seconds(600))
        }
        #expect(office.network.attempts == 1)
        #expect(try await office.waiting().isEmpty)
    }

    @Test(
        "The applicant hears of what matters, with a link",
        arguments: JourneyState.Kind.allCases)
    func news(state: JourneyState.Kind) async throws {
        let office = try await Office()
        try await office.emit(.example(state.rawValue, person: try await office.person()))
        try await office.work()
        let link = "https://ruzhu.example.cn/applications/01hzzzzzzzzzzzzzzzzzzzzzzz"
        let expected: [String] =
            switch state {
            case .changesRequested: ["changes_requested \(link)"]
            case .rejected: ["rejected \(link)"]
            case .open: ["shop_opened \(link)"]
            case .draft, .underway, .held, .withdrawn: []
            }
        #expect(office.network.sent.map(\.text) == expected)
    }

    @Test("What waits names nobody")
    func payloads() async throws {
        let office = try await Office()
        let asked = try await challenge(in: office)
        try await office.emit(.example("open", person: try await office.person()))
        try await office.dispatcher.drain()
        let waiting = try await office.waiting()
        #expect(waiting.count == 2)
        #expect(waiting.allSatisfy { !$0.contains(Office.phone.plain) && !$0.contains(asked.code) })
    }

    @Test("Reading the phone number for news is noted")
    func readingLog() async throws {
        let office = try await Office()
        let person = try await office.person()
        try await office.emit(.example("open", person: person))
        try await office.work()
        let readings = try await office.test.database.read { tx in
            try ReadingLog().readings(of: person.keyOwner, in: tx)
        }
        #expect(readings.map(\.purpose) == ["short_message"])
        #expect(readings.map(\.reader) == ["notifications"])
    }

    @Test("Somebody whose data was erased hears nothing, and nothing goes wrong")
    func erased() async throws {
        let office = try await Office()
        let person = try await office.person()
        let now = office.clock.now
        try await office.test.database.write { [vault = office.vault] tx in
            try vault.erase(person.keyOwner, at: now, in: tx)
        }
        try await office.emit(.example("open", person: person))
        try await office.work()
        #expect(office.network.attempts == 0)
        #expect(try await office.waiting().isEmpty)
    }
}
