/// A decimal number of any length, as its digits without leading and trailing zeros.
struct DecimalText: Hashable {
    private(set) var isNegative = false
    /// Values 0 to 9; none for zero.
    private(set) var digits: [UInt8] = []
    /// The power of ten of the last digit.
    private(set) var exponent = 0

    /// Exponents as written are limited to ±100,000.
    static let largestExponent = 100_000

    /// Reads a number that follows JSON's grammar (a plus sign in the exponent included).
    init(_ text: some Sequence<UInt8>) {
        var written = 0
        var isExponentNegative = false
        var (isFraction, isExponent) = (false, false)
        for byte in text {
            switch byte {
            case 0x30...0x39 where isExponent: written = min(written * 10 + Int(byte - 0x30), Self.largestExponent + 1)
            case 0x30...0x39:
                if !digits.isEmpty || byte != 0x30 { digits.append(byte - 0x30) }
                if isFraction { exponent -= 1 }
            case UInt8(ascii: "-") where isExponent: isExponentNegative = true
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): isExponent = true
            default: break
            }
        }
        exponent += isExponentNegative ? -written : written
        let zeros = digits.reversed().prefix { $0 == 0 }.count
        digits.removeLast(zeros)
        exponent = digits.isEmpty ? 0 : exponent + zeros
        if digits.isEmpty { isNegative = false }
    }

    init(_ number: ShortNumber) {
        self.init("\(number.mantissa)e\(number.exponent)".utf8)
    }

    /// Whether there is no fraction.
    var isWhole: Bool { exponent >= 0 }

    /// The same number in its short form; nil when it has too many digits.
    var short: ShortNumber? {
        guard digits.count <= 19 else { return nil }
        var mantissa: Int64 = 0
        for digit in digits {
            let (product, isTooLarge) = mantissa.multipliedReportingOverflow(by: 10)
            // Counted downwards, because the least number has no positive counterpart.
            let (sum, isTooSmall) = product.subtractingReportingOverflow(Int64(digit))
            guard !isTooLarge, !isTooSmall else { return nil }
            mantissa = sum
        }
        if !isNegative {
            guard mantissa != .min else { return nil }
            mantissa = -mantissa
        }
        if exponent > 0, exponent <= 18 {
            let (whole, isTooLarge) = mantissa.multipliedReportingOverflow(by: Int64(powerOfTen(exponent)))
            if !isTooLarge { return ShortNumber(mantissa: whole, exponent: 0) }
        }
        return Int16(exactly: exponent).map { ShortNumber(mantissa: mantissa, exponent: $0) }
    }

    /// The number as a node; a long one points to its text.
    func node(at offset: Int, count: Int) -> TapeNode {
        if let short { return short.node }
        var node = TapeNode(isWhole ? [.number, .integer] : .number, flags: TapeNode.long)
        node.set(low: offset, high: count)
        return node
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// Compares without signs: first by the place of the first digit, then digit by digit.
    private func isSmaller(than other: Self) -> Bool {
        guard !digits.isEmpty, !other.digits.isEmpty else { return digits.isEmpty && !other.digits.isEmpty }
        let (place, otherPlace) = (digits.count + exponent, other.digits.count + other.exponent)
        return place == otherPlace ? digits.lexicographicallyPrecedes(other.digits) : place < otherPlace
    }

    /// Whether the number is a whole multiple of a positive short one.
    func isMultiple(of divisor: ShortNumber) -> Bool {
        let distance = exponent - Int(divisor.exponent)
        // The digits do not end in 0, so no whole multiple of 10 is among them.
        guard distance >= 0 else { return digits.isEmpty }
        let modulus = UInt64(divisor.mantissa)
        let rest = digits.reduce(UInt128(0)) { ($0 * 10 + UInt128($1)) % UInt128(modulus) }
        return UInt64(rest).isMultiple(of: modulus, timesTenTo: distance)
    }
}
