import Testing

@testable import ChineseIdentifiers

@Suite("Dates on documents")
struct ChineseDateTests {
    @Test(
        "All printed forms give the same day",
        arguments: [
            "2004年09月28日", "2004年9月28日", " 2004 年 9 月 28 日 ", "2004-9-28", "2004-09-28", "2004/09/28", "2004.9.28",
            "20040928", "二〇〇四年九月二十八日", "二零零四年九月二十八日", "贰零零肆年玖月贰拾捌日", "２００４年９月２８日", "二○○四年〇九月二八日",
            "2004年9月28号",
        ])
    func forms(text: String) throws {
        #expect(try ChineseDate(text).date?.description == "2004-09-28")
    }

    @Test(
        "Chinese months and days up to thirty-one are read",
        arguments: [("十月十日", 10, 10), ("十二月三十一日", 12, 31), ("一月二十日", 1, 20), ("十一月十一日", 11, 11)])
    func small(text: String, month: Int, day: Int) throws {
        #expect(try ChineseDate("二〇二五年" + text).date == CivilDate(year: 2025, month: month, day: day))
    }

    @Test("No end is read", arguments: ["长期", " 长 期 ", "長期", "永久有效", "无固定期限", "长期有效"])
    func longTerm(text: String) throws {
        #expect(try ChineseDate(text) == .longTerm)
    }

    @Test(
        "Other texts are refused with a reason",
        arguments: [
            ("", ChineseDate.Fault.form), ("2004", .form), ("2004年28日", .form), ("2004月9年28日", .form),
            ("2023-02-29", .calendar), ("2004-13-01", .calendar), ("0000-01-01", .calendar), ("04-9-28", .form),
            ("2004-9-28-1", .form), ("2004--28", .form), ("明天", .form), ("2004年9月二十八九日", .form), ("日", .form),
            ("年月日", .form), ("十月一日", .form),
        ])
    func invalid(text: String, fault: ChineseDate.Fault) {
        #expect(throws: fault) { try ChineseDate(text) }
    }

    @Test("What is printed is read back")
    func roundTrip() throws {
        #expect(ChineseDate.example.description == "1990年01月01日")
        #expect(try ChineseDate(ChineseDate.example.description) == .example)
        #expect(try ChineseDate(ChineseDate.longTerm.description) == .longTerm)
    }

    private static let instantTable: [(Int64, String)] = [
        (0, "1970-01-01"), (1_709_222_400, "2024-03-01"), (1_709_222_399, "2024-02-29"),
        (-62_135_625_600, "0001-01-01"), (253_402_271_999, "9999-12-31"), (-57_601, "1969-12-31"), (-1, "1970-01-01"),
    ]

    @Test("An instant falls on the day of Beijing", arguments: instantTable)
    func instants(seconds: Int64, expected: String) {
        #expect(CivilDate(secondsSince1970: seconds)?.description == expected)
    }

    @Test("Instants outside the calendar have no day", arguments: [Int64.min, .max, 253_402_300_800])
    func outside(seconds: Int64) {
        #expect(CivilDate(secondsSince1970: seconds) == nil)
    }

    @Test("Every day from 1896 to 2104 follows the day before it")
    func consecutiveDays() {
        var previous = CivilDate(secondsSince1970: -2_335_219_200, offset: 0)
        #expect(previous?.description == "1896-01-01")
        for day in 1..<76_000 {
            let next = CivilDate(secondsSince1970: -2_335_219_200 + Int64(day) * 86_400, offset: 0)
            guard let before = previous, let after = next else { return #expect(Bool(false), "day \(day) is missing") }
            let sameMonth = CivilDate(year: before.year, month: before.month, day: before.day + 1)
            let nextMonth = CivilDate(year: before.year, month: before.month + 1, day: 1)
            let expected = sameMonth ?? nextMonth ?? CivilDate(year: before.year + 1, month: 1, day: 1)
            if after != expected { #expect(after == expected) }
            previous = after
        }
    }
}
