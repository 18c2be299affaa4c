import CanonicalJSON

/// Strings and numbers.
extension TapeParser {
    /// Reads a string whose opening quotation mark is at the offset.
    @inline(__always)
    mutating func readString(into builder: inout TapeBuilder) throws(JSONFault) {
        let start = offset + 1
        offset = Self.plainEnd(bytes, start)
        if bytes[offset] == UInt8(ascii: "\""), offset < end {
            builder.appendString(offset: start, count: offset - start, isASCII: true)
            offset += 1
        } else {
            try readRest(of: start, into: &builder)
        }
    }

    /// The first byte from a place on that is a quotation mark, a backslash, a control character or not ASCII. The
    /// zeros behind the text are control characters.
    @inline(__always)
    private static func plainEnd(_ bytes: UnsafeMutablePointer<UInt8>, _ start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawPointer(bytes)
        var at = start
        while true {
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let found =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word)
                | word
            let high = found & (ones &* 0x80)
            if high != 0 { return at + high.trailingZeroBitCount >> 3 }
            at += 8
        }
    }

    /// The slow part of a string: from its first byte that is not plain, at the offset.
    @inline(never)
    private mutating func readRest(of start: Int, into builder: inout TapeBuilder) throws(JSONFault) {
        var isASCII = true
        var written = offset
        while true {
            let byte = bytes[offset]
            if byte >= 0x80 {
                let length = UTF8Sequence.length(UnsafePointer(bytes) + offset)
                guard length > 0 else { throw JSONFault(.invalidUTF8, at: start - 1) }
                isASCII = false
                if written == offset {
                    written += length
                    offset += length
                } else {
                    for _ in 0..<length { move(&written) }
                }
            } else if byte == UInt8(ascii: "\"") {
                builder.appendString(offset: start, count: written - start, isASCII: isASCII)
                offset += 1
                return
            } else if byte == UInt8(ascii: "\\") {
                let first = try readEscape()
                for unit in Unicode.UTF8.encode(first) ?? Unicode.UTF8.encodedReplacementCharacter {
                    bytes[written] = unit
                    written += 1
                }
                isASCII = isASCII && first.isASCII
            } else if byte < 0x20 {
                throw misfit()
            } else if written == offset {
                offset = Self.plainEnd(bytes, offset)
                written = offset
            } else {
                move(&written)
            }
        }
    }

    @inline(__always)
    private mutating func move(_ written: inout Int) {
        bytes[written] = bytes[offset]
        written += 1
        offset += 1
    }

    /// Reads an escape whose backslash is at the offset.
    private mutating func readEscape() throws(JSONFault) -> Unicode.Scalar {
        offset += 1
        let byte = bytes[offset]
        let scalar: Unicode.Scalar
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(byte)
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw misfit()
        }
        offset += 1
        return scalar
    }

    /// Reads `uXXXX`, or a surrogate pair `uXXXX\uXXXX`, after the backslash.
    private mutating func readUnicodeEscape() throws(JSONFault) -> Unicode.Scalar {
        let start = offset - 1
        let first = try readHexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u") else {
            throw JSONFault(.loneSurrogate, at: start)
        }
        offset += 1
        let second = try readHexadecimal()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw JSONFault(.loneSurrogate, at: start) }
        return scalar
    }

    /// Reads the four digits after the `u` at the offset.
    private mutating func readHexadecimal() throws(JSONFault) -> UInt32 {
        offset += 1
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = ASCII.hexadecimalValue(bytes[offset]) else { throw misfit() }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    /// Reads a number whose first character is at the offset (RFC 8259 section 6).
    @inline(__always)
    mutating func readNumber(into builder: inout TapeBuilder) throws(JSONFault) {
        let start = offset
        let isNegative = bytes[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let first = offset
        var mantissa: UInt64 = 0
        while bytes[offset] &- 0x30 < 10 {
            mantissa = mantissa &* 10 &+ UInt64(bytes[offset] &- 0x30)
            offset += 1
        }
        let digits = offset - first
        guard digits > 0, digits == 1 || bytes[first] != 0x30 else {
            if digits > 0 { offset = first + 1 }
            throw misfit()
        }
        let next = bytes[offset]
        if digits <= 18, next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") {
            let whole = Int64(mantissa)
            builder.append(ShortNumber(mantissa: isNegative ? -whole : whole, exponent: 0).node)
        } else {
            try readRest(ofNumber: start, into: &builder)
        }
    }

    /// Reads a fraction and an exponent, and the whole number exactly.
    @inline(never)
    private mutating func readRest(ofNumber start: Int, into builder: inout TapeBuilder) throws(JSONFault) {
        if bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            try skipDigits()
        }
        if bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
            let exponent = offset
            try skipDigits()
            let written = UnsafeBufferPointer(start: bytes + exponent, count: offset - exponent)
            let value = written.reduce(0) { min($0 * 10 + Int($1 - 0x30), DecimalText.largestExponent + 1) }
            guard value <= DecimalText.largestExponent else { throw JSONFault(.numberRange, at: start) }
        }
        let text = UnsafeBufferPointer(start: bytes + start, count: offset - start)
        builder.append(DecimalText(text).node(at: start, count: text.count))
    }

    /// Steps over at least one digit.
    private mutating func skipDigits() throws(JSONFault) {
        let start = offset
        while bytes[offset] &- 0x30 < 10 { offset += 1 }
        guard offset > start else { throw misfit() }
    }
}
