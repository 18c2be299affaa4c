/// A date as Chinese documents print it, or 长期 for no end.
///
/// Reads `2004年09月28日`, `2004-9-28`, `2004/09/28`, `2004.9.28`, `20040928`, `二〇〇四年九月二十八日` and `长期`.
package enum ChineseDate: Hashable, Sendable, CustomStringConvertible {
    case day(CivilDate)
    /// No end: 长期, 永久 or 无固定期限.
    case longTerm

    /// Reads a date.
    ///
    /// - Throws: `Fault.form` when the text has none of these forms, `.calendar` when there is no such day.
    package init(_ text: String) throws(Fault) {
        let symbols = Self.symbols(of: text)
        let words = String(String.UnicodeScalarView(symbols))
        if ["长期", "長期", "长期有效", "永久", "永久有效", "无固定期限"].contains(words) {
            self = .longTerm
            return
        }
        guard let (year, month, day) = Self.parts(of: symbols) else { throw .form }
        guard year >= 1000, let date = CivilDate(year: year, month: month, day: day) else { throw .calendar }
        self = .day(date)
    }

    /// The day, nil for 长期.
    package var date: CivilDate? { if case .day(let date) = self { date } else { nil } }

    /// Such as `2004年09月28日`, or `长期`.
    package var description: String {
        guard case .day(let date) = self else { return "长期" }
        let iso = date.description.split(separator: "-")
        return zip(iso, ["年", "月", "日"]).map { $0 + $1 }.joined()
    }

    /// A day for tests and sample pages.
    package static let example = ChineseDate.day(.example)
}

extension ChineseDate {
    /// Why a text is not a date.
    package enum Fault: String, IdentifierFault {
        case form = "date.form"
        case calendar = "date.calendar"

        package var message: String {
            switch self {
            case .form: "无法识别日期"
            case .calendar: "日历上没有这一天"
            }
        }

        package var hint: String {
            switch self {
            case .form: "请按“2004年9月28日”或“2004-09-28”填写；没有截止日期的填“长期”"
            case .calendar: "请核对年、月、日"
            }
        }
    }

    /// Half-width characters without spaces; reading stops after more than any date needs.
    private static func symbols(of text: String) -> [Unicode.Scalar] {
        var symbols: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
            symbols.append(isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
            if symbols.count > 16 { break }
        }
        return symbols
    }

    private static func parts(of symbols: [Unicode.Scalar]) -> (year: Int, month: Int, day: Int)? {
        if symbols.count == 8, let number = decimal(symbols[...]) {
            return (number / 10_000, number / 100 % 100, number % 100)
        }
        if symbols.last == "日" || symbols.last == "号" {
            guard let year = symbols.firstIndex(of: "年"), let month = symbols.firstIndex(of: "月"), year < month else {
                return nil
            }
            return numbers(
                year: symbols[..<year], month: symbols[(year + 1)..<month],
                day: symbols[(month + 1)..<(symbols.count - 1)])
        }
        for separator in ["-", "/", "."] as [Unicode.Scalar] {
            let parts = symbols.split(separator: separator, omittingEmptySubsequences: false)
            if parts.count == 3 { return numbers(year: parts[0], month: parts[1], day: parts[2]) }
        }
        return nil
    }

    private static func numbers(
        year: ArraySlice<Unicode.Scalar>, month: ArraySlice<Unicode.Scalar>, day: ArraySlice<Unicode.Scalar>
    ) -> (year: Int, month: Int, day: Int)? {
        guard year.count == 4, let fullYear = decimal(year) ?? spelledDigits(year),
            let month = smallNumber(month), let day = smallNumber(day)
        else { return nil }
        return (fullYear, month, day)
    }

    /// One or two digits, or a Chinese number up to 99 such as 二十八, 十 or 〇九.
    private static func smallNumber(_ symbols: ArraySlice<Unicode.Scalar>) -> Int? {
        guard (1...3).contains(symbols.count) else { return nil }
        if symbols.count < 3, let number = decimal(symbols) ?? spelledDigits(symbols) { return number }
        guard let ten = symbols.firstIndex(where: { $0 == "十" || $0 == "拾" }) else { return nil }
        let before = symbols[..<ten]
        let after = symbols[(ten + 1)...]
        guard before.count <= 1, after.count <= 1 else { return nil }
        guard let tens = before.isEmpty ? 1 : spelledDigits(before), let ones = after.isEmpty ? 0 : spelledDigits(after)
        else { return nil }
        return tens * 10 + ones
    }

    private static func decimal(_ symbols: ArraySlice<Unicode.Scalar>) -> Int? {
        guard !symbols.isEmpty, symbols.allSatisfy({ (0x30...0x39).contains($0.value) }) else { return nil }
        return symbols.reduce(0) { $0 * 10 + Int($1.value) - 0x30 }
    }

    private static func spelledDigits(_ symbols: ArraySlice<Unicode.Scalar>) -> Int? {
        var number = 0
        for symbol in symbols {
            guard let digit = ChineseNumerals.digit(symbol) else { return nil }
            number = number * 10 + digit
        }
        return symbols.isEmpty ? nil : number
    }
}
