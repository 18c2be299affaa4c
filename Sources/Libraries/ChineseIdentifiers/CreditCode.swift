/// A unified social credit code (统一社会信用代码), 18 characters, GB 32100-2015.
///
/// Characters: 1 registering department, 2 kind of organisation, 3–8 division code of the authority, 9–17
/// organisation code (GB 11714), 18 check character. A wrong check character is refused; a wrong check inside
/// the organisation code is only a warning, because a few old codes carry one.
package struct CreditCode: ParsedIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` when the length, a character or the check character is wrong.
    package init(_ text: String) throws(Fault) {
        let bytes = NormalText(text).bytes
        guard bytes.count == 18 else { throw .length }
        if let wrong = bytes.indices.first(where: { !Self.isAllowed(bytes[$0], at: $0) }) {
            throw .character(position: wrong + 1)
        }
        guard Self.hasCheckCharacter(bytes) else {
            throw .checkDigit(
                expected: Self.checkCharacter(for: bytes), suspects: CreditCodeSuspects.positions(in: bytes))
        }
        plain = bytes.ascii
    }

    package var masked: String { coverMiddle(of: plain) }

    /// What the first two characters say was registered; nil for a prefix not in the published tables.
    package var registrationKind: RegistrationKind? { RegistrationKind(rawValue: String(plain.prefix(2))) }

    /// The six digits of the authority's division (GB/T 2260, or a city's own code).
    package var divisionCode: String { plain.utf8.dropFirst(2).prefix(6).ascii }

    /// The nine characters of the organisation code without its hyphen.
    package var organizationCode: String { plain.utf8.dropFirst(8).prefix(9).ascii }

    /// What is unusual about an acceptable code, for the reviewer.
    package var warnings: [Warning] {
        var found: [Warning] = []
        if registrationKind == nil { found.append(.registrationKind) }
        if !ProvinceCode.isKnown(divisionCode) { found.append(.division) }
        if !OrganizationCode.hasCheckCharacter(Array(organizationCode.utf8)) { found.append(.organizationCheckDigit) }
        return found
    }

    package static let example = CreditCode(known: "91330106MA9TE5T04E")

    private init(known plain: String) { self.plain = plain }
}

extension CreditCode {
    /// An oddity that does not make the code invalid.
    package enum Warning: String, Hashable, Sendable {
        case organizationCheckDigit = "uscc.organization_check_digit"
        case registrationKind = "uscc.registration_kind"
        case division = "uscc.division"

        /// What the reviewer should know.
        package var message: String {
            switch self {
            case .organizationCheckDigit: "第 9–17 位主体标识码的校验位不符，请与证照核对"
            case .registrationKind: "前两位不在常见的登记类别中，请与证照核对"
            case .division: "第 3–8 位不是已知省份的区划代码，请与证照核对"
            }
        }
    }
}

extension CreditCode {
    /// The 31 characters of the standard; the value of a character is its index. I, O, S, V and Z are unused.
    static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// Character values by ASCII code, -1 for characters outside the alphabet.
    private static let values: [Int] = {
        var table = [Int](repeating: -1, count: 256)
        for (value, byte) in alphabet.enumerated() { table[Int(byte)] = value }
        return table
    }()

    static func isAllowed(_ byte: UInt8, at index: Int) -> Bool {
        (2..<8).contains(index) ? byte.isDigit : values[Int(byte)] >= 0
    }

    /// Weighted sum modulo 31 with the weights 3^(i-1): zero with the check character counted once.
    static func hasCheckCharacter(_ bytes: [UInt8]) -> Bool {
        (weightedSum(of: bytes) + values[Int(bytes[17])]) % 31 == 0
    }

    /// The check character that the first 17 characters ask for.
    static func checkCharacter(for bytes: [UInt8]) -> Character {
        Character(Unicode.Scalar(alphabet[(31 - weightedSum(of: bytes) % 31) % 31]))
    }

    private static func weightedSum(of bytes: [UInt8]) -> Int {
        var sum = 0
        var weight = 1
        for byte in bytes.prefix(17) {
            sum += values[Int(byte)] * weight
            weight = weight * 3 % 31
        }
        return sum
    }
}
