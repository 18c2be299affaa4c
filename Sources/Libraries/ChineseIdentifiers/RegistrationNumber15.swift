/// A business registration number (工商注册号) from before the unified credit code: 15 digits, GS 15-2006, with an
/// ISO 7064 MOD 11,10 check digit.
///
/// Digits: 1–6 authority, 7–14 serial whose first digit tells the ownership, 15 check digit.
package struct RegistrationNumber15: ParsedIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String) throws(Fault) {
        let normal = NormalText(text)
        if normal.bytes.count == 18 { throw .creditCode }
        guard normal.firstNonDigit == nil else { throw .character }
        if normal.bytes.count == 13 { throw .obsolete }
        guard normal.bytes.count == 15 else { throw .length }
        guard CheckDigits.satisfiesMod11And10(normal.bytes) else { throw .checkDigit }
        plain = normal.string
    }

    package var masked: String { coverMiddle(of: plain) }

    /// The six digits of the registering authority.
    package var authorityCode: String { plain.utf8.prefix(6).ascii }

    /// Whose business is registered, by the seventh digit.
    package var ownership: Ownership {
        switch plain.utf8.dropFirst(6).prefix(1).number {
        case 0...3: .domestic
        case 4, 5: .foreign
        default: .individual
        }
    }

    package static let example = RegistrationNumber15(known: "330106000999006")

    private init(known plain: String) { self.plain = plain }
}

extension RegistrationNumber15 {
    /// Who owns a registered business.
    package enum Ownership: String, Hashable, Sendable {
        case domestic
        case foreign
        case individual

        /// The Chinese name.
        package var name: String {
            switch self {
            case .domestic: "内资企业"
            case .foreign: "外资企业"
            case .individual: "个体工商户"
            }
        }
    }

    /// Why a text is not such a value; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "registration_number.length"
        /// Eighteen characters: a credit code in the wrong field.
        case creditCode = "registration_number.credit_code"
        /// Thirteen digits: a number from before 2007.
        case obsolete = "registration_number.obsolete"
        case character = "registration_number.character"
        case checkDigit = "registration_number.check_digit"

        package var meansFirstNonDigit: Bool { self == .character }

        package var message: String {
            switch self {
            case .length: "工商注册号应为 15 位数字"
            case .creditCode: "这是 18 位的统一社会信用代码"
            case .obsolete: "13 位的旧注册号已停止使用"
            case .character: "工商注册号只能包含数字"
            case .checkDigit: "工商注册号校验不通过，可能有一位填错"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请检查有没有漏填或多填；新版执照请填写统一社会信用代码"
            case .creditCode: "请填写在统一社会信用代码一栏"
            case .obsolete: "请换领新版营业执照，填写统一社会信用代码"
            case .character: "请去掉字母和符号，只填数字"
            case .checkDigit: "请对照营业执照逐位核对全部 15 位数字"
            }
        }
    }
}
