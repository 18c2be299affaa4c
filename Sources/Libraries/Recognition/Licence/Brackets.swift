import Foundation

/// Tells full-width brackets from half-width ones. The recogniser often cannot: both have one shape, but a full-width
/// one keeps its neighbours two characters apart, a half-width one about one and a half.
enum Brackets {
    private static let forms: [(narrow: Character, wide: Character)] = [("(", "（"), (")", "）")]

    static func isOpening(_ character: Character) -> Bool { character == "(" || character == "（" }
    static func isClosing(_ character: Character) -> Bool { character == ")" || character == "）" }

    /// What to print for the brackets of one value.
    struct Decision: Equatable {
        /// By index of the glyph.
        var characters: [Int: Character] = [:]
        /// Whether any of them could as well have the other width.
        var isDoubtful = false
    }

    /// Decides the brackets among `glyphs`. A pair is of one width, and whoever typed a value mostly used one kind.
    static func decide(_ glyphs: [PlacedGlyph], em: Double) -> Decision {
        var groups: [[Int]] = []
        var open: [Int] = []
        for (index, placed) in glyphs.enumerated() {
            if isOpening(placed.character) { open.append(index) }
            if isClosing(placed.character) { groups.append(open.popLast().map { [$0, index] } ?? [index]) }
        }
        groups += open.map { [$0] }
        let evidence = groups.map { group in group.map { Self.evidence(at: $0, in: glyphs, em: em) }.reduce(.init(), +)
        }
        let total = evidence.reduce(0) { $0 + $1.sum }
        var decision = Decision()
        for (group, own) in zip(groups, evidence) {
            let sum = own.sum + min(max(0.3 * (total - own.sum), -2), 2)
            if abs(sum) < 1 || own.isContradictory { decision.isDoubtful = true }
            for index in group {
                let form = forms[isOpening(glyphs[index].character) ? 0 : 1]
                decision.characters[index] = sum > 0 ? form.wide : form.narrow
            }
        }
        return decision
    }

    /// Logarithms of the odds for full width: from the room around a bracket and from the form the recogniser named.
    private struct Evidence {
        var room = 0.0
        var form = 0.0
        var sum: Double { room + form }
        var isContradictory: Bool { room * form < 0 && min(abs(room), abs(form)) > 2 }

        static func + (left: Evidence, right: Evidence) -> Evidence {
            Evidence(room: left.room + right.room, form: left.form + right.form)
        }
    }

    /// Positive for full width. The weights are a logistic regression over 578 brackets in
    /// ten typefaces; inside a line it is right in 98.8 %.
    private static func evidence(at index: Int, in glyphs: [PlacedGlyph], em: Double) -> Evidence {
        let glyph = glyphs[index].glyph
        let form = forms[isOpening(glyph.character) ? 0 : 1]
        func belief(in character: Character) -> Double {
            if glyph.character == character { return Double(glyph.probability) }
            return Double(glyph.alternatives.first { $0.character == character }?.probability ?? 0)
        }
        let odds = log((belief(in: form.wide) + 0.01) / (belief(in: form.narrow) + 0.01))
        guard let room = room(around: index, in: glyphs) else {
            // At the end of a line the recogniser leans towards the narrow form.
            return Evidence(form: 0.4 * (0.3 + 0.7 * odds))
        }
        return Evidence(
            room: -5.4 + 3.1 * room.width / em + 5 * room.lean / em + 2 * Double(room.marks), form: 0.9 * odds)
    }

    /// The distance between the neighbours of a bracket; how much farther it stands from the text outside the bracket
    /// than from that inside (a full-width one has its ink on the inner side); how many neighbours are marks.
    private static func room(
        around index: Int, in glyphs: [PlacedGlyph]
    ) -> (width: Double, lean: Double, marks: Int)? {
        guard index > 0, index + 1 < glyphs.count else { return nil }
        let (before, bracket, after) = (glyphs[index - 1], glyphs[index], glyphs[index + 1])
        let marks: Set<Character> = ["。", "；", "，", "、", "："]
        let count = [before, after].filter { marks.contains($0.character) }.count
        guard before.line == bracket.line, after.line == bracket.line,
            [before, after].allSatisfy({ $0.character.isIdeograph || marks.contains($0.character) })
        else { return nil }
        let lean = (bracket.u - before.u) - (after.u - bracket.u)
        return (after.u - before.u, isOpening(bracket.character) ? lean : -lean, count)
    }
}
