/// Reads a regular expression of ECMA-262. Look-around and back-references are refused, because no linear-time
/// matcher has them; so are escapes that ECMA-262 does not know.
struct ECMAParser {
    let text: [UInt32]
    var offset = 0
    private var depth = 0
    /// Whether look-around and back-references are let through, because nothing will be run.
    private var isOnlyJudged = false

    /// Groups inside one another.
    private static let deepest = 60
    /// RE2's limit.
    private static let mostRepetitions = 1000
    static let longest = 10_000

    private init(_ text: String) { self.text = text.unicodeScalars.map(\.value) }

    /// Whether a text is a regular expression of ECMA-262, runnable here or not.
    static func isExpression(_ text: String) -> Bool { (try? parse(text, isOnlyJudged: true)) != nil }

    static func parse(_ text: String, isOnlyJudged: Bool = false) throws(PatternFault) -> ECMAPattern {
        var parser = ECMAParser(text)
        parser.isOnlyJudged = isOnlyJudged
        guard parser.text.count <= longest else { throw PatternFault("正则表达式超过 \(longest) 个字符") }
        let pattern = try parser.readChoice()
        guard parser.offset == parser.text.count else { throw parser.fault("多出一个右括号") }
        return pattern
    }

    func fault(_ message: String) -> PatternFault { PatternFault(message, at: offset) }

    var current: UInt32? { offset < text.count ? text[offset] : nil }

    func isNext(_ word: String) -> Bool { text[offset...].starts(with: word.unicodeScalars.lazy.map(\.value)) }

    /// Steps over a character if it is there.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard current == character.value else { return false }
        offset += 1
        return true
    }

    private mutating func readChoice() throws(PatternFault) -> ECMAPattern {
        var branches = [try readSequence()]
        while skip("|") { branches.append(try readSequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func readSequence() throws(PatternFault) -> ECMAPattern {
        var parts: [ECMAPattern] = []
        while let character = current, character != 0x7C, character != 0x29 {
            parts.append(try readQuantified())
        }
        return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func readQuantified() throws(PatternFault) -> ECMAPattern {
        let start = offset
        let atom = try readAtom()
        guard let (min, max) = try readQuantifier() else { return atom }
        switch atom {
        case .start, .end, .wordBoundary: throw PatternFault("量词前面没有可以重复的内容", at: start)
        default: break
        }
        if let max, max < min { throw PatternFault("重复次数的上限小于下限", at: start) }
        guard Swift.max(min, max ?? 0) <= Self.mostRepetitions else {
            throw PatternFault("重复次数不能超过 \(Self.mostRepetitions)", at: start)
        }
        // Whether few or many are preferred changes what is captured, not whether it matches.
        _ = skip("?")
        return .repetition(atom, min: min, max: max)
    }

    private mutating func readQuantifier() throws(PatternFault) -> (Int, Int?)? {
        if skip("*") { return (0, nil) }
        if skip("+") { return (1, nil) }
        if skip("?") { return (0, 1) }
        guard let (bounds, end) = bounds(at: offset) else { return nil }
        offset = end
        return bounds
    }

    /// `{2}`, `{2,}` or `{2,5}`; any other brace stands for itself.
    private func bounds(at start: Int) -> ((Int, Int?), Int)? {
        guard start < text.count, text[start] == 0x7B else { return nil }
        var at = start + 1
        func number() -> Int? {
            var value: Int?
            while at < text.count, (0x30...0x39).contains(text[at]) {
                value = min((value ?? 0) * 10 + Int(text[at] - 0x30), 1_000_000)
                at += 1
            }
            return value
        }
        guard let least = number(), at < text.count else { return nil }
        if text[at] == 0x7D { return ((least, least), at + 1) }
        guard text[at] == 0x2C else { return nil }
        at += 1
        let most = number()
        guard at < text.count, text[at] == 0x7D else { return nil }
        return ((least, most), at + 1)
    }

    private mutating func readAtom() throws(PatternFault) -> ECMAPattern {
        let character = text[offset]
        switch Unicode.Scalar(character) ?? "\u{FFFD}" {
        case "(": return try readGroup()
        case "[": return .one(try readClass())
        case "\\": return try readEscape()
        case "*", "+", "?": throw fault("量词前面没有可以重复的内容")
        case "^":
            offset += 1
            return .start
        case "$":
            offset += 1
            return .end
        case ".":
            offset += 1
            return .one(.init(ScalarSet.lineEnds.inverted))
        default:
            if bounds(at: offset) != nil { throw fault("量词前面没有可以重复的内容") }
            offset += 1
            return .one(.init(ScalarSet(character)))
        }
    }

    private mutating func readGroup() throws(PatternFault) -> ECMAPattern {
        let start = offset
        let around = ["(?=", "(?!", "(?<=", "(?<!"].first(where: isNext)
        if around != nil, !isOnlyJudged { throw fault("不支持环视（?=、?!、?<=、?<!）") }
        guard depth < Self.deepest else { throw fault("括号嵌套超过 \(Self.deepest) 层") }
        offset += 1
        if let around {
            offset += around.count - 1
        } else if isNext("?:") {
            offset += 2
        } else if isNext("?<") {
            guard let end = text[offset...].firstIndex(of: 0x3E), end > offset + 2 else { throw fault("分组名不完整") }
            offset = end + 1
        } else if isNext("?") {
            throw fault("不支持这种分组")
        }
        depth += 1
        let inner = try readChoice()
        depth -= 1
        guard skip(")") else { throw PatternFault("括号没有闭合", at: start) }
        // Kept apart, so that a quantifier finds something to repeat.
        return .sequence([inner])
    }

    /// Reads an escape outside of a class.
    private mutating func readEscape() throws(PatternFault) -> ECMAPattern {
        guard offset + 1 < text.count else { throw fault("反斜杠后面没有内容") }
        switch Unicode.Scalar(text[offset + 1]) ?? "\u{FFFD}" {
        case "b":
            offset += 2
            return .wordBoundary(isNegated: false)
        case "B":
            offset += 2
            return .wordBoundary(isNegated: true)
        case "1"..."9", "k":
            guard isOnlyJudged else { throw fault("不支持反向引用") }
            offset += 2
            return .empty
        default: return .one(try readClassEscape(inClass: false))
        }
    }
}
