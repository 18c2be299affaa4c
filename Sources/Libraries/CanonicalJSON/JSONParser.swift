extension JSONValue {
    /// Reads one JSON text (RFC 8259) in UTF-8, strictly: no byte order mark, no duplicate keys, no lone
    /// surrogates, nothing after the value.
    ///
    /// - Throws: `JSONFault` with the reason and the offset of the offending byte.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONFault) {
        self = try JSONParser.parse(bytes, limits: limits)
    }

    /// Reads one JSON text from a part of a buffer. Offsets in faults count from the start of the part.
    package init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits = .standard) throws(JSONFault) {
        self = try JSONParser.parse(Array(bytes), limits: limits)
    }

    /// Reads one JSON text from a string.
    package init(parsing text: String, limits: JSONLimits = .standard) throws(JSONFault) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

/// What a JSON text may cost at most.
package struct JSONLimits: Sendable, Hashable {
    /// Arrays and objects inside one another; at most 512, because reading recurses.
    package let depth: Int

    /// Bytes of the whole text.
    package let bytes: Int

    /// Limits of your own; a depth above 512 becomes 512.
    package init(depth: Int = 64, bytes: Int = 4 << 20) {
        self.depth = min(max(depth, 0), 512)
        self.bytes = bytes
    }

    /// 64 levels and 4 MiB.
    package static let standard = JSONLimits()
}

/// A recursive-descent reader over one buffer. Every byte is looked at a bounded number of times.
struct JSONParser {
    let bytes: [UInt8]
    var offset = 0
    private var depthLeft: Int

    private init(bytes: [UInt8], depth: Int) {
        self.bytes = bytes
        depthLeft = depth
    }

    static func parse(_ bytes: [UInt8], limits: JSONLimits) throws(JSONFault) -> JSONValue {
        guard bytes.count <= limits.bytes else { throw JSONFault(.tooLarge, at: limits.bytes) }
        var parser = JSONParser(bytes: bytes, depth: limits.depth)
        parser.skipWhitespace()
        let value = try parser.readValue()
        parser.skipWhitespace()
        guard parser.offset == bytes.count else { throw JSONFault(.unexpectedByte, at: parser.offset) }
        return value
    }

    /// The byte at the offset; nil at the end.
    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The fault for a byte that does not fit here, or for the end of the text.
    var misfit: JSONFault { JSONFault(offset < bytes.count ? .unexpectedByte : .unexpectedEnd, at: offset) }

    private mutating func readValue() throws(JSONFault) -> JSONValue {
        switch current {
        case UInt8(ascii: "{"): try readObject()
        case UInt8(ascii: "["): try readArray()
        case UInt8(ascii: "\""): .string(try readString())
        case UInt8(ascii: "t"): try readWord("true", as: .bool(true))
        case UInt8(ascii: "f"): try readWord("false", as: .bool(false))
        case UInt8(ascii: "n"): try readWord("null", as: .null)
        case UInt8(ascii: "-"), (0x30...0x39)?: .number(try readNumber())
        default: throw misfit
        }
    }

    private mutating func readObject() throws(JSONFault) -> JSONValue {
        let start = offset
        try enter()
        var members: [JSONObject.Member] = []
        while try hasNext(before: UInt8(ascii: "}"), isFirst: members.isEmpty) {
            guard current == UInt8(ascii: "\"") else { throw misfit }
            let key = try readString()
            skipWhitespace()
            guard current == UInt8(ascii: ":") else { throw misfit }
            offset += 1
            skipWhitespace()
            members.append(JSONObject.Member(key: key, value: try readValue()))
        }
        guard let object = JSONObject(unsorted: members) else { throw JSONFault(.duplicateKey, at: start) }
        return .object(object)
    }

    private mutating func readArray() throws(JSONFault) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        while try hasNext(before: UInt8(ascii: "]"), isFirst: elements.isEmpty) {
            elements.append(try readValue())
        }
        return .array(elements)
    }

    /// Steps over an opening bracket.
    private mutating func enter() throws(JSONFault) {
        guard depthLeft > 0 else { throw JSONFault(.tooDeep, at: offset) }
        depthLeft -= 1
        offset += 1
    }

    /// Steps over white space, a comma or the closing bracket; false after the bracket.
    private mutating func hasNext(before bracket: UInt8, isFirst: Bool) throws(JSONFault) -> Bool {
        skipWhitespace()
        if current == bracket {
            offset += 1
            depthLeft += 1
            return false
        }
        if isFirst { return true }
        guard current == UInt8(ascii: ",") else { throw misfit }
        offset += 1
        skipWhitespace()
        return true
    }

    private mutating func readWord(_ word: StaticString, as value: JSONValue) throws(JSONFault) -> JSONValue {
        for expected in word.description.utf8 {
            guard current == expected else { throw misfit }
            offset += 1
        }
        return value
    }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }
}
