/// The hours of a day in which people work, such as `09:00-12:00,13:30-18:00`.
package struct WorkingHours: Sendable, Equatable {
    /// Milliseconds since midnight, in order and apart.
    package let shifts: [Range<Int64>]

    /// The usual ones: an hour and a half at noon.
    package static let standard = WorkingHours(shifts: [hours(9)..<hours(12), hours(13) + hours(1) / 2..<hours(18)])

    private init(shifts: [Range<Int64>]) { self.shifts = shifts }

    /// Reads hours; nil if they are none, run past midnight, touch or aren't in order.
    package init?(_ text: String) {
        var shifts: [Range<Int64>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(Self.moment)
            guard ends.count == 2, let start = ends[0], let end = ends[1], start < end,
                shifts.last.map({ $0.upperBound < start }) ?? true
            else { return nil }
            shifts.append(start..<end)
        }
        self.init(shifts: shifts)
    }

    /// `09:00` to `24:00`.
    private static func moment(_ text: Substring) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
        let digits = [0, 1, 3, 4].map { Int64(bytes[$0]) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard hour < 24 && minute < 60 || (hour, minute) == (24, 0) else { return nil }
        return hours(hour) + minute * 60_000
    }

    private static func hours(_ count: Int64) -> Int64 { count * 3_600_000 }

    /// As operators write them.
    package var text: String {
        func clock(_ moment: Int64) -> String {
            [moment / 3_600_000, moment % 3_600_000 / 60_000].map { $0 < 10 ? "0\($0)" : "\($0)" }
                .joined(separator: ":")
        }
        return shifts.map { "\(clock($0.lowerBound))-\(clock($0.upperBound))" }.joined(separator: ",")
    }

    /// Milliseconds of work in a whole day.
    package var perDay: Int64 { shifts.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }

    /// Milliseconds of work before a moment of the day.
    func worked(before moment: Int64) -> Int64 {
        shifts.reduce(0) { $0 + max(0, min(moment, $1.upperBound) - $1.lowerBound) }
    }

    /// The first moment by which so much of a day's work is done, which is more than 0 and at most `perDay`.
    func moment(after worked: Int64) -> Int64 {
        var rest = worked
        for shift in shifts {
            let length = shift.upperBound - shift.lowerBound
            if rest <= length { return shift.lowerBound + rest }
            rest -= length
        }
        return shifts.last?.upperBound ?? 0
    }
}
