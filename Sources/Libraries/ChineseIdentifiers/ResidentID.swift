/// The number of a resident identity card (居民身份证, GB 11643-1999), 18 characters.
///
/// Also read: residence permits of people from Hong Kong, Macao and Taiwan (810000, 820000, 830000) and the
/// permanent residence card for foreigners of 2023 (starts with 9), which share form and check character.
/// Characters: 1–6 division, 7–14 birth date, 15–17 serial (odd for men), 18 check character.
package struct ResidentID: ConfidentialIdentifier {
    package let plain: String
    /// The birth date in characters 7 to 14.
    package let birthDate: CivilDate

    /// Reads a number that was accepted before. At the edge use `init(_:asOf:)`, which knows today.
    ///
    /// - Throws: `Fault`; never `.futureBirth`.
    package init(_ text: String) throws(Fault) {
        try self.init(NormalText(text).bytes)
    }

    /// Reads what a person typed.
    ///
    /// - Parameters:
    ///   - text: The number, with or without spaces.
    ///   - today: The day after which nobody is born yet.
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String, asOf today: CivilDate) throws(Fault) {
        try self.init(NormalText(text).bytes)
        if birthDate > today { throw .futureBirth }
    }

    private init(_ bytes: [UInt8]) throws(Fault) {
        if bytes.count == 15, bytes.allSatisfy(\.isDigit) { throw .firstGeneration }
        guard bytes.count == 18 else { throw .length }
        if let wrong = bytes.prefix(17).firstIndex(where: { !$0.isDigit }) { throw .character(position: wrong + 1) }
        guard bytes[17].isDigit || bytes[17] == UInt8(ascii: "X") else { throw .character(position: 18) }
        guard bytes[0] != UInt8(ascii: "0") else { throw .character(position: 1) }
        let year = bytes[6..<10].number
        guard year >= 1850,
            let born = CivilDate(year: year, month: bytes[10..<12].number, day: bytes[12..<14].number)
        else { throw .birthDate }
        guard CheckDigits.satisfiesResidentIDRule(bytes) else { throw .checkDigit }
        self.init(known: bytes.ascii, birthDate: born)
    }

    private init(known plain: String, birthDate: CivilDate) {
        self.plain = plain
        self.birthDate = birthDate
    }

    package var masked: String { coverMiddle(of: plain) }

    /// The sex the serial number states.
    package var sex: Sex { plain.utf8.dropFirst(16).prefix(1).number.isMultiple(of: 2) ? .female : .male }

    /// Full years of age on a day.
    package func age(on day: CivilDate) -> Int { birthDate.fullYears(to: day) }

    /// The six digits of the division of first registration.
    package var divisionCode: String { plain.utf8.prefix(6).ascii }

    /// Which card the number is printed on.
    package var document: Document {
        switch divisionCode {
        case "810000": .hongKongResidencePermit
        case "820000": .macaoResidencePermit
        case "830000": .taiwanResidencePermit
        case let code where code.hasPrefix("9"): .foreignPermanentResidence
        default: .residentIdentityCard
        }
    }

    package static let example = ResidentID(known: "330106199001019979", birthDate: .example)
}

extension ResidentID {
    /// The sex a number states.
    package enum Sex: String, Hashable, Sendable {
        case male
        case female

        /// 男 or 女.
        package var name: String { self == .male ? "男" : "女" }
    }

    /// The cards that carry such a number.
    package enum Document: String, Hashable, Sendable {
        case residentIdentityCard
        case hongKongResidencePermit
        case macaoResidencePermit
        case taiwanResidencePermit
        case foreignPermanentResidence

        /// The Chinese name of the card.
        package var name: String {
            switch self {
            case .residentIdentityCard: "居民身份证"
            case .hongKongResidencePermit, .macaoResidencePermit: "港澳居民居住证"
            case .taiwanResidencePermit: "台湾居民居住证"
            case .foreignPermanentResidence: "外国人永久居留身份证"
            }
        }
    }

    /// Why a text is not an identity card number. No fault tells a computed digit.
    package enum Fault: IdentifierFault {
        case length
        /// Fifteen digits: the number of a card that ended in 2012.
        case firstGeneration
        case character(position: Int)
        case birthDate
        case futureBirth
        case checkDigit

        package var code: String {
            switch self {
            case .length: "resident_id.length"
            case .firstGeneration: "resident_id.first_generation"
            case .character: "resident_id.character"
            case .birthDate: "resident_id.birth_date"
            case .futureBirth: "resident_id.future_birth"
            case .checkDigit: "resident_id.check_digit"
            }
        }

        package var wrongPosition: Int? {
            guard case .character(let position) = self else { return nil }
            return position
        }

        package var expectedCharacter: String {
            if case .character(18) = self { "数字或字母 X" } else { "数字" }
        }

        package var message: String {
            switch self {
            case .length: "身份证号码应为 18 位"
            case .firstGeneration: "15 位的第一代身份证已停止使用"
            case .character(let position): "身份证号码第 \(position) 位的字符不正确"
            case .birthDate: "身份证号码中的出生日期不存在"
            case .futureBirth: "身份证号码中的出生日期晚于今天"
            case .checkDigit: "身份证号码校验不通过，可能有一位填错"
            }
        }

        package var hint: String {
            switch self {
            case .length: "请检查有没有漏填或多填"
            case .firstGeneration: "请填写第二代身份证上的 18 位号码"
            case .character(18): "最后一位只能是数字或字母 X"
            case .character: "除最后一位可以是字母 X 外，其余都是数字"
            case .birthDate, .futureBirth: "请核对第 7 至 14 位的出生年月日"
            case .checkDigit: "请对照证件逐位核对全部 18 位"
            }
        }
    }
}
