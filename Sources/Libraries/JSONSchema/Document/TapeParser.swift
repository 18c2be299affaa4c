import CanonicalJSON

/// Reads JSON into a tape without recursion. Every byte is looked at a bounded number of times.
///
/// Escapes are resolved in place: a string is never longer than its source.
struct TapeParser {
    let bytes: UnsafeMutablePointer<UInt8>
    let end: Int
    var offset = 0

    /// An array or object that is being read.
    private struct Frame {
        let index: Int
        let start: Int
        var count = 0
        var seen = KeysSeen()
    }

    static func parse(into builder: inout TapeBuilder, depth: Int) throws(JSONFault) {
        var parser = TapeParser(bytes: builder.bytes, end: builder.byteCount)
        try parser.read(into: &builder, depth: depth)
    }

    /// The fault for a byte that does not fit here, or for the end of the text.
    @inline(never)
    func misfit() -> JSONFault { JSONFault(offset < end ? .unexpectedByte : .unexpectedEnd, at: min(offset, end)) }

    private mutating func read(into builder: inout TapeBuilder, depth: Int) throws(JSONFault) {
        var outer: [Frame] = []
        outer.reserveCapacity(depth)
        var frame = Frame(index: -1, start: 0)
        skipWhitespace()
        while true {
            // A value begins here.
            switch bytes[offset] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard outer.count < depth else { throw JSONFault(.tooDeep, at: offset) }
                let isObject = bytes[offset] == UInt8(ascii: "{")
                outer.append(frame)
                frame = Frame(index: builder.count, start: offset)
                builder.append(TapeNode(isObject ? .object : .array))
                offset += 1
                skipWhitespace()
                if bytes[offset] != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    if isObject { try readKey(into: &builder, &frame.seen, frame.start, frame.index) }
                    continue
                }
            case UInt8(ascii: "\""): try readString(into: &builder)
            case UInt8(ascii: "t"): try readWord("true", as: TapeNode(.boolean, flags: TapeNode.isTrue), into: &builder)
            case UInt8(ascii: "f"): try readWord("false", as: TapeNode(.boolean), into: &builder)
            case UInt8(ascii: "n"): try readWord("null", as: TapeNode(.null), into: &builder)
            case UInt8(ascii: "-"), 0x30...0x39: try readNumber(into: &builder)
            default: throw misfit()
            }
            // A value, or an empty array or object whose bracket follows, ends here.
            var isEmpty = builder.count - 1 == frame.index
            while true {
                skipWhitespace()
                if frame.index < 0 {
                    guard offset >= end else { throw misfit() }
                    return
                }
                if !isEmpty { frame.count += 1 }
                isEmpty = false
                let isObject = builder.nodes[frame.index].isKind(.object)
                if bytes[offset] == UInt8(ascii: ","), frame.count > 0 {
                    offset += 1
                    skipWhitespace()
                    if isObject { try readKey(into: &builder, &frame.seen, frame.start, frame.index) }
                    break
                }
                guard bytes[offset] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw misfit() }
                offset += 1
                if isObject, frame.seen.hasDuplicates(TapeView(builder), frame.index, builder.count) {
                    throw JSONFault(.duplicateKey, at: frame.start)
                }
                builder.close(frame.index, count: frame.count)
                guard let previous = outer.popLast() else { throw misfit() }
                frame = previous
            }
        }
    }

    @inline(__always)
    private mutating func readKey(
        into builder: inout TapeBuilder, _ seen: inout KeysSeen, _ start: Int, _ object: Int
    ) throws(JSONFault) {
        guard bytes[offset] == UInt8(ascii: "\"") else { throw misfit() }
        try readString(into: &builder)
        if !seen.insert(TapeView(builder), object, key: builder.count - 1) { throw JSONFault(.duplicateKey, at: start) }
        skipWhitespace()
        guard bytes[offset] == UInt8(ascii: ":") else { throw misfit() }
        offset += 1
        skipWhitespace()
    }

    private mutating func readWord(
        _ word: StaticString, as node: TapeNode, into builder: inout TapeBuilder
    ) throws(JSONFault) {
        for place in 0..<word.utf8CodeUnitCount {
            guard bytes[offset] == word.utf8Start[place] else { throw misfit() }
            offset += 1
        }
        builder.append(node)
    }

    @inline(__always)
    private mutating func skipWhitespace() {
        while bytes[offset] <= 0x20 {
            let byte = bytes[offset]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            offset += 1
        }
    }
}

extension TapeView {
    @inline(__always)
    init(_ builder: TapeBuilder) { self.init(nodes: UnsafePointer(builder.nodes), bytes: UnsafePointer(builder.bytes)) }
}
