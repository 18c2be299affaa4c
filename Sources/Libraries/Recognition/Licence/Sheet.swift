import Foundation

/// A character on the page's grid.
struct PlacedGlyph: Sendable {
    var glyph: Glyph
    /// Centre.
    var u: Double
    /// Index of its line on the page.
    var line: Int
    var followsSpace: Bool

    var character: Character { glyph.character }
}

/// Characters that stand close together on one line.
struct Run: Sendable {
    var glyphs: [PlacedGlyph]
    var v: Double
    /// Width of one Chinese character.
    var em: Double

    var start: Double { (glyphs.first?.u ?? 0) - em / 2 }
    var end: Double { (glyphs.last?.u ?? 0) + em / 2 }
    var text: String { String(glyphs.map(\.character)) }

    func isOnRow(of other: Run) -> Bool { abs(v - other.v) < 0.55 * max(em, other.em) }
}

/// The page as runs of characters on its grid.
struct Sheet {
    var runs: [Run] = []
    /// The usual width of a Chinese character on this page.
    private(set) var em = 1.0

    /// Between the centres of two characters, in characters: wider than this is a gap between words.
    private static let gap = 2.1

    init(lines: [TextLine], flow: Flow) {
        let advances = lines.map(Self.advance)
        let ratios = zip(lines, advances).compactMap { line, advance in
            line.glyphs.count >= 8 ? advance.map { $0 / line.area.height } : nil
        }
        let usual = ratios.median ?? 0.62
        for (index, line) in lines.enumerated() {
            let byHeight = line.area.height * usual
            let em = min(advances[index] ?? byHeight, byHeight * 1.2)
            // Writing around a stamp leans; it would only confuse the rows.
            guard line.glyphs.count < 4 || flow.lean(of: line.area) < 0.12 else { continue }
            addRuns(of: line, index: index, em: em, flow: flow)
        }
        em = runs.filter { $0.glyphs.count >= 4 }.map(\.em).median ?? runs.map(\.em).median ?? 1
    }

    private mutating func addRuns(of line: TextLine, index: Int, em: Double, flow: Flow) {
        var current: [PlacedGlyph] = []
        var spaced = false
        let v = flow.place(line.area.centre).v
        for glyph in line.glyphs {
            if glyph.character.isWhitespace {
                spaced = true
                continue
            }
            let glyph = plain(glyph)
            guard glyph.character.isPrinted else { continue }
            let u = flow.place(line.area.slice(from: glyph.position, to: glyph.position).centre).u
            if let last = current.last, u - last.u > Self.gap * em {
                runs.append(Run(glyphs: current, v: v, em: em))
                current = []
            }
            current.append(PlacedGlyph(glyph: glyph, u: u, line: index, followsSpace: spaced))
            spaced = false
        }
        if !current.isEmpty { runs.append(Run(glyphs: current, v: v, em: em)) }
    }

    /// Licences are printed in simplified characters and plain letters. A traditional character is a blurred simplified
    /// one, unless the recogniser is sure of it, as it may be of a person's name; an accent is a speck.
    private func plain(_ glyph: Glyph) -> Glyph {
        guard let scalar = glyph.character.unicodeScalars.first?.value else { return glyph }
        var glyph = glyph
        let text = String(glyph.character)
        if (0xC0...0x24F).contains(scalar) {
            glyph.character = text.folding(options: .diacriticInsensitive, locale: nil).first ?? glyph.character
        } else if glyph.character.isIdeograph, glyph.probability < 0.9 {
            let simplified = text.applyingTransform(StringTransform("Hant-Hans"), reverse: false)
            glyph.character = simplified?.first ?? glyph.character
        }
        return glyph
    }

    /// The distance between neighbouring Chinese characters of a line, when it has enough of them.
    private static func advance(of line: TextLine) -> Double? {
        let steps = zip(line.glyphs, line.glyphs.dropFirst()).compactMap { first, second in
            first.character.isIdeograph && second.character.isIdeograph
                ? (second.position - first.position) * line.area.width : nil
        }
        guard steps.count >= 4, let usual = steps.median else { return nil }
        // The network places characters in steps of a sixth of their width; a mean is finer than any one distance.
        let alike = steps.filter { abs($0 - usual) < 0.35 * usual }
        return alike.reduce(0, +) / Double(max(1, alike.count))
    }
}

extension Collection where Element == Double {
    /// The middle value, or nil of nothing.
    var median: Double? {
        let sorted = sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
}

extension Character {
    /// Whether licences print such a character; specks and frames read as boxes, stars and arrows.
    fileprivate var isPrinted: Bool {
        isLetter || isNumber || "()（）,，、;；:：.。·-—－～~/|\\&+%#*@“”‘’\"'《》〈〉[]【】".contains(self)
    }

    /// Whether this is a Chinese character proper, not punctuation.
    var isIdeograph: Bool {
        guard let value = unicodeScalars.first?.value else { return false }
        return (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || value >= 0x20000
    }
}
