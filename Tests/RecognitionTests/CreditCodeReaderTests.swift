import Testing

@testable import Recognition

@Suite("Mending credit codes by their check digit")
struct CreditCodeReaderTests {
    /// A public example of a valid code.
    private static let code = "91440300708461136T"

    private func glyphs(_ text: String, probability: Float = 0.99) -> [Glyph] {
        text.map { Glyph(character: $0, probability: probability, position: 0) }
    }

    @Test("A code that passes is kept and believed")
    func valid() throws {
        let outcome = try #require(CreditCodeReader.read(glyphs(Self.code)))
        #expect(outcome.value == Self.code && outcome.isValid && !outcome.repaired && outcome.confidence > 0.95)
    }

    @Test("Spaces, small letters and full-width forms do not matter")
    func forms() throws {
        let outcome = try #require(CreditCodeReader.read(glyphs("９１ 440300 708461136t")))
        #expect(outcome.value == Self.code && outcome.isValid)
    }

    @Test("Letters that no code contains become the digits they look like")
    func impossibleLetters() throws {
        let outcome = try #require(CreditCodeReader.read(glyphs("9I44O3OO7O8461I36T")))
        #expect(outcome.value == Self.code && outcome.repaired && outcome.confidence >= Reading.doubtful)
    }

    @Test("The model's own runner-up mends a single confusion")
    func runnerUp() throws {
        var glyphs = glyphs("91440300708461186T")
        glyphs[15].probability = 0.55
        glyphs[15].alternatives = [Glyph.Alternative(character: "3", probability: 0.4)]
        let outcome = try #require(CreditCodeReader.read(glyphs))
        #expect(outcome.value == Self.code && outcome.repaired && outcome.isValid)
    }

    @Test("Without a runner-up a lookalike is proposed, but as doubtful")
    func lookalike() throws {
        let outcome = try #require(CreditCodeReader.read(glyphs("91440300708461136Y")))
        #expect(outcome.value == Self.code && outcome.repaired && outcome.confidence < Reading.doubtful)
    }

    @Test("A repeated character that was merged is given back where it left a hole, doubtfully")
    func merged() throws {
        var glyphs = glyphs("9144030070846136T")
        for index in glyphs.indices { glyphs[index].position = Double(index < 14 ? index : index + 1) / 20 }
        let outcome = try #require(CreditCodeReader.read(glyphs))
        #expect(outcome.value == Self.code && outcome.confidence < Reading.doubtful)
    }

    @Test("A letter that fell apart into two strokes is joined again, doubtfully")
    func split() throws {
        let outcome = try #require(CreditCodeReader.read(glyphs("92350203KF6YGFTXX||")))
        #expect(outcome.value == "92350203KF6YGFTXXU" && outcome.confidence < Reading.doubtful)
    }

    @Test("A code that cannot be mended is shown as it was read, with little confidence")
    func hopeless() throws {
        let outcome = try #require(CreditCodeReader.read(glyphs("914403007084611X6H")))
        #expect(!outcome.isValid || outcome.confidence < Reading.doubtful)
    }

    @Test("Other numbers are no codes", arguments: ["", "编号123456", "http://www.gsxt.gov.cn", "2004年09月28日"])
    func others(text: String) {
        #expect(CreditCodeReader.read(glyphs(text)) == nil)
    }

    @Test("Every single confusion is caught by the check digit")
    func everySubstitution() {
        let code = Array(Self.code)
        #expect(CreditCodeReader.isValid(code))
        for index in code.indices {
            for character in CreditCodeReader.alphabet where character != code[index] {
                var wrong = code
                wrong[index] = character
                #expect(!CreditCodeReader.isValid(wrong))
            }
        }
    }
}
