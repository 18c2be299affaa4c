import Testing

@testable import ChineseIdentifiers

/// What holds for every grammar alike.
@Suite("All grammars")
struct GrammarRobustnessTests {
    @Test("Brackets, widths, blanks and capitals of typing make no difference", arguments: IdentifierGrammar.all)
    func typing(grammar: IdentifierGrammar) throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        let isName = grammar.id == "person-name"
        for text in grammar.good {
            let canonical = grammar.check(text).canonical
            for _ in 0..<20 {
                let typed = text.unicodeScalars.map { variant(of: $0, isName: isName, &random) }.joined()
                #expect(grammar.check(typed).canonical == canonical, "seed \(seed) \(typed)")
            }
        }
    }

    private func variant(of scalar: Unicode.Scalar, isName: Bool, _ random: inout SeededGenerator) -> String {
        if isName { return String(scalar) }
        let brackets: [Unicode.Scalar: [String]] = [
            "(": ["（", "[", "〔", "【"], ")": ["）", "]", "〕", "】"], "（": ["("], "）": [")"], "〔": ["[", "（"],
            "〕": ["]", "）"], "-": ["－", "–", "—", "‐"],
        ]
        let blank = ["", "", " ", "\u{3000}", "\u{200B}"].randomElement(using: &random) ?? ""
        if let others = brackets[scalar] { return (others.randomElement(using: &random) ?? "") + blank }
        let wide = scalar.value > 0x20 && scalar.value < 0x7F ? Unicode.Scalar(scalar.value + 0xFEE0) : nil
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return String(wide ?? scalar) + blank
        case 1: return String(scalar).lowercased() + blank
        default: return String(scalar) + blank
        }
    }

    @Test("Random text never crashes, and what is accepted is normal and stays so", arguments: IdentifierGrammar.all)
    func hostile(grammar: IdentifierGrammar) {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let text = mutated((grammar.good + grammar.bad.map(\.text)).randomElement(using: &random) ?? "", &random)
            let check = grammar.check(text)
            #expect((check.canonical == nil) == !check.faults.isEmpty, "seed \(seed)")
            for finding in check.faults + check.warnings {
                #expect(finding.code.contains(".") && !finding.message.isEmpty, "seed \(seed)")
            }
            if let canonical = check.canonical {
                #expect(grammar.check(canonical).canonical == canonical, "seed \(seed) \(text)")
            }
        }
    }

    private func mutated(_ text: String, _ random: inout SeededGenerator) -> String {
        var scalars = Array(text.unicodeScalars)
        let known = Array("0123456789OIXJYSC第号字（）()〔-/.省京国\u{0}\u{301}\u{200B}😀é٣\u{202E}".unicodeScalars)
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let place = Int.random(in: 0...scalars.count, using: &random)
            let any = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) ?? "0"
            let scalar = Bool.random(using: &random) ? any : known.randomElement(using: &random) ?? any
            switch Int.random(in: 0..<3, using: &random) {
            case 0 where place < scalars.count: scalars.remove(at: place)
            case 1 where place < scalars.count: scalars[place] = scalar
            default: scalars.insert(scalar, at: place)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test("Huge texts are refused in linear time", arguments: IdentifierGrammar.all)
    func huge(grammar: IdentifierGrammar) {
        let clock = ContinuousClock()
        for unit in ["9", "A", "汉", "-", "第", "\u{200B}", grammar.example] where !unit.isEmpty {
            let text = String(repeating: unit, count: 200_000 / unit.utf8.count)
            let elapsed = clock.measure { #expect(!grammar.check(text).isValid) }
            #expect(elapsed < .seconds(10))
        }
    }

    @Test("Nothing that is printed or found fault with repeats a person's number", arguments: IdentifierGrammar.all)
    func confidential(grammar: IdentifierGrammar) {
        guard grammar.isConfidential else { return }
        for text in grammar.good {
            let check = grammar.check(text)
            guard let canonical = check.canonical else { continue }
            var dumped = ""
            dump(check, to: &dumped)
            for shown in ["\(check)", String(reflecting: check), "\([check])", dumped, grammar.masked(text)] {
                #expect(!shown.contains(canonical), "\(grammar.id)")
            }
            #expect(Mirror(reflecting: check).children.isEmpty)
            for finding in grammar.check(canonical.dropLast() + "#").faults where canonical.count > 6 {
                #expect(!"\(finding)".contains(canonical.dropFirst(3).dropLast(2)), "\(grammar.id)")
            }
        }
    }

    @Test(
        "Every wrong digit of a number with a check digit is found", arguments: ["uscc", "cnaps"])
    func substitutions(id: String) throws {
        let grammar = try #require(IdentifierGrammar.named(id))
        let example = Array(grammar.example.utf8)
        for index in example.indices {
            for replacement in "0123456789".utf8 where replacement != example[index] {
                var bytes = example
                bytes[index] = replacement
                #expect(!grammar.check(String(decoding: bytes, as: UTF8.self)).isValid)
            }
        }
    }
}
