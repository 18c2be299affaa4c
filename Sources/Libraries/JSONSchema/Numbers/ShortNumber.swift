/// A decimal number, exactly: mantissa × 10^exponent. Never a double: 0.1 + 0.2 is not an issue here.
///
/// Every value has one form: whole numbers within `Int64` have the exponent 0, all others a mantissa that does not
/// end in 0. So equal numbers have equal fields.
struct ShortNumber: Hashable {
    let mantissa: Int64
    let exponent: Int16

    /// Fields that are in the one form already.
    @inline(__always)
    init(mantissa: Int64, exponent: Int16) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    @inline(__always)
    init(_ node: TapeNode) {
        mantissa = node.payload
        exponent = node.exponent
    }

    /// Whether there is no fraction.
    @inline(__always) var isWhole: Bool { exponent >= 0 }

    var node: TapeNode {
        var node = TapeNode(isWhole ? [.number, .integer] : .number)
        node.payload = mantissa
        node.exponent = exponent
        return node
    }

    @inline(__always)
    static func < (left: Self, right: Self) -> Bool {
        left.exponent == right.exponent ? left.mantissa < right.mantissa : precedes(left, right)
    }

    /// Numbers with different exponents: both are written with the smaller one, when that fits in 128 bits.
    private static func precedes(_ left: Self, _ right: Self) -> Bool {
        let distance = Int(left.exponent) - Int(right.exponent)
        if distance >= 19 {
            // 10^19 exceeds every mantissa.
            return left.mantissa == 0 ? right.mantissa > 0 : left.mantissa < 0
        }
        if distance <= -19 {
            return right.mantissa == 0 ? left.mantissa < 0 : right.mantissa > 0
        }
        let a = Int128(left.mantissa) * (distance > 0 ? powerOfTen(distance) : 1)
        let b = Int128(right.mantissa) * (distance < 0 ? powerOfTen(-distance) : 1)
        return a < b
    }

    /// Whether the number is a whole multiple of a positive one.
    func isMultiple(of divisor: Self) -> Bool {
        if exponent == divisor.exponent { return mantissa % divisor.mantissa == 0 }
        if mantissa == 0 { return true }
        let distance = Int(exponent) - Int(divisor.exponent)
        if distance > 0 {
            return mantissa.magnitude.isMultiple(of: UInt64(divisor.mantissa), timesTenTo: distance)
        }
        // 10^19 exceeds every mantissa.
        return distance > -19 && Int128(mantissa) % (Int128(divisor.mantissa) * powerOfTen(-distance)) == 0
    }
}

/// 10 to a power of at most 18.
func powerOfTen(_ power: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<power { result *= 10 }
    return result
}

extension UInt64 {
    /// Whether this × 10^power is a multiple of a divisor, by modular exponentiation.
    func isMultiple(of divisor: UInt64, timesTenTo power: Int) -> Bool {
        let modulus = UInt128(divisor)
        var result = UInt128(self) % modulus
        var square = 10 % modulus
        var left = power
        while left > 0 {
            if left & 1 == 1 { result = result * square % modulus }
            square = square * square % modulus
            left >>= 1
        }
        return result == 0
    }
}
