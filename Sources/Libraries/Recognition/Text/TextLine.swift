/// One character as the recogniser saw it.
struct Glyph: Sendable, Hashable {
    struct Alternative: Sendable, Hashable {
        var character: Character
        var probability: Float
    }

    var character: Character
    /// 0…1.
    var probability: Float
    /// Its centre as a fraction of the line's width.
    var position: Double
    var alternatives: [Alternative] = []
}

/// A line of text and where it stands.
struct TextLine: Sendable {
    var glyphs: [Glyph]
    var area: RotatedRectangle

    var text: String { String(glyphs.map(\.character)) }

    /// The mean of the characters' probabilities, 0 when there are none.
    var meanProbability: Float {
        glyphs.isEmpty ? 0 : glyphs.reduce(0) { $0 + $1.probability } / Float(glyphs.count)
    }

    /// The lowest probability among the letters; marks are doubtful in the best of print.
    var lowestLetter: Float {
        glyphs.filter { $0.character.isLetter || $0.character.isNumber }.map(\.probability).min() ?? 1
    }

    /// The same text, none of it believed: the detector saw nothing there.
    func doubted() -> TextLine {
        var line = self
        for index in line.glyphs.indices { line.glyphs[index].probability *= 0.7 }
        return line
    }

    /// The better of two readings of one line. Where they disagree, neither is to be believed.
    func weighed(against other: TextLine) -> TextLine {
        let (better, worse) =
            other.lowestLetter > lowestLetter && other.glyphs.count >= glyphs.count
            ? (other, self) : (self, other)
        var line = better
        let difference = better.glyphs.map(\.character).difference(from: worse.glyphs.map(\.character))
        for case .insert(let offset, let character, _) in difference where character.isLetter || character.isNumber {
            line.glyphs[offset].probability = min(line.glyphs[offset].probability, 0.6)
        }
        return line
    }
}
