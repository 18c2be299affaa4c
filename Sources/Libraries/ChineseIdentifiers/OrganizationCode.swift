/// The organisation code of GB 11714-1997: eight characters and a check character `0`–`9` or `X`.
enum OrganizationCode {
    private static let weights = [3, 7, 9, 10, 5, 8, 4, 2]

    /// Whether the ninth of nine ASCII digits and capitals is the check character of the first eight.
    static func hasCheckCharacter(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 9 else { return false }
        let sum = zip(bytes, weights).reduce(0) { $0 + value(of: $1.0) * $1.1 }
        let check = (11 - sum % 11) % 11
        return check == 10 ? bytes[8] == UInt8(ascii: "X") : bytes[8] == UInt8(0x30 + check)
    }

    private static func value(of byte: UInt8) -> Int {
        byte.isDigit ? byte.digit : Int(byte) - 55
    }
}
