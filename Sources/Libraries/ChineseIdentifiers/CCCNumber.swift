/// The number of a compulsory product certificate (强制性产品认证, CCC): 16 digits without a check digit.
///
/// Digits: 1–4 year, 5–6 certification body, 7–10 product class, 11–16 serial.
package struct CCCNumber: ParsedIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` when the length, a character or the year is wrong.
    package init(_ text: String) throws(Fault) {
        let normal = NormalText(text)
        guard normal.firstNonDigit == nil else { throw .character }
        guard normal.bytes.count == 16 else { throw .length }
        // The scheme began in May 2002.
        guard (2002...2099).contains(normal.bytes.prefix(4).number) else { throw .year }
        plain = normal.string
    }

    package var masked: String { coverMiddle(of: plain) }

    /// The year of the first issue.
    package var year: Int { plain.utf8.prefix(4).number }

    /// The two digits of the certification body.
    package var bodyCode: String { plain.utf8.dropFirst(4).prefix(2).ascii }

    /// The four digits of the product class.
    package var productCode: String { plain.utf8.dropFirst(6).prefix(4).ascii }

    package static let example = CCCNumber(known: "2023010901999999")

    private init(known plain: String) { self.plain = plain }
}

extension CCCNumber {
    /// Why a text is not such a number; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "ccc.length"
        case character = "ccc.character"
        case year = "ccc.year"

        package var meansFirstNonDigit: Bool { self == .character }

        package var message: String {
            switch self {
            case .length: "CCC 证书编号应为 16 位数字"
            case .character: "CCC 证书编号只能包含数字"
            case .year: "CCC 证书编号的前 4 位应为 2002 年以后的年份"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请对照证书检查有没有漏填或多填"
            case .character: "请去掉字母和符号，只填数字"
            case .year: "请核对前 4 位，可在全国认证认可信息公共服务平台查询证书"
            }
        }
    }
}
