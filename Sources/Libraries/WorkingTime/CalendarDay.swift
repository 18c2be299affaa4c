/// A day of the Gregorian calendar, wherever it is.
package struct CalendarDay: Hashable, Sendable, Comparable, Strideable {
    /// Days since 1970-01-01.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// A day that exists; nil for 30 February.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Years are counted from March, so that leap days come last.
        let counted = month <= 2 ? year - 1 : year
        let era = (counted >= 0 ? counted : counted - 399) / 400
        let yearOfEra = counted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
        guard parts == (year, month, day) else { return nil }
    }

    /// `2026-02-14`.
    package init?(_ text: Substring) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    package var year: Int { parts.year }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    package var weekday: Int {
        let rest = (number + 3) % 7
        return (rest >= 0 ? rest : rest + 7) + 1
    }

    package var isWeekend: Bool { weekday >= 6 }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    package func distance(to other: Self) -> Int { other.number - number }
    package func advanced(by days: Int) -> Self { CalendarDay(number: number + days) }
}
