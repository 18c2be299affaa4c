/// An amount in whole fen (1 元 = 100 分).
package struct Money: Hashable, Sendable, Comparable, Codable {
    /// Fen.
    package let fen: Int64

    package init(fen: Int64) { self.fen = fen }

    package static let zero = Money(fen: 0)

    package static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
    package static func + (left: Money, right: Money) -> Money { Money(fen: left.fen + right.fen) }

    package init(from decoder: any Decoder) throws {
        fen = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fen)
    }

    /// `¥1,000.00`.
    package var display: String {
        let whole = String(fen.magnitude / 100)
        let cents = fen.magnitude % 100
        var grouped = ""
        for (position, digit) in whole.reversed().enumerated() {
            if position > 0, position.isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return (fen < 0 ? "-¥" : "¥") + String(grouped.reversed()) + "." + (cents < 10 ? "0\(cents)" : "\(cents)")
    }
}
