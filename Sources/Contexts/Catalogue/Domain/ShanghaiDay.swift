package import ChineseIdentifiers
package import Kernel

/// A calendar day in Shanghai. Rules begin to hold at its first moment.
package struct ShanghaiDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    private let number: Int64

    private static let offset = Duration.seconds(8 * 3_600)
    private static let length: Int64 = 86_400_000

    /// The day that a clock in Shanghai shows.
    package init(at instant: Instant) {
        let moment = (instant + Self.offset).milliseconds
        number = (moment >= 0 ? moment : moment - Self.length + 1) / Self.length
    }

    /// A day of the calendar, from the year 1 on (the inverse of `CivilTime`).
    package init(_ date: CivilDate) {
        // Counted from 0000-03-01, so that leap days come last.
        let year = Int64(date.month <= 2 ? date.year - 1 : date.year)
        let (era, yearOfEra) = (year / 400, year % 400)
        let dayOfYear = Int64((153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1)
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private init(number: Int64) { self.number = number }

    /// Its first moment.
    package var start: Instant { Instant(milliseconds: number * Self.length) - Self.offset }

    /// Such as `2026-12-01`.
    package var text: String { String((start + Self.offset).iso8601.prefix(10)) }

    /// How many days later this one is.
    package func days(since other: ShanghaiDay) -> Int { Int(number - other.number) }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension Publication {
    /// The first day from which rules announced now may hold.
    package static func earliestDay(at now: Instant) -> ShanghaiDay {
        let day = ShanghaiDay(at: now + notice)
        return day.start >= now + notice ? day : ShanghaiDay(at: now + notice + .seconds(86_400))
    }
}
