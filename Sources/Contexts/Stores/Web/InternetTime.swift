import Kernel

extension Instant {
    /// Reads a moment as RFC 3339 writes it, such as `2026-03-01T16:00:00+08:00`; nil for anything else.
    ///
    /// The offset must be there: without one nobody could tell in which year an order of New Year's night was paid.
    init?(internetTime text: String) {
        let shape =
            #/([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{2}:[0-9]{2})/#
        guard text.utf8.count <= 40, let found = text.wholeMatch(of: shape),
            let year = Int64(found.1), let month = Int64(found.2), let day = Int64(found.3),
            let hour = Int64(found.4), let minute = Int64(found.5), let second = Int64(found.6),
            let offset = Self.offset(found.8)
        else { return nil }
        let fraction = Int64(((found.7 ?? "") + "000").prefix(3)) ?? 0
        let local = ((Self.day(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
        // The calendar read back: this is how the 30th of February and the 25th hour are noticed.
        let read = CivilTime(Instant(milliseconds: local * 1_000), offset: 0)
        guard
            [read.year, read.month, read.day, read.hour, read.minute, read.second].map(Int64.init)
                == [year, month, day, hour, minute, second]
        else { return nil }
        self.init(milliseconds: (local - offset) * 1_000 + fraction)
    }

    /// Seconds ahead of UTC.
    private static func offset(_ text: Substring) -> Int64? {
        if text.lowercased() == "z" { return 0 }
        guard let hours = Int64(text.dropFirst().prefix(2)), let minutes = Int64(text.suffix(2)), hours < 24,
            minutes < 60
        else { return nil }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes) * 60
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted by years that begin in March.
    private static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        // Years are four digits, but January of year 0 lies in the year before.
        let era = shifted >= 0 ? shifted / 400 : -1
        let yearOfEra = shifted - era * 400
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
