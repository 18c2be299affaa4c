import Accounts
import Database
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Stores

@Suite("What natural persons sell in a year")
struct TurnoverTests {
    private func turnover(_ fen: Int64, limit: Money? = SalesBench.limit, year: Int = 2026) -> Turnover {
        Turnover(year: year, sum: Money(fen: fen), limit: limit)
    }

    // MARK: The rule

    @Test(
        "The limit is near from four fifths of it, and reached at all of it",
        arguments: [
            (0, .ok), (7_999_999, .ok), (8_000_000, .near), (9_999_999, .near), (10_000_000, .reached),
            (.max, .reached),
        ] as [(Int64, TurnoverLevel)])
    func levels(fen: Int64, level: TurnoverLevel) {
        #expect(turnover(fen).level == level)
    }

    @Test("Four fifths of a limit that five does not divide are rounded up, and no limit is too large")
    func rounding() {
        #expect(turnover(8, limit: Money(fen: 11)).level == .ok)
        #expect(turnover(9, limit: Money(fen: 11)).level == .near)
        #expect(turnover(.max - 1, limit: Money(fen: .max)).level == .near)
        #expect(turnover(.max, limit: Money(fen: 1)).percent == .max)
    }

    @Test("Without a limit there is no level")
    func unlimited() {
        let turnover = turnover(.max, limit: nil)
        #expect(turnover.level == nil && turnover.percent == nil)
        #expect(turnover.news(told: .ok, current: 2026) == nil)
    }

    @Test("A sum that can't be counted is refused, and stays as it was")
    func overflow() throws {
        var turnover = turnover(.max - 1)
        try turnover.add(Money(fen: 1))
        #expect(throws: Turnover.Overflow.self) { try turnover.add(Money(fen: 1)) }
        #expect(turnover.sum.fen == .max)
        try turnover.add(Money(fen: -5))
        #expect(turnover.sum.fen == .max - 5)
    }

    @Test(
        "A level is told once a year, and the higher one still after the lower",
        arguments: [
            (8_000_000, .ok, .near), (8_000_000, .near, nil),
            (8_000_000, .reached, nil), (10_000_000, .ok, .reached), (10_000_000, .near, .reached),
            (10_000_000, .reached, nil), (7_999_999, .ok, nil),
        ] as [(Int64, TurnoverLevel, TurnoverLevel?)])
    func news(fen: Int64, told: TurnoverLevel, level: TurnoverLevel?) {
        #expect(turnover(fen).news(told: told, current: 2026) == level)
    }

    @Test("Of a year that is over only the reached limit is news")
    func lastYear() {
        #expect(turnover(8_000_000, year: 2025).news(told: .ok, current: 2026) == nil)
        #expect(turnover(10_000_000, year: 2025).news(told: .ok, current: 2026) == .reached)
    }

    // MARK: Counting

    @Test("An order that is reported again counts once")
    func once() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        #expect(try await bench.count([.example(yuan: 300)], in: shop) == .init(new: 1, updated: 0, repeated: 0))
        #expect(try await bench.count([.example(yuan: 300)], in: shop) == .init(new: 0, updated: 0, repeated: 1))
        let twice = [Sale.example("2", yuan: 5), .example("2", yuan: 5)]
        #expect(try await bench.count(twice, in: shop) == .init(new: 1, updated: 0, repeated: 1))
        #expect(try await bench.turnover(of: shop).sum.fen == 30_500)
    }

    @Test("All shops of a person count together, and nobody else's")
    func person() async throws {
        let bench = try await SalesBench()
        let (first, second) = (try await bench.shop(), try await bench.shop("阿珍的菜园"))
        let stranger = try await bench.shop("别人的店", of: .stranger)
        let company = try await bench.shop("阿珍商贸", as: "enterprise")
        // The same number in two shops is two orders.
        for (shop, yuan) in [(first, 50_000), (second, 29_000), (stranger, 70_000), (company, 900_000)] {
            try await bench.count([.example(yuan: Int64(yuan))], in: shop)
        }
        for shop in [first, second] { #expect(try await bench.turnover(of: shop).sum.fen == 7_900_000) }
        #expect(try await bench.told() == [])
        try await bench.count([.example("2", yuan: 1_000)], in: second)
        #expect(try await bench.told() == ["2026 near"])
        #expect(try await bench.turnover(of: stranger).level == .ok)
        #expect(try await bench.turnover(of: company) == Turnover(year: 2026, sum: Money(fen: 90_000_000), limit: nil))
    }

    @Test("A new year begins at zero, at midnight in China, and is told anew")
    func newYear() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        // 2025-12-31T16:00:00Z is midnight in Shanghai.
        let midnight = Instant(milliseconds: 1_767_196_800_000)
        try await bench.count(
            [
                .example("1", yuan: 99_999, at: midnight - .seconds(1)), .example("2", yuan: 81_000, at: midnight),
            ], in: shop)
        #expect(try await bench.turnover(of: shop, in: 2025).sum.fen == 9_999_900)
        #expect(try await bench.turnover(of: shop).sum.fen == 8_100_000)
        #expect(try await bench.told() == ["2026 near"])
        try await bench.count([.example("3", yuan: 1, at: midnight - .seconds(2))], in: shop)
        #expect(try await bench.told() == ["2026 near", "2025 reached"])
    }

    @Test("A refund lowers the sum, also when reports overtake one another, and a level is not told again")
    func refund() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.count([.example("1", yuan: 85_000)], in: shop)
        let back = try await bench.count([.example("1", yuan: 85_000, refunded: 60_000)], in: shop)
        #expect(back == .init(new: 0, updated: 1, repeated: 0))
        try await bench.count([.example("1", yuan: 85_000, refunded: 20_000)], in: shop)
        #expect(try await bench.turnover(of: shop).sum.fen == 2_500_000)
        #expect(try await bench.turnover(of: shop).level == .ok)
        try await bench.count([.example("2", yuan: 60_000)], in: shop)
        #expect(try await bench.turnover(of: shop).level == .near)
        #expect(try await bench.told() == ["2026 near"])
    }

    @Test("The reached limit is told once, whatever comes and goes")
    func reached() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.count([.example("1", yuan: 100_000)], in: shop)
        try await bench.count([.example("1", yuan: 100_000, refunded: 50_000)], in: shop)
        try await bench.count([.example("2", yuan: 35_000), .example("3", yuan: 20_000)], in: shop)
        #expect(try await bench.turnover(of: shop).level == .reached)
        #expect(try await bench.told() == ["2026 reached"])
    }

    @Test("A batch in which one order differs from what was reported counts nothing at all")
    func differing() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.count([.example("1", yuan: 10)], in: shop)
        for changed in [Sale.example("1", yuan: 11), .example("1", yuan: 10, at: .example - .seconds(1))] {
            await #expect(throws: OrdersDiffer.self) {
                try await bench.count([.example("2", yuan: 5), changed], in: shop)
            }
        }
        #expect(try await bench.turnover(of: shop).sum.fen == 1_000)
    }

    @Test("The sum of a person is read from an index", .enabled(if: TestEngine.current == .sqlite))
    func index() async throws {
        let bench = try await SalesBench()
        let plan = try await bench.database.read { tx in
            try tx.rows(
                """
                EXPLAIN QUERY PLAN SELECT SUM(amount - refunded) FROM \(sqlite: "stores_sales", postgres: "stores.sales")
                WHERE year = \(2026) AND person = \("p") AND subject = \("person")
                """
            ).map { try $0.get("detail", as: String.self) }
        }
        #expect(plan.allSatisfy { $0.contains("USING COVERING INDEX stores_sales_person") })
    }
}

extension ID<Person> {
    static let stranger = ID<Person>("0000000000000000000000000z") ?? .owner
}
