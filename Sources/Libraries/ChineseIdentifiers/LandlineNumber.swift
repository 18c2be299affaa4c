/// A fixed line number of mainland China with area code and perhaps an extension, or a 400 or 800 service number.
///
/// Area codes are 010, 02x and four digits from 03xx to 09xx; numbers have seven or eight digits.
package struct LandlineNumber: ConfidentialIdentifier {
    /// Such as `0571-88889999`, `0571-88889999-801` or `400-8889999`.
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String) throws(Fault) {
        var (number, isExtended, tail) = ([UInt8](), false, [UInt8]())
        for scalar in text.unicodeScalars.prefix(60) {
            guard let folded = FoldedText.fold(scalar), !Self.isDecoration(folded) else { continue }
            if Self.beginsExtension(folded), Self.national(number).count >= 10, !isExtended {
                isExtended = true
            } else if CharacterKind.digit.contains(folded) {
                if isExtended { tail.append(UInt8(folded.value)) } else { number.append(UInt8(folded.value)) }
            } else if folded != "-", !(folded == "+" && number.isEmpty) {
                throw .character
            }
        }
        number = Self.national(number)
        if number.starts(with: "00".utf8) { throw .country }
        let areaCount = try Self.areaCount(of: number)
        let subscriber = number.dropFirst(areaCount)
        let lengths = number.first == UInt8(ascii: "0") ? 7...8 : 7...7
        guard lengths.contains(subscriber.count), tail.count <= 6 else { throw .length }
        let area = number.prefix(areaCount).ascii
        plain = "\(area)-\(subscriber.ascii)" + (tail.isEmpty ? "" : "-\(tail.ascii)")
    }

    /// Such as `0571-****9999`.
    package var masked: String {
        let parts = plain.split(separator: "-")
        guard parts.count > 1 else { return "***" }
        return "\(parts[0])-****\(parts[1].suffix(4))"
    }

    package static let example = LandlineNumber(known: "0571-88889999")

    private init(known plain: String) { self.plain = plain }

    private static func isDecoration(_ scalar: Unicode.Scalar) -> Bool { scalar == "(" || scalar == ")" }

    /// The second hyphen and the words for an extension.
    private static func beginsExtension(_ scalar: Unicode.Scalar) -> Bool {
        ["-", "转", "轉", "#", "*"].contains(scalar)
    }

    /// The number without the country code and with the 0 of the area.
    private static func national(_ number: [UInt8]) -> [UInt8] {
        guard let code = ["0086", "86"].first(where: { number.starts(with: $0.utf8) }) else { return number }
        let rest = number.dropFirst(code.utf8.count)
        let isWhole = ["0", "400", "800"].contains { rest.starts(with: $0.utf8) }
        return isWhole ? Array(rest) : Array("0".utf8) + rest
    }

    /// How many digits belong to the area or the service.
    private static func areaCount(of number: [UInt8]) throws(Fault) -> Int {
        if number.starts(with: "400".utf8) || number.starts(with: "800".utf8) { return 3 }
        guard number.count > 3, number[0] == UInt8(ascii: "0") else { throw .area }
        switch number[1].digit {
        case 1: return number[2] == UInt8(ascii: "0") ? 3 : try refuse()
        case 2: return 3
        default: return 4
        }
    }

    private static func refuse() throws(Fault) -> Int { throw .area }
}

extension LandlineNumber {
    /// Why a text is not such a number; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "landline.length"
        case character = "landline.character"
        case area = "landline.area"
        case country = "landline.country"

        package var message: String {
            switch self {
            case .length: "固定电话号码的位数不对"
            case .character: "固定电话号码只能包含数字、连字符和分机号"
            case .area: "固定电话号码应以区号开头"
            case .country: "目前只支持中国大陆的固定电话"
            }
        }

        package var hint: String {
            switch self {
            case .length: "区号后面应为 7 或 8 位，例如 0571-88889999，分机写在最后：0571-88889999-801"
            case .character: "请去掉其他符号和文字"
            case .area: "例如 010-、021-、0571-；400 和 800 开头的客服电话也可以"
            case .country: "请换一个中国大陆的电话号码"
            }
        }
    }
}
