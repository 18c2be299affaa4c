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

    /// The rule of the Taiwan 統一編號 since April 2023 over eight digits: the digit sums of the digits times
    /// 1, 2, 1, 2, 1, 2, 4, 1 add up to a multiple of 5. A 7 in the seventh place gives 28, whose digits add up to 10,
    /// which counts as 1 or as 0.
    static func satisfiesTaiwanBusinessRule(_ digits: [UInt8]) -> Bool {
        let weights = [1, 2, 1, 2, 1, 2, 4, 1]
        guard digits.count == weights.count else { return false }
        let sum = zip(digits, weights).reduce(0) { sum, pair in
            let product = pair.0.digit * pair.1
            return sum + product / 10 + product % 10
        }
        return sum.isMultiple(of: 5) || (digits[6] == UInt8(ascii: "7") && (sum - 9).isMultiple(of: 5))
    }
}
