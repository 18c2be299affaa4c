/// Counts working time. Moments are milliseconds since 1970-01-01T00:00:00Z; days begin at midnight in China, UTC+8 all
/// year.
package struct WorkingCalendar: Sendable {
    package let holidays: Holidays
    package let hours: WorkingHours

    private static let offset: Int64 = 8 * 3_600_000
    private static let dayLength: Int64 = 86_400_000

    package init(holidays: Holidays = .mainlandChina, hours: WorkingHours = .standard) {
        self.holidays = holidays
        self.hours = hours
    }

    /// The day in China, and the milliseconds since its midnight.
    package static func day(of moment: Int64) -> (day: CalendarDay, time: Int64) {
        let local = moment + offset
        let number = local >= 0 ? local / dayLength : (local - dayLength + 1) / dayLength
        return (CalendarDay(number: Int(number)), local - number * dayLength)
    }

    private static func moment(_ day: CalendarDay, _ time: Int64) -> Int64 {
        Int64(day.number) * dayLength + time - offset
    }

    /// The working time from one moment to a later one, in milliseconds; 0 if it is not later.
    ///
    /// Walks over the days between, so its cost grows with them: a year is 365 steps.
    package func time(from start: Int64, to end: Int64) -> Int64 {
        guard start < end else { return 0 }
        let (first, from) = Self.day(of: start)
        let (last, to) = Self.day(of: end)
        let before = holidays.isWorkday(first) ? hours.worked(before: from) : 0
        let whole = Int64((first..<last).lazy.filter(holidays.isWorkday).count) * hours.perDay
        return whole + (holidays.isWorkday(last) ? hours.worked(before: to) : 0) - before
    }

    /// The first moment by which so much working time has passed since `start`.
    ///
    /// - Parameter time: milliseconds; nothing passes for 0 or less.
    package func moment(_ time: Int64, after start: Int64) -> Int64 {
        guard time > 0 else { return start }
        var (day, from) = Self.day(of: start)
        var rest = time
        while true {
            if holidays.isWorkday(day) {
                let done = hours.worked(before: from)
                if rest <= hours.perDay - done { return Self.moment(day, hours.moment(after: done + rest)) }
                rest -= hours.perDay - done
            }
            (day, from) = (day.advanced(by: 1), 0)
        }
    }

    /// Whether somebody works at a moment.
    package func isOpen(at moment: Int64) -> Bool {
        let (day, time) = Self.day(of: moment)
        return holidays.isWorkday(day) && hours.shifts.contains { $0.contains(time) }
    }
}
