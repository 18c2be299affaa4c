/// Addresses of RFC 3986 and RFC 3987.
enum URIFormats {
    static func isReference(
        _ text: UnsafeBufferPointer<UInt8>, isInternational: Bool, needsScheme: Bool
    ) -> Bool {
        let allowed = Allowed(isInternational: isInternational)
        var rest = text
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard allowed.isText(rest.part((hash + 1)..<rest.count), extra: ":@/?") else { return false }
            rest = rest.part(0..<hash)
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard allowed.isText(rest.part((mark + 1)..<rest.count), extra: ":@/?", isQuery: true) else { return false }
            rest = rest.part(0..<mark)
        }
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.count
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")), colon < slash {
            guard isScheme(rest.part(0..<colon)) else { return false }
            rest = rest.part((colon + 1)..<rest.count)
        } else if needsScheme {
            return false
        }
        if rest.starts(with: "//".utf8) {
            let end = rest.dropFirst(2).firstIndex(of: UInt8(ascii: "/")) ?? rest.count
            guard isAuthority(rest.part(2..<end), allowed) else { return false }
            rest = rest.part(end..<rest.count)
        }
        return allowed.isText(rest, extra: ":@/")
    }

    private static func isScheme(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, ASCII.isLetter(first) else { return false }
        return text.allSatisfy { HostFormats.isLetterOrDigit($0) || "+-.".utf8.contains($0) }
    }

    private static func isAuthority(_ text: UnsafeBufferPointer<UInt8>, _ allowed: Allowed) -> Bool {
        var rest = text
        if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
            guard allowed.isText(rest.part(0..<at), extra: ":") else { return false }
            rest = rest.part((at + 1)..<rest.count)
        }
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let inner = rest.part(1..<end)
            guard HostFormats.isIPv6(inner) || isFutureAddress(inner, allowed) else { return false }
            let tail = rest.part((end + 1)..<rest.count)
            return tail.isEmpty || (tail.first == UInt8(ascii: ":") && tail.dropFirst().allSatisfy(ASCII.isDigit))
        }
        if let colon = rest.lastIndex(of: UInt8(ascii: ":")) {
            guard rest[(colon + 1)...].allSatisfy(ASCII.isDigit) else { return false }
            rest = rest.part(0..<colon)
        }
        return allowed.isText(rest, extra: "")
    }

    /// `v1.…`: an address of a version to come.
    private static func isFutureAddress(_ text: UnsafeBufferPointer<UInt8>, _ allowed: Allowed) -> Bool {
        var scanner = ByteScanner(text)
        guard scanner.skip("v") || scanner.skip("V"), scanner.skip(while: { ASCII.hexadecimalValue($0) != nil }) > 0,
            scanner.skip("."), !scanner.isAtEnd
        else { return false }
        return allowed.isText(text.part(scanner.offset..<text.count), extra: ":")
    }

    /// The characters that may stand for themselves.
    private struct Allowed {
        let isInternational: Bool

        /// Unreserved characters, sub-delimiters, percent-encoded bytes and those of `extra`.
        func isText(_ text: UnsafeBufferPointer<UInt8>, extra: String, isQuery: Bool = false) -> Bool {
            var at = 0
            while at < text.count {
                let byte = text[at]
                if byte == UInt8(ascii: "%") {
                    guard at + 2 < text.count, ASCII.hexadecimalValue(text[at + 1]) != nil,
                        ASCII.hexadecimalValue(text[at + 2]) != nil
                    else { return false }
                    at += 3
                } else if byte >= 0x80 {
                    guard isInternational else { return false }
                    at += 1
                } else {
                    guard
                        HostFormats.isLetterOrDigit(byte) || "-._~!$&'()*+,;=".utf8.contains(byte)
                            || extra.utf8.contains(byte)
                    else { return false }
                    at += 1
                }
            }
            return !isInternational || hasOnlyInternationalCharacters(text, isQuery)
        }

        /// RFC 3987 section 2.2: no C1 controls, no specials; private use in queries only.
        private func hasOnlyInternationalCharacters(_ text: UnsafeBufferPointer<UInt8>, _ isQuery: Bool) -> Bool {
            String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0..<0x80, 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
                case 0xE000...0xF8FF, 0xF0000...0x10FFFD: isQuery
                case 0x10000...0xEFFFF: scalar.value & 0xFFFE != 0xFFFE
                default: false
                }
            }
        }
    }
}
