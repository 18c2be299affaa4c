/// Check digit rules shared by several identifiers. All take ASCII digits.
enum CheckDigits {
    /// ISO 7064 MOD 11,10 over digits that end with their check digit: business registration numbers, food
    /// permits and bank line numbers. Finds every single wrong digit.
    static func satisfiesMod11And10(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        guard let check = digits.last, !digits.isEmpty else { return false }
        var product = 10
        for byte in digits.dropLast() {
            let sum = (product + byte.digit) % 10
            product = (sum == 0 ? 10 : sum) * 2 % 11
        }
        return (product + check.digit) % 10 == 1
    }

    /// The Luhn rule of ISO/IEC 7812-1 Annex B over digits that end with their check digit.
    static func satisfiesLuhn(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        var sum = 0
        var doubled = false
        for byte in digits.reversed() {
            let value = doubled ? byte.digit * 2 : byte.digit
            sum += value > 9 ? value - 9 : value
            doubled.toggle()
        }
        return sum % 10 == 0
    }

    /// ISO 7064 MOD 11-2 as GB 11643 uses it: 17 digits and a last character `0`–`9` or `X`.
    static func satisfiesResidentIDRule(_ characters: some Collection<UInt8>) -> Bool {
        var remainder = 0
        for byte in characters {
            let value = byte == UInt8(ascii: "X") ? 10 : byte.digit
            remainder = (remainder * 2 + value) % 11
        }
        return remainder == 1
    }
}
