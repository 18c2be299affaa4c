/// The number of a personal bank card: 13 to 19 digits with a Luhn check digit (ISO/IEC 7812-1).
package struct BankCardNumber: ConfidentialIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String) throws(Fault) {
        let normal = NormalText(text)
        guard normal.firstNonDigit == nil else { throw .character }
        guard (13...19).contains(normal.bytes.count) else { throw .length }
        // ISO/IEC 7812-1 keeps a leading 0 for standards bodies; it also stops a row of zeros.
        guard normal.bytes.first != UInt8(ascii: "0") else { throw .prefix }
        guard CheckDigits.satisfiesLuhn(normal.bytes) else { throw .checkDigit }
        plain = normal.string
    }

    /// Such as `6222 **** **** 1234`, the same width for every length.
    package var masked: String { plain.prefix(4) + " **** **** " + plain.suffix(4) }

    package static let example = BankCardNumber(known: "6212261202009999997")

    private init(known plain: String) { self.plain = plain }
}

extension BankCardNumber {
    /// Why a text is not such a number; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "bank_card.length"
        case character = "bank_card.character"
        case prefix = "bank_card.prefix"
        case checkDigit = "bank_card.check_digit"

        package var meansFirstNonDigit: Bool { self == .character }

        package var message: String {
            switch self {
            case .length: "银行卡号应为 13 至 19 位数字"
            case .character: "银行卡号只能包含数字"
            case .prefix: "银行卡号不能以 0 开头"
            case .checkDigit: "银行卡号校验不通过，可能有一位填错"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请检查有没有漏填或多填"
            case .character: "请去掉字母和符号，只填数字"
            case .prefix, .checkDigit: "请对照银行卡正面的卡号逐位核对；对公账号请在对公账户一栏填写"
            }
        }
    }
}
