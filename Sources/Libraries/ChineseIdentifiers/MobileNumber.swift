/// A mobile number of mainland China: 11 digits that start with 13 to 19, with or without +86.
package struct MobileNumber: ConfidentialIdentifier {
    /// The 11 digits without the country code.
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` when the text is not such a number. Hong Kong, Macao and Taiwan numbers are refused.
    package init(_ text: String) throws(Fault) {
        var bytes = NormalText(text).bytes[...]
        if bytes.first == UInt8(ascii: "+") {
            guard bytes.starts(with: "+86".utf8) else { throw .country }
            bytes = bytes.dropFirst(3)
        } else if bytes.count == 15, bytes.starts(with: "0086".utf8) {
            bytes = bytes.dropFirst(4)
        } else if bytes.count == 13, bytes.starts(with: "86".utf8) {
            bytes = bytes.dropFirst(2)
        }
        guard bytes.allSatisfy(\.isDigit) else { throw .character }
        guard bytes.count == 11 else { throw .length }
        guard bytes.starts(with: "1".utf8), bytes[bytes.startIndex + 1] >= UInt8(ascii: "3") else { throw .prefix }
        plain = bytes.ascii
    }

    /// Such as `138****2468`.
    package var masked: String { plain.prefix(3) + "****" + plain.suffix(4) }

    package static let example = MobileNumber(known: "13800132468")

    private init(known plain: String) { self.plain = plain }
}

extension MobileNumber {
    /// Why a text is not such a number; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "mobile.length"
        case character = "mobile.character"
        case prefix = "mobile.prefix"
        case country = "mobile.country"

        package var message: String {
            switch self {
            case .length: "手机号码应为 11 位数字"
            case .character: "手机号码只能包含数字"
            case .prefix: "手机号码应以 13 至 19 开头"
            case .country: "目前只支持中国大陆（+86）手机号码"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请检查有没有漏填或多填"
            case .character: "请去掉字母和符号，只填 11 位数字"
            case .prefix: "固定电话不能接收验证码，请填写手机号码"
            case .country: "请换一个中国大陆的手机号码"
            }
        }
    }
}
