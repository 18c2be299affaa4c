import Testing

@testable import Recognition

@Suite("Decoding what the recogniser says step by step")
struct CTCDecoderTests {
    private let decoder = CTCDecoder(characters: ["甲", "乙", " "])

    private func decode(_ rows: [[Float]], span: Double? = nil) -> [Glyph] {
        rows.flatMap { $0 }.withUnsafeBufferPointer {
            decoder.decode($0, steps: rows.count, span: span ?? Double(rows.count))
        }
    }

    @Test("Repeats merge, blanks part, and a repeated character needs a blank between")
    func merges() {
        let (blank, first, second): ([Float], [Float], [Float]) = ([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])
        #expect(decode([first, first, blank, first, second, second]).map(\.character) == ["甲", "甲", "乙"])
        #expect(decode([blank, blank]).isEmpty)
        #expect(decode([]).isEmpty)
    }

    @Test("A character keeps its best probability, its place and the runners-up of that step")
    func details() throws {
        let glyphs = decode([[0.9, 0.1, 0, 0], [0, 0.6, 0.4, 0], [0, 0.7, 0.2, 0.1], [1, 0, 0, 0]])
        let glyph = try #require(glyphs.first)
        #expect(glyphs.count == 1)
        #expect(glyph.probability == 0.7)
        #expect(glyph.position == 0.5)
        #expect(glyph.alternatives.map(\.character) == ["乙", " "])
    }

    @Test("Places are fractions of the text, not of its padding")
    func padding() {
        let glyphs = decode([[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0]], span: 2)
        #expect(glyphs.map(\.position) == [0.25, 0.75])
    }

    @Test("Rows wider than the vector registers are searched to their end")
    func wideRows() {
        let decoder = CTCDecoder(characters: (0..<20).map { Character(UnicodeScalar(97 + UInt8($0))) })
        for best in 1..<21 {
            var row = [Float](repeating: 0.01, count: 21)
            row[best] = 0.8
            let glyphs = row.withUnsafeBufferPointer { decoder.decode($0, steps: 1, span: 1) }
            #expect(glyphs.first?.character == decoder.characters[best - 1])
        }
    }
}
