/// A pattern that is a row of character classes from start to end, such as `^[0-9A-Z]{2}[0-9]{6}$`: each with its
/// number of characters, only the last one's may vary. Its characters can be checked independently of one another.
struct CharacterRuns {
    struct Run {
        /// The bit of the class in `masks`.
        let bit: UInt8
        var least: Int32
        /// Differs from `least` in the last run only; -1 for any number.
        var most: Int32
    }

    /// For each byte the bits of the classes that it belongs to.
    private(set) var masks = [UInt8](repeating: 0, count: 256)
    private(set) var runs: [Run] = []

    /// Nil when the pattern is anything else, or has more than eight classes or characters beyond ASCII.
    init?(_ pattern: ECMAPattern) {
        guard case .sequence(let parts) = pattern, parts.first == .start, parts.last == .end, parts.count > 2 else {
            return nil
        }
        var bits: [ScalarSet: UInt8] = [:]
        for part in parts[1..<(parts.count - 1)] {
            guard let (set, least, most) = Self.run(part), runs.last.map({ $0.least == $0.most }) ?? true,
                let highest = set.ranges.last?.upperBound, highest < 0x80, bits[set] != nil || bits.count < 8
            else { return nil }
            let bit = bits[set] ?? 1 << UInt8(bits.count)
            bits[set] = bit
            for range in set.ranges { for byte in range { masks[Int(byte)] |= bit } }
            runs.append(Run(bit: bit, least: Int32(least), most: most.map { Int32($0) } ?? -1))
        }
    }

    private static func run(_ part: ECMAPattern) -> (ScalarSet, Int, Int?)? {
        switch part {
        case .one(let set): set.scalars.map { ($0, 1, 1) }
        case .repetition(.one(let set), let min, let max): set.scalars.map { ($0, min, max) }
        default: nil
        }
    }
}
