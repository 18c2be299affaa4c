/// The normal form of a typed identifier: ASCII bytes without spaces and hyphens, in capitals.
///
/// A character that has no place in ASCII is kept as one zero byte, so that lengths and positions still match
/// what the person sees. At most `limit` bytes are kept and the reading stops there, so the cost is linear in
/// the text and the memory is constant.
struct NormalText {
    private(set) var bytes: [UInt8] = []

    init(_ text: String, limit: Int = 64) {
        bytes.reserveCapacity(32)
        for scalar in text.unicodeScalars {
            guard let byte = Self.byte(for: scalar) else { continue }
            bytes.append(byte)
            if bytes.count == limit { return }
        }
    }

    /// The one-based position of the first byte outside the digits, nil when all are digits.
    var firstNonDigit: Int? {
        bytes.firstIndex { !$0.isDigit }.map { $0 + 1 }
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Nil for characters that are dropped.
    private static func byte(for scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x21...0x7E: return capital(UInt8(scalar.value))
        case 0xFF01...0xFF5E: return capital(UInt8(scalar.value - 0xFEE0))
        // Minus sign, the typographic hyphens and dashes.
        case 0x2010...0x2015, 0x2212: return nil
        // Byte order mark, zero-width characters and direction marks that copying brings along.
        case 0xFEFF, 0x200B...0x200F, 0x202A...0x202E, 0x2060: return nil
        default: return scalar.properties.isWhitespace ? nil : 0
        }
    }

    private static func capital(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "-"): nil
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
        default: byte
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// The value of an ASCII digit; meaningless for other bytes.
    var digit: Int { Int(self) &- 0x30 }
}

extension Collection<UInt8> {
    /// The number the ASCII digits spell. The caller has checked that they are digits and few enough.
    var number: Int { reduce(0) { $0 &* 10 &+ $1.digit } }

    var ascii: String { String(decoding: self, as: UTF8.self) }
}

/// The first and last four characters with stars between, for texts of at least twelve characters.
func coverMiddle(of text: String) -> String {
    let count = text.utf8.count
    guard count >= 12 else { return String(repeating: "*", count: count) }
    return text.prefix(4) + String(repeating: "*", count: count - 8) + text.suffix(4)
}
