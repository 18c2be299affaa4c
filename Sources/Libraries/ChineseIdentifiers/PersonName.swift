/// A person's name as an identity document prints it: 2 to 50 Chinese characters, with `·` between the parts of
/// a minority or transcribed name, or Latin letters as in a passport.
package struct PersonName: ConfidentialIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String) throws(Fault) {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            guard let normal = Self.normal(scalar, after: scalars.last) else { continue }
            guard Self.isAllowed(normal) else { throw .character }
            scalars.append(normal)
            if scalars.count > 51 { throw .length }
        }
        if scalars.last == " " { scalars.removeLast() }
        let isChinese = scalars.contains(where: Self.isChinese)
        if isChinese { scalars.removeAll { $0 == " " } }
        guard (2...50).contains(scalars.count) else { throw .length }
        guard !isChinese || scalars.allSatisfy({ Self.isChinese($0) || $0 == Self.dot }) else { throw .mixed }
        guard Self.isWellJoined(scalars) else { throw .dot }
        plain = String(String.UnicodeScalarView(scalars))
    }

    /// `王*` for two characters, otherwise first and last with stars between, such as `王*明`. `·` and spaces stay.
    package var masked: String {
        let scalars = Array(plain.unicodeScalars)
        let last = scalars.count > 2 ? scalars.count - 1 : scalars.count
        var covered = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            covered.append(index == 0 || index == last || scalar == Self.dot || scalar == " " ? scalar : "*")
        }
        return String(covered)
    }

    package static let example = PersonName(known: "王小明")

    private init(known plain: String) { self.plain = plain }
}

extension PersonName {
    private static let dot: Unicode.Scalar = "\u{B7}"

    /// The normal form of a character, nil when it is dropped. One space is kept between Latin words.
    private static func normal(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Unicode.Scalar? {
        switch scalar.value {
        // The middle dots of other keyboards and recognisers.
        case 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65, 0x25CF, 0x2E31: return dot
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0)
        // Invisible marks and variation selectors.
        case 0xFEFF, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFE00...0xFE0F, 0xE0100...0xE01EF: return nil
        case 0x2019: return "'"
        default:
            guard scalar.properties.isWhitespace else { return scalar }
            return previous == nil || previous == " " ? nil : " "
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case dot, " ", "'", "-", ".", ",": true
        default: isChinese(scalar) || isLatin(scalar)
        }
    }

    /// Unified and compatibility ideographs, and 〇.
    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isIdeographic && !(0x3021...0x3029).contains(scalar.value) && scalar.value != 0x3006
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A: true
        case 0xC0...0x24F, 0x1E00...0x1EFF: scalar.properties.isAlphabetic
        default: false
        }
    }

    /// Every mark stands between letters; only a full stop or comma may be followed by a space or end the name.
    private static func isWellJoined(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let first = scalars.first, let last = scalars.last else { return false }
        let isLetter = { (scalar: Unicode.Scalar) in isChinese(scalar) || isLatin(scalar) }
        guard isLetter(first), isLetter(last) || last == "." else { return false }
        return zip(scalars, scalars.dropFirst()).allSatisfy { left, right in
            isLetter(left) || isLetter(right) || ((left == "." || left == ",") && right == " ")
        }
    }

    /// Why a text is not such a value; raw values are stable codes.
    package enum Fault: String, IdentifierFault {
        case length = "person_name.length"
        case character = "person_name.character"
        case mixed = "person_name.mixed"
        case dot = "person_name.dot"

        package var message: String {
            switch self {
            case .length: "姓名应为 2 至 50 个字"
            case .character: "姓名中有不允许的字符"
            case .mixed: "姓名不能同时包含汉字和字母"
            case .dot: "姓名中的间隔号或标点位置不正确"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请填写证件上的全名"
            case .character: "请按证件填写，不要加数字、称谓或括号"
            case .mixed: "请按证件上的姓名栏填写汉字姓名；生僻字可从输入法的手写或部首方式输入"
            case .dot: "少数民族姓名请在各段之间用一个“·”，例如 阿依古丽·买买提"
            }
        }
    }
}
