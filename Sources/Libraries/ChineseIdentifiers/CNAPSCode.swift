/// The line number of a bank branch in the payment system (联行号, CNAPS): 12 digits with an ISO 7064 MOD 11,10
/// check digit.
///
/// Digits: 1–3 bank, 4–7 city, 8–11 branch, 12 check digit.
package struct CNAPSCode: ParsedIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String) throws(Fault) {
        let normal = NormalText(text)
        guard normal.firstNonDigit == nil else { throw .character }
        guard normal.bytes.count == 12 else { throw .length }
        guard CheckDigits.satisfiesMod11And10(normal.bytes) else { throw .checkDigit }
        plain = normal.string
    }

    package var masked: String { coverMiddle(of: plain) }

    /// The three digits of the bank, such as 102 for 工商银行.
    package var bankCode: String { plain.utf8.prefix(3).ascii }

    /// The four digits of the city in the payment system's own table.
    package var cityCode: String { plain.utf8.dropFirst(3).prefix(4).ascii }

    package static let example = CNAPSCode(known: "102331009999")

    private init(known plain: String) { self.plain = plain }
}

extension CNAPSCode {
    /// Why a text is not such a number; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "cnaps.length"
        case character = "cnaps.character"
        case checkDigit = "cnaps.check_digit"

        package var meansFirstNonDigit: Bool { self == .character }

        package var message: String {
            switch self {
            case .length: "联行号应为 12 位数字"
            case .character: "联行号只能包含数字"
            case .checkDigit: "联行号校验不通过，可能有一位填错"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请检查有没有漏填或多填；不清楚时可按支行名称搜索，或向开户行询问"
            case .character: "请去掉字母和符号，只填数字"
            case .checkDigit: "请逐位核对，或按支行名称搜索"
            }
        }
    }
}
