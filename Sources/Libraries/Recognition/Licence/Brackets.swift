import Foundation

/// Tells full-width brackets from half-width ones. The recogniser often cannot: both have one shape, but a full-width
/// one keeps its neighbours two characters apart, a half-width one about one and a half.
enum Brackets {
    private static let forms: [(narrow: Character, wide: Character)] = [("(", "（"), (")", "）")]

    static func isOpening(_ character: Character) -> Bool { character == "(" || character == "（" }
    static func isClosing(_ character: Character) -> Bool { character == ")" || character == "）" }

    /// The bracket to print for each index of `glyphs` that holds one. A pair is of one width.
    static func decide(_ glyphs: [PlacedGlyph], em: Double) -> [Int: Character] {
        var decided: [Int: Character] = [:]
        var open: [Int] = []
        func settle(_ indices: [Int]) {
            let isWide = indices.reduce(0) { $0 + evidence(at: $1, in: glyphs, em: em) } > 0
            for index in indices {
                let form = forms[isOpening(glyphs[index].character) ? 0 : 1]
                decided[index] = isWide ? form.wide : form.narrow
            }
        }
        for (index, placed) in glyphs.enumerated() {
            if isOpening(placed.character) { open.append(index) }
            if isClosing(placed.character) { settle(open.popLast().map { [$0, index] } ?? [index]) }
        }
        for index in open { settle([index]) }
        return decided
    }

    /// Positive for full width. The weights come from 205 brackets in ten typefaces.
    private static func evidence(at index: Int, in glyphs: [PlacedGlyph], em: Double) -> Double {
        let glyph = glyphs[index].glyph
        let form = forms[isOpening(glyph.character) ? 0 : 1]
        func belief(in character: Character) -> Double {
            if glyph.character == character { return Double(glyph.probability) }
            return Double(glyph.alternatives.first { $0.character == character }?.probability ?? 0)
        }
        let (wide, narrow) = (belief(in: form.wide) + 0.01, belief(in: form.narrow) + 0.01)
        let width = distance(around: index, in: glyphs, em: em)
        // At the end of a line the form is little more than a guess.
        return (width == nil ? 0.2 : 0.4) * log(wide / narrow) + (width.map { 12 * ($0 / em - 1.69) } ?? 0)
    }

    /// From the centre of the character before to that of the one after, as if both stood in the middle of their cells.
    private static func distance(around index: Int, in glyphs: [PlacedGlyph], em: Double) -> Double? {
        guard index > 0, index + 1 < glyphs.count else { return nil }
        let (before, after) = (glyphs[index - 1], glyphs[index + 1])
        guard before.line == glyphs[index].line, after.line == before.line else { return nil }
        guard let (left, right) = place(of: before.character).flatMap({ left in place(of: after.character).map { (left, $0) } })
        else { return nil }
        return (after.u - right * em) - (before.u - left * em)
    }

    /// How far the ink of a character stands from the middle of its cell, as a share of the cell.
    private static func place(of character: Character) -> Double? {
        if character.isIdeograph { return 0 }
        return "。；，、：".contains(character) ? -0.2 : nil
    }
}
