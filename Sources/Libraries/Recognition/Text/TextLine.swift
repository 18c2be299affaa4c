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
}
