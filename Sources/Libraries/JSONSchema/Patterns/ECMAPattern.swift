/// A regular expression of ECMA-262 (with the `u` flag), as a tree.
indirect enum ECMAPattern: Hashable {
    /// Matches the empty text.
    case empty
    case one(CharacterClass)
    case sequence([ECMAPattern])
    case choice([ECMAPattern])
    /// At least `min` times and at most `max` times; nil for any number.
    case repetition(ECMAPattern, min: Int, max: Int?)
    /// `^`
    case start
    /// `$`
    case end
    /// `\b`, or `\B` when negated.
    case wordBoundary(isNegated: Bool)

    /// One character out of a set.
    struct CharacterClass: Hashable {
        var ranges: [ClosedRange<UInt32>] = []
        /// Unicode properties in RE2's names, such as `L` or `Han`.
        var properties: [Property] = []
        var isNegated = false

        struct Property: Hashable {
            let name: String
            let isNegated: Bool
        }

        /// The characters; nil when properties are needed to tell.
        var scalars: ScalarSet? {
            guard properties.isEmpty else { return nil }
            return isNegated ? ScalarSet(ranges).inverted : ScalarSet(ranges)
        }

        init() {}

        init(_ set: ScalarSet) { ranges = set.ranges }
    }
}

/// Why a regular expression can't be used.
struct PatternFault: Error {
    /// In Chinese.
    let message: String

    init(_ message: String, at offset: Int? = nil) {
        self.message = offset.map { "第 \($0 + 1) 个字符处：\(message)" } ?? message
    }
}
