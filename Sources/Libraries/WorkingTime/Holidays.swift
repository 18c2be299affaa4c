import Foundation

/// Which days are worked in mainland China, year by year as the State Council announces them.
package struct Holidays: Sendable {
    /// The announcement for one year.
    package struct Notice: Sendable, Equatable {
        package let year: Int
        /// Such as 国办发明电〔2025〕7号.
        package let number: String
        package let published: CalendarDay
        package let title: String
        package let address: String
    }

    /// What a year's days are known from.
    package enum Basis: Sendable, Equatable {
        case notice(Notice)
        /// Not announced, or not known here yet: weekends and the holidays by law, without days moved for longer breaks.
        case law
    }

    package private(set) var notices: [Int: Notice] = [:]
    private var off: [CalendarDay: String] = [:]
    private var worked: Set<CalendarDay> = []
    private var byLaw: [CalendarDay: String] = [:]
    /// By month × 100 + day.
    private var byLawEveryYear: [Int: String] = [:]

    /// A line of the table that can't be read.
    package struct Fault: Error, Equatable {
        /// From 1.
        package let line: Int

        package init(line: Int) { self.line = line }
    }

    /// The days that come with the library. Without its file, every year is known from nothing but its weekends.
    package static let mainlandChina: Holidays = {
        let file = Bundle.module.bundleURL.appending(path: "Data/mainland-china.tsv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return (try? Holidays(text)) ?? Holidays()
    }()

    private init() {}

    /// Reads a table; its own head says how it is written.
    package init(_ text: String) throws(Fault) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard read(line.split(separator: "\t", omittingEmptySubsequences: false)) else {
                throw Fault(line: index + 1)
            }
        }
    }

    private mutating func read(_ fields: [Substring]) -> Bool {
        switch (fields[0], fields.count) {
        case ("notice", 6):
            guard let year = Int(fields[1]), let published = CalendarDay(fields[3]) else { return false }
            notices[year] = Notice(
                year: year, number: String(fields[2]), published: published, title: String(fields[4]),
                address: String(fields[5]))
        case ("off", 4):
            guard let first = CalendarDay(fields[1]), let last = CalendarDay(fields[2]), first <= last,
                notices[first.year] != nil
            else { return false }
            for day in first...last { off[day] = String(fields[3]) }
        case ("work", 3):
            guard let day = CalendarDay(fields[1]), day.isWeekend, notices[day.year] != nil else { return false }
            worked.insert(day)
        case ("statutory", 3):
            if let day = CalendarDay(fields[1]) {
                byLaw[day] = String(fields[2])
            } else {
                guard let day = CalendarDay("2028-" + fields[1]) else { return false }
                byLawEveryYear[day.parts.month * 100 + day.parts.day] = String(fields[2])
            }
        default: return false
        }
        return true
    }

    package func basis(of year: Int) -> Basis { notices[year].map(Basis.notice) ?? .law }

    /// The holiday that a day belongs to.
    package func holiday(_ day: CalendarDay) -> String? {
        let (year, month, date) = day.parts
        if notices[year] != nil { return off[day] }
        return byLaw[day] ?? byLawEveryYear[month * 100 + date]
    }

    /// Whether a weekend's day is worked, to make up for a longer break.
    package func isMakeUp(_ day: CalendarDay) -> Bool { worked.contains(day) }

    package func isWorkday(_ day: CalendarDay) -> Bool {
        day.isWeekend ? isMakeUp(day) : holiday(day) == nil
    }
}
