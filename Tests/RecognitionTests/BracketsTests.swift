import Testing

@testable import Recognition

@Suite("Telling full-width from half-width brackets")
struct BracketsTests {
    private func glyphs(_ text: String, bracketWidth: Double) -> [PlacedGlyph] {
        var at = 0.0
        return text.map { character in
            let width = "()（）".contains(character) ? bracketWidth : 1
            defer { at += width }
            let others: [Character: Character] = ["(": "（", ")": "）", "（": "(", "）": ")"]
            var glyph = Glyph(character: character, probability: 0.6, position: 0)
            if let other = others[character] {
                glyph.alternatives = [Glyph.Alternative(character: other, probability: 0.4)]
            }
            // A full-width bracket has its ink on the side of the text it encloses.
            let lean = width < 1 ? 0 : "(（".contains(character) ? 0.2 : ")）".contains(character) ? -0.2 : 0
            return PlacedGlyph(glyph: glyph, u: at + width / 2 + lean, line: 0, followsSpace: false)
        }
    }

    @Test("Room decides, whatever form the recogniser named", arguments: ["公司(自然人)甲", "公司（自然人）甲"])
    func room(text: String) {
        #expect(Brackets.decide(glyphs(text, bracketWidth: 1), em: 1).characters == [2: "（", 6: "）"])
        #expect(Brackets.decide(glyphs(text, bracketWidth: 0.4), em: 1).characters == [2: "(", 6: ")"])
    }

    @Test("The two brackets of a pair have one width")
    func pair() {
        #expect(Brackets.decide(glyphs("公司（自然人)", bracketWidth: 1), em: 1).characters == [2: "（", 6: "）"])
    }

    @Test("A lonely bracket is decided as well")
    func lonely() {
        #expect(Brackets.decide(glyphs("甲)乙", bracketWidth: 1), em: 1).characters == [1: "）"])
    }
}
