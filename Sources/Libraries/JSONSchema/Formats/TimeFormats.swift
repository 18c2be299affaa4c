/// Dates and times of RFC 3339, durations of its appendix A.
enum TimeFormats {
    static func isDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return readDate(&scanner) && scanner.isAtEnd
    }

    static func isTime(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return readTime(&scanner) && scanner.isAtEnd
    }

    static func isDateTime(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return readDate(&scanner) && (scanner.skip("T") || scanner.skip("t")) && readTime(&scanner) && scanner.isAtEnd
    }

    private static func readDate(_ scanner: inout ByteScanner) -> Bool {
        guard let year = scanner.number(digits: 4), scanner.skip("-"), let month = scanner.number(digits: 2),
            scanner.skip("-"), let day = scanner.number(digits: 2)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...days[month - 1]).contains(day)
    }

    /// A leap second can only be the last one of a day in UTC.
    private static func readTime(_ scanner: inout ByteScanner) -> Bool {
        guard let hour = scanner.number(digits: 2), scanner.skip(":"), let minute = scanner.number(digits: 2),
            scanner.skip(":"), let second = scanner.number(digits: 2), hour < 24, minute < 60, second <= 60
        else { return false }
        if scanner.skip("."), scanner.skip(while: ASCII.isDigit) == 0 { return false }
        var offset = 0
        if !scanner.skip("Z"), !scanner.skip("z") {
            let isEast = scanner.skip("+")
            guard isEast || scanner.skip("-"), let hours = scanner.number(digits: 2), scanner.skip(":"),
                let minutes = scanner.number(digits: 2), hours < 24, minutes < 60
            else { return false }
            offset = (isEast ? 1 : -1) * (hours * 60 + minutes)
        }
        let day = 24 * 60
        return second < 60 || (hour * 60 + minute - offset + day) % day == day - 1
    }

    static func isDuration(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        guard scanner.skip("P") else { return false }
        var isEmpty = true
        guard readUnits("YMD", &scanner, &isEmpty) else { return isWeeks(text) }
        if scanner.skip("T") {
            isEmpty = true
            guard readUnits("HMS", &scanner, &isEmpty) else { return false }
        }
        return !isEmpty && scanner.isAtEnd
    }

    /// Reads numbers whose units follow one another without a gap, as the grammar asks: P1Y2D is none.
    private static func readUnits(_ units: String, _ scanner: inout ByteScanner, _ isEmpty: inout Bool) -> Bool {
        var rest = Array(units.unicodeScalars)[...]
        while let byte = scanner.current, ASCII.isDigit(byte) {
            _ = scanner.skip(while: ASCII.isDigit)
            guard let unit = rest.firstIndex(where: { UInt32(scanner.current ?? 0) == $0.value }),
                isEmpty || unit == rest.startIndex
            else { return false }
            _ = scanner.skip(rest[unit])
            rest = rest[(unit + 1)...]
            isEmpty = false
        }
        return true
    }

    private static func isWeeks(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return scanner.skip("P") && scanner.skip(while: ASCII.isDigit) > 0 && scanner.skip("W") && scanner.isAtEnd
    }
}
