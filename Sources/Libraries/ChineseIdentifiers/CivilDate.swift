/// A day of the Gregorian calendar without time or zone, from year 1 to 9999.
package struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 1 to 9999.
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    /// Nil when the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(in: month, of: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day on the wall at an instant; nil outside the years 1 to 9999.
    ///
    /// - Parameters:
    ///   - seconds: Seconds since 1970-01-01T00:00:00Z.
    ///   - offset: Seconds east of UTC; 28,800 is Beijing time.
    package init?(secondsSince1970 seconds: Int64, offset: Int64 = 28_800) {
        let (local, overflow) = seconds.addingReportingOverflow(offset)
        guard !overflow, (-62_135_596_800...253_402_300_799).contains(local) else { return nil }
        // Days counted from 1 March of year 0, so that the leap day ends a year.
        let days = Int((local - (local % 86_400 + 86_400) % 86_400) / 86_400) + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private init(known year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// A day for tests and sample pages.
    package static let example = CivilDate(known: 1990, 1, 1)

    /// ISO 8601, such as `2004-09-28`.
    package var description: String {
        let year = String(self.year)
        return String(repeating: "0", count: 4 - year.count) + year + (month < 10 ? "-0" : "-") + String(month)
            + (day < 10 ? "-0" : "-") + String(day)
    }

    /// Earlier days come first.
    package static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Whole years from this day to another; negative when the other is earlier.
    package func fullYears(to other: CivilDate) -> Int {
        let years = other.year - year
        return (other.month, other.day) < (month, day) ? years - 1 : years
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
