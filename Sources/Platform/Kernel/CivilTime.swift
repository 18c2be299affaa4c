/// A moment read off a calendar and clock on the wall.
package struct CivilTime: Equatable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// What a clock `offset` seconds ahead of UTC shows at `instant`.
    package init(_ instant: Instant, offset: Int64) {
        let seconds = Self.floorDivide(instant.milliseconds, 1_000) + offset
        let days = Self.floorDivide(seconds, 86_400)
        let rest = Int(seconds - days * 86_400)
        // Days to civil date in the proleptic Gregorian calendar, counted from 0000-03-01 so that leap days come last.
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        hour = rest / 3_600
        minute = rest % 3_600 / 60
        second = rest % 60
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}

extension Instant {
    private static let shanghaiOffset: Int64 = 8 * 3_600

    /// What a clock in Shanghai shows; China keeps UTC+8 all year.
    package var inShanghai: CivilTime { CivilTime(self, offset: Self.shanghaiOffset) }

    /// `2026-03-01T08:00:00Z` (RFC 3339).
    package var iso8601: String {
        let time = CivilTime(self, offset: 0)
        return "\(pad(time.year, 4))-\(pad(time.month))-\(pad(time.day))"
            + "T\(pad(time.hour)):\(pad(time.minute)):\(pad(time.second))Z"
    }

    /// `3月1日 16:00`, in Shanghai.
    package var shortChinese: String {
        let time = inShanghai
        return "\(time.month)月\(time.day)日 \(pad(time.hour)):\(pad(time.minute))"
    }

    /// `2026年3月1日`, in Shanghai.
    package var chineseDay: String {
        let time = inShanghai
        return "\(time.year)年\(time.month)月\(time.day)日"
    }
}

private func pad(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
