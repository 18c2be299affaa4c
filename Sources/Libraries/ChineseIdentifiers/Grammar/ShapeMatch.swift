/// The reading of a text by a shape: the normal form, or the furthest place that was understood.
struct ShapeMatch {
    /// Nil when the text does not have the shape.
    let canonical: String?
    /// How many characters were understood.
    let understood: Int
    /// What could have stood at the next place, in Chinese.
    let expected: [String]

    init(_ text: [Unicode.Scalar], _ shape: Shape) {
        var reader = ShapeReader(text: text)
        let ends = reader.ends(of: shape, from: [ShapeReader.Place(index: 0, written: [])])
        let whole = ends.first { $0.index == text.count }
        canonical = whole.map { String(String.UnicodeScalarView($0.written)) }
        // A text that goes on after its end has not failed earlier than that.
        let end = ends.map(\.index).max() ?? 0
        understood = max(reader.furthest, end)
        expected = end > reader.furthest ? [] : reader.expected
    }
}

/// Follows all readings at once. There is at most one for each index, so the work is bounded by the product of the
/// lengths of text and shape.
private struct ShapeReader {
    struct Place {
        var index: Int
        var written: [Unicode.Scalar]
    }

    let text: [Unicode.Scalar]
    private(set) var furthest = 0
    private(set) var expected: [String] = []

    init(text: [Unicode.Scalar]) { self.text = text }

    mutating func ends(of shape: Shape, from starts: [Place]) -> [Place] {
        var places = starts
        for part in shape {
            var next: [Place] = []
            for place in places {
                for end in ends(of: part, from: place) where !next.contains(where: { $0.index == end.index }) {
                    next.append(end)
                }
            }
            places = next
        }
        return places
    }

    private mutating func ends(of part: ShapePart, from place: Place) -> [Place] {
        switch part {
        case .text(let literal):
            return read(literal, from: place).map { [$0] } ?? []
        case .implied(let literal):
            var skipped = place
            skipped.written += literal.unicodeScalars
            let read = trying(at: place.index) { $0.read(literal, from: place) }
            return (read.map { [$0] } ?? []) + [skipped]
        case .ignored(let literal):
            guard var end = trying(at: place.index, { $0.read(literal, from: place) }) else { return [place] }
            end.written = place.written
            return [end, place]
        case .some(let kind, let count):
            return read(count, [kind.words], from: place, where: kind.contains)
        case .oneOf(let characters):
            return read(1...1, characters.map(String.init), from: place) {
                characters.unicodeScalars.contains($0)
            }
        case .year:
            return year(from: place)
        case .optional(let parts):
            return trying(at: place.index) { $0.ends(of: parts, from: [place]) } + [place]
        case .choice(let shapes):
            return shapes.flatMap { ends(of: $0, from: [place]) }
        }
    }

    private mutating func read(_ literal: String, from place: Place) -> Place? {
        var place = place
        let folded = literal.unicodeScalars.map { FoldedText.fold($0) ?? $0 }
        for (offset, scalar) in folded.enumerated() {
            guard place.index < text.count, text[place.index] == scalar else {
                let rest = String(String.UnicodeScalarView(literal.unicodeScalars.dropFirst(offset)))
                fail(at: place.index, "“\(rest)”")
                return nil
            }
            place.index += 1
        }
        place.written += literal.unicodeScalars
        return place
    }

    private mutating func read(
        _ count: ClosedRange<Int>, _ words: [String], from place: Place, where belongs: (Unicode.Scalar) -> Bool
    ) -> [Place] {
        var place = place
        var ends: [Place] = count.lowerBound == 0 ? [place] : []
        for taken in 1...count.upperBound {
            guard place.index < text.count, belongs(text[place.index]) else {
                for word in words { fail(at: place.index, word) }
                break
            }
            place.written.append(text[place.index])
            place.index += 1
            if taken >= count.lowerBound { ends.append(place) }
        }
        return ends.reversed()
    }

    private mutating func year(from place: Place) -> [Place] {
        guard let end = read(4...4, [CharacterKind.digit.words], from: place, where: CharacterKind.digit.contains).first
        else { return [] }
        let year = end.written.suffix(4).reduce(0) { $0 * 10 + Int($1.value) - 0x30 }
        if (1949...2099).contains(year) { return [end] }
        fail(at: place.index, "4 位年份（如 2021）")
        return []
    }

    /// Reads what may be missing. That it is missing altogether is nothing to complain about.
    private mutating func trying<Result>(at index: Int, _ read: (inout Self) -> Result) -> Result {
        let before = (furthest, expected)
        let result = read(&self)
        if furthest == index { (furthest, expected) = before }
        return result
    }

    private mutating func fail(at index: Int, _ words: String) {
        if index > furthest {
            furthest = index
            expected = []
        }
        if index == furthest, !expected.contains(words) { expected.append(words) }
    }
}
