/// Strings and numbers.
extension JSONParser {
    /// Reads a string whose opening quotation mark is at the offset.
    mutating func readString() throws(JSONFault) -> String {
        let start = offset
        offset += 1
        var decoded: [UInt8] = []
        var plainStart = offset
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                let plain = bytes[plainStart..<offset]
                offset += 1
                let text =
                    decoded.isEmpty
                    ? String(validating: plain, as: UTF8.self) : String(validating: decoded + plain, as: UTF8.self)
                guard let text else { throw JSONFault(.invalidUTF8, at: start) }
                return text
            case UInt8(ascii: "\\"):
                decoded.append(contentsOf: bytes[plainStart..<offset])
                try readEscape(into: &decoded)
                plainStart = offset
            case 0..<0x20: throw misfit
            default: offset += 1
            }
        }
        throw misfit
    }

    private mutating func readEscape(into decoded: inout [UInt8]) throws(JSONFault) {
        offset += 1
        guard let byte = current else { throw misfit }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try readUnicodeEscape()
            decoded.append(contentsOf: Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
            return
        default: throw misfit
        }
        offset += 1
    }

    /// Reads `uXXXX`, or a surrogate pair `uXXXX\uXXXX`, after the backslash.
    private mutating func readUnicodeEscape() throws(JSONFault) -> Unicode.Scalar {
        let start = offset - 1
        let first = try readHexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, current == UInt8(ascii: "\\") else { throw JSONFault(.loneSurrogate, at: start) }
        offset += 1
        guard current == UInt8(ascii: "u") else { throw JSONFault(.loneSurrogate, at: start) }
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
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw misfit }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    /// Reads a number whose first character is at the offset (RFC 8259 section 6).
    mutating func readNumber() throws(JSONFault) -> JSONNumber {
        let start = offset
        if current == UInt8(ascii: "-") { offset += 1 }
        if current == UInt8(ascii: "0") { offset += 1 } else { try skipDigits() }
        var isWhole = true
        if current == UInt8(ascii: ".") {
            isWhole = false
            offset += 1
            try skipDigits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isWhole = false
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, let whole = Int64(text) { return JSONNumber(whole) }
        guard let double = Double(text), let number = JSONNumber(double) else {
            throw JSONFault(.numberRange, at: start)
        }
        return number
    }

    /// Steps over at least one digit.
    private mutating func skipDigits() throws(JSONFault) {
        let start = offset
        while let byte = current, (0x30...0x39).contains(byte) { offset += 1 }
        guard offset > start else { throw misfit }
    }
}
