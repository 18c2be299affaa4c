package import CanonicalJSON
package import ChineseIdentifiers

/// How what was typed becomes a value, and how a value is shown.
extension PackField {
    /// An end that never comes, as papers print it.
    package static let indefinitely = "长期"

    /// The format of an expiry that has to be a day: the paper always ends.
    package static let dated = "dated"

    /// The value of what was typed, in its normal form. What can't be read stays as it was typed, so that nothing is
    /// lost; the schema then says what is wrong with it.
    package func value(of text: String) -> JSONValue? {
        let text = text.trimmed
        if text.isEmpty { return nil }
        switch kind {
        case .text, .longText, .choice, .bank, .licence, .picture, .categories, .list: return .string(text)
        case .number: return Self.wholeNumber(text).map { .number(JSONNumber($0)) } ?? .string(text)
        case .money: return Self.fen(text).map { .number(JSONNumber($0)) } ?? .string(text)
        case .consent: return ["yes", "on", "true"].contains(text) ? true : .string(text)
        case .date: return .string(Self.day(text)?.description ?? text)
        case .expiry:
            return .string(
                format != Self.dated && Self.neverEnds(text) ? Self.indefinitely : Self.day(text)?.description ?? text)
        case .personName: return .string((try? PersonName(text).plain) ?? text)
        case .identifier: return .string(grammar?.check(text).canonical ?? text)
        case .region: return .string(Regions.code(of: text) ?? text)
        }
    }

    /// The value as people read it; nil for what a field of this kind can't hold.
    package func display(_ value: JSONValue) -> String? {
        switch kind {
        case .number: value.integer.map(String.init) ?? value.string
        case .money: value.integer.map(Self.yuan) ?? value.string
        case .consent: value.bool == true ? "已承诺" : nil
        case .choice: value.string.map { chosen in options.first { $0.value == chosen }?.label ?? chosen }
        case .region: value.string.map { Regions.fullName(of: $0) ?? $0 }
        case .date, .expiry: value.string.map(Self.chineseDate)
        case .categories, .list: nil
        case .text, .longText, .personName, .identifier, .bank, .licence, .picture: value.string
        }
    }

    /// The grammar that the field's identifier follows.
    package var grammar: IdentifierGrammar? { format.flatMap(IdentifierGrammar.named) }

    /// Whether the value says something about a natural person or an account, so that views mask it.
    package var isPersonal: Bool {
        isPrivate || kind == .personName || (kind == .identifier && grammar?.isConfidential == true)
    }

    /// The value as views show it to those who have no need to read it.
    package func masked(_ text: String) -> String {
        switch kind {
        case .personName: (try? PersonName(text).masked) ?? "***"
        case .identifier where isPersonal: grammar?.masked(text) ?? "***"
        default: isPrivate ? text.prefix(2) + String(repeating: "*", count: min(12, max(3, text.count - 2))) : text
        }
    }

    static func day(_ text: String) -> CivilDate? {
        guard let date = try? ChineseDate(text), case .day(let day) = date else { return nil }
        return day
    }

    private static func neverEnds(_ text: String) -> Bool {
        ["长期", "长期有效", "永久", "永久有效", "无固定期限", "2099-12-31", "2099年12月31日"].contains(text)
    }

    private static func wholeNumber(_ text: String) -> Int64? {
        Int64(text.filter { !", ，".contains($0) })
    }

    /// `12.5`, `1,200元` or `¥12.50` as fen.
    private static func fen(_ text: String) -> Int64? {
        let plain = text.filter { !", ，¥￥元".contains($0) }
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int64($0) }), whole >= 0, parts.count <= 2 else { return nil }
        let cents = parts.count == 2 ? String(parts[1]) : ""
        guard cents.count <= 2, cents.allSatisfy(\.isASCIIDigit) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: 100)
        guard !overflow else { return nil }
        return product.addingReportingOverflow(Int64((cents + "00").prefix(2)) ?? 0).partialValue
    }

    static func yuan(_ fen: Int64) -> String {
        let cents = fen.magnitude % 100
        return "\(fen / 100)" + (cents == 0 ? "" : cents < 10 ? ".0\(cents)" : ".\(cents)")
    }

    private static func chineseDate(_ text: String) -> String {
        guard let day = day(text) else { return text }
        return "\(day.year)年\(day.month)月\(day.day)日"
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension String {
    fileprivate var trimmed: String {
        var view = Substring(self)
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        return String(view)
    }
}
