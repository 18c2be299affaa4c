/// Formats of a few lines each.
enum SmallFormats {
    /// RFC 4122: groups of 8, 4, 4, 4 and 12 hexadecimal digits.
    static func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        return text.enumerated().allSatisfy { place, byte in
            [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : ASCII.hexadecimalValue(byte) != nil
        }
    }

    /// RFC 6901.
    static func isJSONPointer(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !text.isEmpty else { return true }
        guard text.first == UInt8(ascii: "/") else { return false }
        for (place, byte) in text.enumerated() where byte == UInt8(ascii: "~") {
            guard place + 1 < text.count, text[place + 1] == 0x30 || text[place + 1] == 0x31 else { return false }
        }
        return true
    }

    static func isRelativeJSONPointer(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        let digits = scanner.skip(while: ASCII.isDigit)
        guard digits > 0, digits == 1 || text[0] != 0x30 else { return false }
        let rest = text.part(digits..<text.count)
        return rest.elementsEqual("#".utf8) || isJSONPointer(rest)
    }

    /// RFC 6570.
    static func isURITemplate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "{"):
                guard let end = text[at...].firstIndex(of: UInt8(ascii: "}")),
                    isTemplateExpression(text.part((at + 1)..<end))
                else { return false }
                at = end + 1
            case UInt8(ascii: "%"):
                guard isEncoded(text, at) else { return false }
                at += 3
            case 0...0x20, 0x22, 0x27, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7F: return false
            default: at += 1
            }
        }
        return true
    }

    private static func isEncoded(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        at + 2 < text.count && ASCII.hexadecimalValue(text[at + 1]) != nil
            && ASCII.hexadecimalValue(text[at + 2]) != nil
    }

    /// An operator, then names with `*` or `:1` to `:9999`, by commas.
    private static func isTemplateExpression(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = text[...]
        if let first = rest.first, "+#./;?&=,!@|".utf8.contains(first) { rest = rest.dropFirst() }
        return rest.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy { variable in
            var scanner = ByteScanner(UnsafeBufferPointer(rebasing: variable))
            repeat {
                var length = 0
                while let byte = scanner.current {
                    if HostFormats.isLetterOrDigit(byte) || byte == 0x5F {
                        _ = scanner.skip(Unicode.Scalar(byte))
                    } else if byte == UInt8(ascii: "%"), isEncoded(scanner.text, scanner.offset) {
                        _ = scanner.skip("%")
                    } else {
                        break
                    }
                    length += 1
                }
                if length == 0 { return false }
            } while scanner.skip(".")
            if scanner.skip("*") { return scanner.isAtEnd }
            guard scanner.skip(":") else { return scanner.isAtEnd }
            guard let first = scanner.current, first != 0x30 else { return false }
            return (1...4).contains(scanner.skip(while: ASCII.isDigit)) && scanner.isAtEnd
        }
    }
}
