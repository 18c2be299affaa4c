/// Character classes and escapes.
extension ECMAParser {
    /// Reads `[…]`.
    mutating func readClass() throws(PatternFault) -> ECMAPattern.CharacterClass {
        let start = offset
        offset += 1
        var found = ECMAPattern.CharacterClass()
        found.isNegated = skip("^")
        while current != 0x5D {
            guard current != nil else { throw PatternFault("方括号没有闭合", at: start) }
            let low = try readClassAtom()
            guard current == 0x2D, offset + 1 < text.count, text[offset + 1] != 0x5D else {
                found.ranges += low.ranges
                found.properties += low.properties
                continue
            }
            offset += 1
            let high = try readClassAtom()
            guard let first = low.single, let last = high.single else { throw fault("字符范围的两端必须是单个字符") }
            guard first <= last else { throw fault("字符范围的上限小于下限") }
            found.ranges.append(first...last)
        }
        offset += 1
        return found
    }

    private mutating func readClassAtom() throws(PatternFault) -> ECMAPattern.CharacterClass {
        guard let character = current else { throw fault("方括号没有闭合") }
        guard character != 0x5C else { return try readClassEscape(inClass: true) }
        offset += 1
        return .init(ScalarSet(character))
    }

    /// Reads an escape that stands for one character out of a set. The backslash is at the offset.
    mutating func readClassEscape(inClass: Bool) throws(PatternFault) -> ECMAPattern.CharacterClass {
        guard offset + 1 < text.count, let letter = Unicode.Scalar(text[offset + 1]) else {
            throw fault("反斜杠后面没有内容")
        }
        offset += 2
        switch letter {
        case "d": return .init(.digits)
        case "D": return .init(ScalarSet.digits.inverted)
        case "w": return .init(.word)
        case "W": return .init(ScalarSet.word.inverted)
        case "s": return .init(.space)
        case "S": return .init(ScalarSet.space.inverted)
        case "t": return .init(ScalarSet(0x09))
        case "n": return .init(ScalarSet(0x0A))
        case "v": return .init(ScalarSet(0x0B))
        case "f": return .init(ScalarSet(0x0C))
        case "r": return .init(ScalarSet(0x0D))
        case "b" where inClass: return .init(ScalarSet(0x08))
        case "-" where inClass: return .init(ScalarSet(0x2D))
        case "0" where current.map({ !(0x30...0x39).contains($0) }) ?? true: return .init(ScalarSet(0x00))
        case "c": return .init(ScalarSet(try readControl()))
        case "x": return .init(ScalarSet(try readHexadecimal(count: 2)))
        case "u": return .init(ScalarSet(try readUnicode()))
        case "p": return try readProperty(isNegated: false)
        case "P": return try readProperty(isNegated: true)
        default:
            // ECMA-262 lets only punctuation be escaped; a letter it does not know is a mistake.
            guard letter.isASCII, !ASCII.isLetter(UInt8(letter.value)), !ASCII.isDigit(UInt8(letter.value)) else {
                offset -= 2
                throw fault("ECMA-262 没有转义 \\\(letter)")
            }
            return .init(ScalarSet(letter.value))
        }
    }

    private mutating func readControl() throws(PatternFault) -> UInt32 {
        guard let letter = current, letter < 0x80, ASCII.isLetter(UInt8(letter)) else { throw fault("\\c 后面必须是字母") }
        offset += 1
        return letter & 0x1F
    }

    private mutating func readHexadecimal(count: Int) throws(PatternFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = current.flatMap(UInt8.init(exactly:)).flatMap(ASCII.hexadecimalValue) else {
                throw fault("应为十六进制数字")
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    /// Reads `XXXX`, a surrogate pair, or `{X…}` after `\u`.
    private mutating func readUnicode() throws(PatternFault) -> UInt32 {
        if skip("{") {
            guard let end = text[offset...].firstIndex(of: 0x7D), (1...6).contains(end - offset) else {
                throw fault("\\u{…} 不完整")
            }
            let value = try readHexadecimal(count: end - offset)
            guard value <= ScalarSet.last else { throw fault("\\u{…} 超出 Unicode 的范围") }
            offset += 1
            return value
        }
        let high = try readHexadecimal(count: 4)
        guard (0xD800...0xDBFF).contains(high), isNext("\\u") else { return high }
        let start = offset
        offset += 2
        let low = try readHexadecimal(count: 4)
        if (0xDC00...0xDFFF).contains(low) { return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) }
        offset = start
        return high
    }

    /// Reads `{Name}` or `{Name=Value}` after `\p`.
    private mutating func readProperty(isNegated: Bool) throws(PatternFault) -> ECMAPattern.CharacterClass {
        guard skip("{"), let end = text[offset...].firstIndex(of: 0x7D) else { throw fault("\\p{…} 不完整") }
        let name = String(String.UnicodeScalarView(text[offset..<end].compactMap(Unicode.Scalar.init)))
        guard var found = UnicodePropertyName.characterClass(name) else {
            throw fault("不支持 Unicode 属性 \(name)")
        }
        offset = end + 1
        if isNegated {
            found.ranges = found.ranges.isEmpty ? [] : ScalarSet(found.ranges).inverted.ranges
            found.properties = found.properties.map { .init(name: $0.name, isNegated: !$0.isNegated) }
        }
        return found
    }
}

extension ECMAPattern.CharacterClass {
    /// The only character of the set; nil when there are more.
    fileprivate var single: UInt32? {
        guard let range = ranges.first, ranges.count == 1, properties.isEmpty else { return nil }
        return range.lowerBound == range.upperBound ? range.lowerBound : nil
    }
}
