/// The number of a company's bank account (对公账户): 8 to 32 digits. Banks share no check digit rule.
package struct CorporateAccountNumber: ConfidentialIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` when there is something other than digits, or too few or many of them.
    package init(_ text: String) throws(Fault) {
        let normal = NormalText(text)
        guard normal.firstNonDigit == nil else { throw .character }
        guard (8...32).contains(normal.bytes.count) else { throw .length }
        plain = normal.string
    }

    /// Such as `**** **** 1234`, the same width for every length.
    package var masked: String { "**** **** " + plain.suffix(4) }

    package static let example = CorporateAccountNumber(known: "1202020609999991234")

    private init(known plain: String) { self.plain = plain }
}

extension CorporateAccountNumber {
    /// Why a text is not such a number; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "corporate_account.length"
        case character = "corporate_account.character"

        package var meansFirstNonDigit: Bool { self == .character }

        package var message: String {
            switch self {
            case .length: "对公账号应为 8 至 32 位数字"
            case .character: "对公账号只能包含数字"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请对照开户许可证或《基本存款账户信息》检查有没有漏填或多填"
            case .character: "请去掉字母和符号，只填数字"
            }
        }
    }
}
