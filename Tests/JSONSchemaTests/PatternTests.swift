import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("Patterns")
struct PatternTests {
    @Test(
        "Patterns match as ECMA-262 says",
        arguments: [
            ("", ["", "a"], []), ("a", ["a", "bab"], ["", "b"]), ("^a", ["a", "ab"], ["ba"]),
            ("a$", ["a", "ba"], ["ab", "a\n"]),
            ("^$", [""], ["a"]), ("^a|b$", ["ac", "cb"], ["cac", "bc"]), ("^(a|b)c?$", ["a", "bc"], ["c", "abc"]),
            ("^a*$", ["", "aaa"], ["ab"]), ("^a+?$", ["a", "aa"], [""]), ("^a{2}$", ["aa"], ["a", "aaa"]),
            ("^a{2,}$", ["aa", "aaaa"], ["a"]), ("^a{0,2}$", ["", "aa"], ["aaa"]),
            ("^a{1,2}b{0}$", ["a"], ["ab", "aaa"]),
            ("^.$", ["a", "中", "😀"], ["\n", "\r", "\u{2028}", "ab"]), ("^[a-c-]$", ["a", "c", "-"], ["d"]),
            ("^[^a]$", ["b", "中", "\n"], ["a"]), ("^[]$", [], ["", "a"]), ("^[^]$", ["a", "\n"], [""]),
            ("^[\\]\\\\-]$", ["]", "\\", "-"], ["["]), ("^[一-龥]{2,4}$", ["张三", "欧阳修文"], ["张", "张s"]),
            ("^\\d\\D\\w\\W\\s\\S$", ["1a_- b"], ["aa_- b"]), ("^\\t\\n\\v\\f\\r\\0$", ["\t\n\u{B}\u{C}\r\0"], ["t"]),
            ("^\\x41\\u0042\\u{43}$", ["ABC"], ["abc"]), ("^\\ud83d\\udc32$", ["🐲"], ["🐉"]),
            ("^\\cA[\\b]$", ["\u{1}\u{8}"], ["A"]),
            ("^(?<year>\\d{4})-(?:0[1-9])$", ["2026-03"], ["2026-13"]), ("\\bcat\\b", ["a cat!"], ["concat"]),
            ("\\Bcat", ["concat"], ["cat"]), ("^\\p{Lu}\\p{L}+$", ["Émile"], ["émile", "E1"]),
            ("^\\P{Nd}$", ["a"], ["１", "1"]),
            ("^[\\p{Script=Han}\\d]+$", ["中1"], ["a"]), ("^\\p{ASCII}$", ["a"], ["é"]),
            ("^\\.\\/\\-\\$$", ["./-$"], ["a/-$"]),
            ("^a{,2}$", ["a{,2}"], ["aa"]), ("^{a}]$", ["{a}]"], ["a"]), ("(^a$|^b$)", ["a", "b"], ["ab"]),
            ("^(a|ab)(c|bcd)(d*)$", ["abcd", "acd"], ["abd"]), ("x^", [], ["x", ""]),
            ("^[^@\\s]+@[^@\\s]+$", ["a@b"], ["a@", "a @b", "a\u{A0}@b"]),
        ] as [(String, [String], [String])])
    func matches(source: String, accepted: [String], refused: [String]) throws {
        let pattern = try Pattern(source)
        for text in accepted { #expect(pattern.matches(text), "\(source) should match \(text)") }
        for text in refused { #expect(!pattern.matches(text), "\(source) should not match \(text)") }
    }

    @Test(
        "What can't be run in linear time or is no ECMA-262 is refused, with the place",
        arguments: [
            ("(?=a)", "第 1 个字符处"), ("a(?!b)", "第 2 个字符处"), ("(?<=a)b", "不支持环视"), ("(?<!a)b", "不支持环视"),
            ("(a)\\1", "反向引用"), ("\\k<n>", "反向引用"), ("(a", "括号没有闭合"), ("a)", "右括号"), ("[a", "方括号没有闭合"),
            ("*a", "量词前面"), ("a**", "量词前面"), ("^*", "量词前面"), ("{2}", "量词前面"), ("a{3,2}", "上限小于下限"),
            ("a{1001}", "1000"), ("\\Z", "没有转义"), ("\\a", "没有转义"), ("\\", "反斜杠"), ("[z-a]", "上限小于下限"),
            ("[\\d-z]", "单个字符"), ("\\x4", "十六进制"), ("\\u{110000}", "范围"), ("\\p{Nope}", "Nope"), ("\\p", "不完整"),
            ("(?i)a", "分组"), ("(?<n", "分组名"), ("\\c1", "字母"), ("\\p{Script=Klingon_X}", "正则表达式无法使用"),
        ])
    func refuses(source: String, reason: String) throws {
        let fault = try #require(throws: PatternFault.self) { try Pattern(source) }
        #expect(fault.message.contains(reason), "\(fault.message)")
        let found = try JSONSchemaTests.fault(
            "{\"properties\":{\"a\":{\"pattern\":\"\(source.replacing("\\", with: "\\\\"))\"}}}")
        #expect(found.reason == .pattern)
        #expect(found.schema.description == "/properties/a/pattern")
    }

    @Test("Groups can't be nested without end, nor patterns be endless")
    func bounds() {
        let nested = { (depth: Int) in String(repeating: "(", count: depth) + String(repeating: ")", count: depth) }
        #expect(throws: Never.self) { try Pattern(nested(60)) }
        #expect(throws: PatternFault.self) { try Pattern(nested(61)) }
        #expect(throws: PatternFault.self) { try Pattern(nested(5000)) }
        #expect(throws: PatternFault.self) { try Pattern(String(repeating: "a", count: 10_001)) }
    }

    @Test(
        "Each pattern runs on the simplest engine that can",
        arguments: [
            ("^[0-9A-Z]{2}[0-9]{6}$", Pattern.Engine.runs), ("^[0-9]{12,22}$", .runs), ("^[a-z]+$", .runs),
            ("^1[3-9][0-9]{9}$", .runs), ("^[0-9]+[A-Z]?$", .table), ("[0-9]{6}", .table),
            ("^(19|20)[0-9]{2}$", .table),
            ("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", .table), ("^[一-龥]{2,30}$", .table), ("\\bword\\b", .re2),
            ("\\p{L}", .re2),
            ("(a|b)*a(a|b){12}", .re2), ("^.{0,900}x{0,900}$", .re2),
        ])
    func engines(source: String, engine: Pattern.Engine) throws {
        #expect(try Pattern(source).engine == engine)
    }

    @Test("The automaton, the runs and RE2 agree on random patterns and texts")
    func random() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed of random patterns: \(seed)")
        var chance = SeededGenerator(seed: seed)
        var compared = 0
        for _ in 0..<400 {
            let source = Self.pattern(&chance, depth: 3)
            guard let pattern = try? Pattern(source), pattern.engine != .re2 else { continue }
            // A word boundary that always holds forces RE2.
            let other = try Pattern("(?:\(source))(?:\\b|\\B)")
            #expect(other.engine == .re2)
            for _ in 0..<20 {
                let letters = (0..<Int.random(in: 0..<7, using: &chance)).compactMap { _ in
                    ["a", "b", "0", "中", "é", "\n", "-"].randomElement(using: &chance)
                }
                let text = letters.joined()
                #expect(pattern.matches(text) == other.matches(text), "\(source) on \(text), seed \(seed)")
                compared += 1
            }
        }
        #expect(compared > 2000)
    }

    private static func pattern(_ chance: inout SeededGenerator, depth: Int) -> String {
        let one =
            ["a", "b", "0", "中", ".", "[a-z]", "[^a]", "\\d", "\\W", "\\s", "[^\\dé]"].randomElement(using: &chance)
            ?? ""
        guard depth > 0 else { return one }
        let inner = pattern(&chance, depth: depth - 1)
        switch Int.random(in: 0..<8, using: &chance) {
        case 0: return "(?:\(inner)|\(pattern(&chance, depth: depth - 1)))"
        case 1: return "(?:\(inner))*"
        case 2: return "(?:\(inner)){1,2}"
        case 3: return "^\(inner)"
        case 4: return "\(inner)$"
        case 5: return one + inner
        case 6: return "^\(one){2}\(one)+$"
        default: return inner + one
        }
    }

    @Test("Patterns that would explode when tried by backtracking just answer")
    func linear() throws {
        let text = String(repeating: "a", count: 200_000) + "!"
        for source in ["^(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*b"] {
            #expect(try !Pattern(source).matches(text), "\(source)")
        }
    }
}
