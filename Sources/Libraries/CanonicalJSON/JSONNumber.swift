/// A finite JSON number: a whole number in `Int64` exactly, every other number as the nearest double.
///
/// `1`, `1.0` and `1e0` are the same number. A whole number beyond 2^53 keeps all its digits in memory, but
/// RFC 8785 writes it as a double, and numbers that are written alike are equal. Send such amounts as strings
/// (RFC 8785, appendix D).
package struct JSONNumber: Sendable {
    private enum Storage {
        case integer(Int64)
        case double(Double)
    }

    private let storage: Storage

    /// A whole number.
    package init(_ value: Int64) { storage = .integer(value) }

    /// A double; nil for infinities and NaN, which JSON can't say.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if value.magnitude <= Double(Self.largestExact), let whole = Self.wholeNumber(value) {
            storage = .integer(whole)
        } else {
            storage = .double(value)
        }
    }

    /// 2^53: up to here every whole number is a double.
    static let largestExact: UInt64 = 1 << 53

    /// The whole number, nil for fractions and for doubles outside `Int64`.
    package var integer: Int64? {
        switch storage {
        case .integer(let value): value
        case .double(let value): Self.wholeNumber(value)
        }
    }

    /// The nearest double.
    package var double: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .double(let value): value
        }
    }

    /// `Int64(exactly:)` by hand: that one calls the C mathematics library, which a bare Swift program lacks.
    private static func wholeNumber(_ value: Double) -> Int64? {
        // Both limits are doubles; 2^63 itself is one too many.
        guard value >= -0x1p63, value < 0x1p63 else { return nil }
        let whole = Int64(value)
        return Double(whole) == value ? whole : nil
    }

    /// Whether the canonical form names exactly this number.
    package var isExactWhenCanonical: Bool {
        switch storage {
        case .integer(let value): Self.wholeNumber(Double(value)) == value
        case .double: true
        }
    }
}

extension JSONNumber: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.double == right.double }

    package func hash(into hasher: inout Hasher) { hasher.combine(double) }
}
