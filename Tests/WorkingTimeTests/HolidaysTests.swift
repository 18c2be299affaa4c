import Foundation
import Testing
import WorkingTime

@Suite("The days that are worked in mainland China")
struct HolidaysTests {
    private let holidays = Holidays.mainlandChina

    private static func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text[...])) }

    @Test("Days number on without a gap, and each is read as it is written")
    func days() throws {
        var day = try Self.day("1899-12-31")
        let calendar = Calendar(identifier: .gregorian)
        for _ in 0..<60_000 {
            let next = day.advanced(by: 1)
            let (year, month, date) = next.parts
            #expect(CalendarDay(year: year, month: month, day: date) == next)
            #expect(next.weekday == day.weekday % 7 + 1)
            day = next
        }
        let parts = day.parts
        let moment = Date(timeIntervalSince1970: TimeInterval(day.number) * 86_400)
        var utc = calendar
        utc.timeZone = .gmt
        let known = utc.dateComponents([.year, .month, .day, .weekday], from: moment)
        #expect(known.year == parts.year && known.month == parts.month && known.day == parts.day)
        #expect(known.weekday.map { ($0 + 5) % 7 + 1 } == day.weekday)
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1", "", "x-y-z", "2026-04-31"] {
            #expect(CalendarDay(text[...]) == nil, "\(text)")
        }
    }

    @Test(
        "Announced years have the working days that their notices leave",
        arguments: [(2025, 248, 28, 5), (2026, 248, 33, 6)])
    func announced(year: Int, workdays: Int, off: Int, makeUp: Int) throws {
        let all = try Self.day("\(year)-01-01")...Self.day("\(year)-12-31")
        #expect(all.filter(holidays.isWorkday).count == workdays)
        #expect(all.filter { holidays.holiday($0) != nil }.count == off)
        #expect(all.filter(holidays.isMakeUp).count == makeUp)
        guard case .notice(let notice) = holidays.basis(of: year) else {
            Issue.record("\(year) has a notice")
            return
        }
        #expect(notice.title == "国务院办公厅关于\(year)年部分节假日安排的通知")
        #expect(notice.address.hasPrefix("https://www.gov.cn/"))
        #expect(notice.published.year == year - 1)
    }

    @Test(
        "A long break and the weekends worked for it",
        arguments: [
            ("2026-02-14", true), ("2026-02-15", false), ("2026-02-20", false), ("2026-02-23", false),
            ("2026-02-24", true), ("2026-02-28", true), ("2026-03-01", false), ("2025-01-26", true),
            ("2025-10-08", false), ("2025-10-11", true), ("2026-01-02", false), ("2026-11-23", true),
        ])
    func breaks(text: String, isWorked: Bool) throws {
        #expect(holidays.isWorkday(try Self.day(text)) == isWorked)
    }

    @Test("A year without a notice says so, and has its weekends and the holidays by law")
    func unannounced() throws {
        for year in [2024, 2027, 2028, 2035] { #expect(holidays.basis(of: year) == .law) }
        #expect(holidays.holiday(try Self.day("2027-02-05")) == "春节")
        #expect(holidays.holiday(try Self.day("2035-10-02")) == "国庆节")
        let year = try Self.day("2027-01-01")...Self.day("2027-12-31")
        #expect(year.filter { holidays.holiday($0) != nil }.count == 13, "the law grants 13 days")
        #expect(year.filter(holidays.isMakeUp).isEmpty)
    }

    @Test("The festivals of the moon's calendar stand where that calendar puts them", arguments: 2027...2029)
    func moon(year: Int) throws {
        var chinese = Calendar(identifier: .chinese)
        chinese.timeZone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        let festivals = ["1-1": "春节", "1-2": "春节", "1-3": "春节", "5-5": "端午节", "8-15": "中秋节"]
        for day in try Self.day("\(year)-01-01")...Self.day("\(year)-12-31") {
            let noon = Date(timeIntervalSince1970: TimeInterval(day.number) * 86_400 + 4 * 3_600)
            let parts = chinese.dateComponents([.month, .day], from: noon)
            guard let month = parts.month, let date = parts.day, parts.isLeapMonth != true,
                let festival = festivals["\(month)-\(date)"]
            else { continue }
            #expect(holidays.holiday(day) == festival, "\(day.parts)")
            if (month, date) == (1, 1) { #expect(holidays.holiday(day.advanced(by: -1)) == festival) }
        }
    }

    @Test(
        "A table that can't be read is refused with its line",
        arguments: [
            "off\t2026-01-01\t2026-01-02\tx", "notice\tx\t\t2025-01-01\t\t", "work\t2026-01-05\tx", "holiday",
            "statutory\t02-30\tx",
        ])
    func faults(line: String) {
        #expect(throws: Holidays.Fault(line: 2)) { try Holidays("# head\n\(line)\n") }
    }
}
