import Testing

@testable import JSONSchema

@Suite("Automata")
struct AutomatonTests {
    @Test(
        "Sets of characters are sorted, joined and inverted",
        arguments: [
            ([], [0...0x10FFFF]), ([0...0x10FFFF], []), ([5...7, 1...2, 3...3], [0...0, 4...4, 8...0x10FFFF]),
            ([1...9, 4...5], [0...0, 10...0x10FFFF]), ([0...0, 0x10FFFF...0x10FFFF], [1...0x10FFFE]),
        ] as [([ClosedRange<UInt32>], [ClosedRange<UInt32>])])
    func sets(ranges: [ClosedRange<UInt32>], inverted: [ClosedRange<UInt32>]) {
        #expect(ScalarSet(ranges).inverted.ranges == inverted)
        #expect(ScalarSet(ranges).inverted.inverted == ScalarSet(ranges))
    }

    @Test("Byte sequences of a range match the UTF-8 of its characters and of no others")
    func sequences() {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed of random ranges: \(seed)")
        var chance = SeededGenerator(seed: seed)
        let borders: [UInt32] = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF]
        for _ in 0..<300 {
            let ends = (0..<2).map { _ in
                Bool.random(using: &chance)
                    ? borders.randomElement(using: &chance) ?? 0 : UInt32.random(in: 0...0x10FFFF, using: &chance)
            }
            let range = min(ends[0], ends[1])...max(ends[0], ends[1])
            let sequences = UTF8Ranges.sequences(range)
            for value in borders + ends + (0..<40).map({ _ in UInt32.random(in: 0...0x10FFFF, using: &chance) }) {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let bytes = Array(String(Character(scalar)).utf8)
                let matches = sequences.count { sequence in
                    sequence.count == bytes.count && zip(sequence, bytes).allSatisfy { $0.contains($1) }
                }
                #expect(matches == (range.contains(value) ? 1 : 0), "\(range) and \(value), seed \(seed)")
            }
        }
    }

    @Test(
        "Only rows of ASCII classes from start to end are runs",
        arguments: [
            ("^a{3}$", true), ("^[a-z]{2}[0-9]{4,6}$", true), ("^ab+$", true), ("^[a-z]*$", true), ("^a+b$", false),
            ("^a", false),
            ("a$", false), ("^a|b$", false), ("^(ab)$", false), ("^é$", false), ("^[^a]$", false), ("^$", false),
            ("^\\d{4}-\\d{2}$", true),
            ("^abcdefgh$", true), ("^abcdefghi$", false),
        ])
    func runs(source: String, isRow: Bool) throws {
        #expect((try CharacterRuns(ECMAParser.parse(source)) != nil) == isRow)
    }

    @Test(
        "A table stays small or is not built",
        arguments: ["(a|b)*a(a|b){9}", "(.{0,30}x){30}", "^(\\w{1,50}-){50}$", "([^a]{3}|b){200}"])
    func size(source: String) throws {
        let tree = try ECMAParser.parse(source)
        if let table = ByteAutomaton(tree).flatMap(ByteTable.init) { #expect(table.acceptsAtEnd.count <= 400) }
        #expect(throws: Never.self) { try? Pattern(source) }
    }

    @Test("A state from which nothing can match ends the search")
    func hopeless() throws {
        let table = try #require(ByteAutomaton(ECMAParser.parse("^ab$")).flatMap(ByteTable.init))
        let next = { (state: UInt16, byte: Unicode.Scalar) in
            table.next[Int(state) * table.classCount + Int(table.classes[Int(byte.value)])]
        }
        #expect(next(table.start, "b") == 0)
        #expect(next(table.start, "a") > 1)
        #expect(next(next(table.start, "a"), "a") == 0)
        #expect(table.acceptsAtEnd[Int(next(next(table.start, "a"), "b"))])
        let never = try #require(ByteAutomaton(ECMAParser.parse("a^")).flatMap(ByteTable.init))
        #expect(never.start == 0)
    }

    @Test(
        "What RE2 gets has no spelling of the source in it",
        arguments: [
            ("a", "[\\x{61}]"), ("^a|b$", "\\A[\\x{61}]|[\\x{62}]\\z"), ("(?:a|b)*?", "(?:(?:[\\x{61}]|[\\x{62}]))*"),
            ("[]", "[^\\x{0}-\\x{10FFFF}]"),
            ("a{2,}b{1,3}c+d?", "(?:[\\x{61}]){2,}(?:[\\x{62}]){1,3}(?:[\\x{63}])+(?:[\\x{64}])?"),
            ("\\p{L}", "[\\p{L}]"),
            ("[^\\p{Nd}a-c]", "[^\\x{61}-\\x{63}\\p{Nd}]"), ("\\P{Letter}", "[\\P{L}]"), ("\\b\\B", "\\b\\B"),
            ("", "(?:)"),
        ])
    func re2(source: String, text: String) throws {
        #expect(try RE2Text(ECMAParser.parse(source)).text == text)
    }
}
