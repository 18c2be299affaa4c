/// A query in Chinese characters, pinyin, initials or a mixture.
package struct PinyinQuery: Sendable {
    /// At most 63, so that a set of places fits into one word.
    private let scalars: [Unicode.Scalar]

    /// Reads a query; spaces, punctuation and capitals do not matter.
    package init(_ text: String) { scalars = Array(Pinyin.fold(text).prefix(63)) }

    /// Whether there is nothing to look for.
    package var isEmpty: Bool { scalars.isEmpty }

    /// How well a text answers; nil when it does not, or when the query is empty.
    package func rank(of text: String) -> SearchRank? { rank(of: Pinyin.units(of: text)) }

    func rank(of units: [Pinyin.Unit]) -> SearchRank? {
        guard !isEmpty, !units.isEmpty else { return nil }
        if let rank = match(units[...]) { return rank }
        if units.indices.dropFirst().contains(where: { match(units[$0...]) != nil }) { return .infix }
        return isScattered(in: units) ? .scattered : nil
    }

    /// Whether the query is spelt by the first characters, and how.
    ///
    /// The bits of a set say how much of the query may have been read so far.
    private func match(_ units: ArraySlice<Pinyin.Unit>) -> SearchRank? {
        let end: UInt64 = 1 << UInt64(scalars.count)
        // Read in full, and read by some letters of each character.
        var (full, some): (UInt64, UInt64) = (1, 1)
        for (index, unit) in zip(units.indices, units) {
            let fromFull = step(full, unit)
            let fromSome = step(some, unit)
            if fromFull.full & end != 0 { return index == units.endIndex - 1 ? .whole : .prefix }
            // Only the last character of a prefix may be cut short.
            if fromFull.some & end != 0 { return .prefix }
            if fromSome.some & end != 0 { return .initials }
            (full, some) = (fromFull.full, fromSome.some)
            if some == 0 { return nil }
        }
        return nil
    }

    /// Where reading one more character leads to from each place of a set.
    private func step(_ places: UInt64, _ unit: Pinyin.Unit) -> (full: UInt64, some: UInt64) {
        var (full, some): (UInt64, UInt64) = (0, 0)
        var rest = places
        while rest != 0 {
            let place = rest.trailingZeroBitCount
            rest &= rest - 1
            guard place < scalars.count else { continue }
            if scalars[place] == unit.character {
                full |= 1 << UInt64(place + 1)
                some |= 1 << UInt64(place + 1)
            }
            var length = 0
            while length < unit.reading.count, place + length < scalars.count,
                Self.isSame(unit.reading[length], scalars[place + length])
            {
                length += 1
                some |= 1 << UInt64(place + length)
            }
            if length > 0, length == unit.reading.count { full |= 1 << UInt64(place + length) }
        }
        return (full, some)
    }

    /// `ü` is `v` in the tables and may be typed as `u`.
    private static func isSame(_ letter: UInt8, _ typed: Unicode.Scalar) -> Bool {
        UInt32(letter) == typed.value || (letter == UInt8(ascii: "v") && typed == "u")
    }

    private func isScattered(in units: [Pinyin.Unit]) -> Bool {
        guard scalars.count > 1, scalars.allSatisfy(\.properties.isIdeographic) else { return false }
        var rest = scalars[...]
        for unit in units where unit.character == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }
}
