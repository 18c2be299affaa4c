/// Numbers as ECMAScript's `Number::toString` writes them (ECMA-262 section 6.1.6.1.20, RFC 8785 section
/// 3.2.2.3): the shortest digits that read back as the same double.
enum ECMAScriptNumber {
    static func append(_ number: JSONNumber, to bytes: inout [UInt8]) {
        if let whole = number.integer, whole.magnitude <= JSONNumber.largestExact {
            bytes.append(contentsOf: String(whole).utf8)
        } else {
            append(number.double, to: &bytes)
        }
    }

    /// Swift's `description` already finds the shortest, closest digits; only their layout differs.
    static func append(_ value: Double, to bytes: inout [UInt8]) {
        guard value != 0 else { return bytes.append(UInt8(ascii: "0")) }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let (digits, point) = shortestDigits(value.magnitude)
        let count = digits.count
        switch point {
        case count...21 where count <= 21:
            bytes.append(contentsOf: digits)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - count))
        case 1...21:
            bytes.append(contentsOf: digits[..<point])
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: digits[point...])
        case -5...0:
            bytes.append(contentsOf: "0.".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            bytes.append(contentsOf: digits)
        default:
            bytes.append(digits[0])
            if count > 1 {
                bytes.append(UInt8(ascii: "."))
                bytes.append(contentsOf: digits[1...])
            }
            bytes.append(contentsOf: (point > 0 ? "e+" : "e").utf8)
            bytes.append(contentsOf: String(point - 1).utf8)
        }
    }

    /// The digits without leading and trailing zeros, and the place of the decimal point counted from their
    /// start: 0.0012 is ("12", -2). The value is positive and finite.
    private static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        let text = value.description.utf8
        for (offset, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"):
                exponent = Int(String(decoding: text.dropFirst(offset + 1), as: UTF8.self)) ?? 0
            case 0x30...0x39 where exponent == 0: digits.append(byte)
            default: break
            }
        }
        let leading = digits.prefix { $0 == 0x30 }.count
        let place = (point ?? digits.count) + exponent - leading
        digits.removeFirst(leading)
        while digits.last == 0x30 { digits.removeLast() }
        return (digits, place)
    }
}
