/// A header value with parameters, such as `form-data; name="a"; filename="b.jpg"` (RFC 9110 section 5.6.6).
struct HeaderValue {
    /// The part before the parameters, in small letters.
    let value: String

    /// The parameters by name in small letters. Values are bytes, quotation marks and quoted pairs resolved.
    let parameters: [String: [UInt8]]

    /// Nil when the syntax is broken or a parameter occurs twice: two readers could choose differently.
    init?(_ bytes: [UInt8]) {
        var scanner = Scanner(bytes: bytes)
        scanner.skipSpace()
        let first = scanner.take { $0 != UInt8(ascii: ";") && !isSpace($0) }
        guard !first.isEmpty else { return nil }
        value = lowercased(first)
        var parameters: [String: [UInt8]] = [:]
        while true {
            scanner.skipSpace()
            guard scanner.current != nil else { break }
            guard scanner.skip(UInt8(ascii: ";")) else { return nil }
            scanner.skipSpace()
            // A trailing semicolon is tolerated.
            if scanner.current == nil { break }
            let name = scanner.take(while: isToken)
            scanner.skipSpace()
            guard !name.isEmpty, scanner.skip(UInt8(ascii: "=")) else { return nil }
            scanner.skipSpace()
            guard let content = scanner.takeParameterValue() else { return nil }
            guard parameters.updateValue(content, forKey: lowercased(name)) == nil else { return nil }
        }
        self.parameters = parameters
    }
}

/// A place in the bytes of a header value.
private struct Scanner {
    let bytes: [UInt8]
    var offset = 0

    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func skipSpace() { _ = take(while: isSpace) }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        offset += 1
        return true
    }

    mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = offset
        while let byte = current, isWanted(byte) { offset += 1 }
        return bytes[start..<offset]
    }

    /// A token or a quoted string; nil for an unclosed quotation mark or nothing at all.
    mutating func takeParameterValue() -> [UInt8]? {
        guard skip(UInt8(ascii: "\"")) else {
            let token = take { $0 != UInt8(ascii: ";") && !isSpace($0) }
            return token.isEmpty ? nil : Array(token)
        }
        var content: [UInt8] = []
        while let byte = current {
            offset += 1
            if byte == UInt8(ascii: "\"") { return content }
            // Only these two pairs are resolved: some senders leave the backslashes of Windows paths bare.
            if byte == UInt8(ascii: "\\"), let next = current, next == UInt8(ascii: "\"") || next == byte {
                content.append(next)
                offset += 1
            } else {
                content.append(byte)
            }
        }
        return nil
    }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// The token characters of RFC 9110 section 5.6.2.
func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}

/// ASCII capitals as small letters.
func lowercased(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
}
