import Testing
import WorkingTime

@Suite("Working time")
struct WorkingCalendarTests {
    private static let minute: Int64 = 60_000

    /// A moment read off a clock in China.
    private static func at(_ day: String, _ hour: Int64, _ minute: Int64 = 0) throws -> Int64 {
        let day = try #require(CalendarDay(day[...]))
        return Int64(day.number) * 86_400_000 + (hour - 8) * 3_600_000 + minute * Self.minute
    }

    @Test("What is begun on the last day before the Spring Festival is done after it")
    func springFestival() throws {
        let calendar = WorkingCalendar()
        // Saturday the 14th is worked; the next day that is worked is Tuesday the 24th.
        let start = try Self.at("2026-02-14", 17)
        #expect(calendar.moment(120 * Self.minute, after: start) == (try Self.at("2026-02-24", 10)))
        #expect(calendar.time(from: start, to: try Self.at("2026-02-24", 10)) == 120 * Self.minute)
        #expect(calendar.time(from: start, to: try Self.at("2026-02-23", 23)) == 60 * Self.minute)
    }

    @Test("Noon and nights don't count")
    func noon() throws {
        let calendar = WorkingCalendar()
        let monday = try Self.at("2026-11-23", 11, 30)
        #expect(calendar.moment(30 * Self.minute, after: monday) == (try Self.at("2026-11-23", 12)))
        #expect(calendar.moment(31 * Self.minute, after: monday) == (try Self.at("2026-11-23", 13, 31)))
        #expect(calendar.moment(0, after: try Self.at("2026-11-22", 3)) == (try Self.at("2026-11-22", 3)))
        #expect(!calendar.isOpen(at: try Self.at("2026-11-23", 12)))
        #expect(calendar.isOpen(at: try Self.at("2026-11-23", 13, 30)))
        #expect(!calendar.isOpen(at: try Self.at("2026-11-22", 10)))
    }

    @Test("Sums hold for any moments, any hours, over weekends and long breaks")
    func laws() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        let first = try Self.at("2025-01-01", 0)
        let last = try Self.at("2027-12-31", 0)
        for _ in 0..<1_000 {
            let calendar = WorkingCalendar(hours: Self.hours(&random))
            let a = Int64.random(in: first..<last, using: &random)
            let b = a + Int64.random(in: 0..<40 * 86_400_000, using: &random)
            let c = b + Int64.random(in: 0..<40 * 86_400_000, using: &random)
            let whole = calendar.time(from: a, to: c)
            #expect(calendar.time(from: a, to: b) + calendar.time(from: b, to: c) == whole, "seed \(seed)")
            #expect((0...c - a).contains(whole), "seed \(seed)")
            let added = Int64.random(in: 1..<30 * 86_400_000, using: &random)
            let end = calendar.moment(added, after: a)
            #expect(calendar.time(from: a, to: end) == added, "seed \(seed)")
            #expect(calendar.time(from: a, to: end - 1) == added - 1, "the first such moment; seed \(seed)")
            #expect(calendar.isOpen(at: end - 1), "seed \(seed)")
            #expect(calendar.time(from: c, to: a) == 0 || a == c, "seed \(seed)")
        }
    }

    @Test("Counting minute by minute comes to the same")
    func oracle() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        let first = try Self.at("2026-01-01", 0)
        for _ in 0..<30 {
            let calendar = WorkingCalendar(hours: Self.hours(&random))
            let start = first + Int64.random(in: 0..<365 * 24 * 60, using: &random) * Self.minute
            let minutes = Int64.random(in: 0..<10 * 24 * 60, using: &random)
            let counted = (0..<minutes).count { calendar.isOpen(at: start + $0 * Self.minute) }
            let time = calendar.time(from: start, to: start + minutes * Self.minute)
            #expect(time == Int64(counted) * Self.minute, "seed \(seed)")
        }
    }

    @Test(
        "Hours that can't be are refused",
        arguments: [
            "", "9:00-18:00", "09:00", "18:00-09:00", "09:00-09:00", "09:00-12:00,12:00-18:00",
            "13:00-18:00,09:00-12:00",
            "09:00-24:01", "09:60-10:00", "09:00-18:00,", "09:00-18:00-20:00", "-1:00-10:00",
        ])
    func badHours(text: String) {
        #expect(WorkingHours(text) == nil)
    }

    @Test("The usual hours are written as operators write them")
    func standardHours() {
        #expect(WorkingHours("09:00-12:00,13:30-18:00") == .standard)
        #expect(WorkingHours.standard.perDay == 450 * Self.minute)
        #expect(WorkingHours.standard.text == "09:00-12:00,13:30-18:00")
        #expect(WorkingHours("00:00-24:00")?.text == "00:00-24:00")
        #expect(WorkingHours("00:00-24:00")?.perDay == 1_440 * Self.minute)
    }

    private static func hours(_ random: inout SeededGenerator) -> WorkingHours {
        let written = ["09:00-12:00,13:30-18:00", "00:00-24:00", "08:15-08:16", "07:00-11:00,12:00-14:30,20:00-23:59"]
        return written.randomElement(using: &random).flatMap { WorkingHours($0) } ?? .standard
    }
}
