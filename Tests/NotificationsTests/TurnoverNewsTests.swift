import Accounts
import ChineseIdentifiers
import Database
import Foundation
import Kernel
import Sealing
import Stores
import TestSupport
import Testing
import Work

@testable import Notifications

@Suite("Telling natural persons how much they sold")
struct TurnoverNewsTests {
    private static let store = "01hzzzzzzzzzzzzzzzzzzzzzzz"
    private static let link = "https://ruzhu.example.cn/shops/\(store)"

    private func event(_ level: TurnoverLevel, _ person: ID<Person>, year: Int = 2026) throws -> TurnoverReached {
        let text = #"{"person": "\#(person)", "store": "\#(Self.store)", "year": \#(year), "level": "\#(level)"}"#
        return try JSONDecoder().decode(TurnoverReached.self, from: Data(text.utf8))
    }

    @Test(
        "The owner hears of each level, with the year and a link to the shop",
        arguments: [
            (TurnoverLevel.near, ["turnover_near 2026 \(link)"]), (.reached, ["turnover_reached 2026 \(link)"]),
            (.ok, []),
        ])
    func levels(level: TurnoverLevel, sent: [String]) async throws {
        let office = try await Office()
        try await office.emit(any: try event(level, try await office.person()))
        try await office.work()
        try await office.work()
        #expect(office.network.sent.map(\.text) == sent)
        #expect(office.network.sent.allSatisfy { $0.phone == Office.phone.plain })
        #expect(try await office.waiting().isEmpty)
    }

    @Test(
        "The words say what to do",
        arguments: [
            (ShortMessage.Kind.turnoverNear, "已卖满 8 万元，满 10 万元要办理营业执照"),
            (.turnoverReached, "已卖满 10 万元，请尽快办理登记，办好后来换主体"),
        ])
    func words(kind: ShortMessage.Kind, words: String) {
        #expect(kind.text.contains(words) && kind.text.contains("{1} 年") && kind.text.hasSuffix("{2}"))
    }

    @Test("What waits names nobody, and reading the number is noted")
    func payload() async throws {
        let office = try await Office()
        let person = try await office.person()
        try await office.emit(any: try event(.reached, person))
        try await office.dispatcher.drain()
        #expect(try await office.waiting().allSatisfy { !$0.contains(Office.phone.plain) })
        try await office.work()
        let readings = try await office.test.database.read { tx in
            try ReadingLog().readings(of: person.keyOwner, in: tx)
        }
        #expect(readings.map(\.purpose) == ["short_message"])
    }

    @Test("Somebody whose data was erased hears nothing, and nothing goes wrong")
    func erased() async throws {
        let office = try await Office()
        let (person, now) = (try await office.person(), office.clock.now)
        try await office.test.database.write { [vault = office.vault] tx in
            try vault.erase(person.keyOwner, at: now, in: tx)
        }
        try await office.emit(any: try event(.near, person))
        try await office.work()
        #expect(office.network.attempts == 0)
        #expect(try await office.waiting().isEmpty)
    }
}
