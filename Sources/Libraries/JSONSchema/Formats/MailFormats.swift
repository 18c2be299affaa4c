/// Mail addresses of RFC 5321 section 4.1.2 and RFC 6531.
enum MailFormats {
    static func isAddress(_ text: UnsafeBufferPointer<UInt8>, isInternational: Bool) -> Bool {
        guard let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let (local, domain) = (text.part(0..<at), text.part((at + 1)..<text.count))
        guard isLocalPart(local, isInternational), !domain.isEmpty else { return false }
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") {
            let inner = domain.part(1..<(domain.count - 1))
            if inner.starts(with: "IPv6:".utf8) { return HostFormats.isIPv6(inner.part(5..<inner.count)) }
            return HostFormats.isIPv4(inner)
        }
        return isInternational ? InternationalHostname.isValid(domain) : HostFormats.isHostname(domain)
    }

    private static func isLocalPart(_ text: UnsafeBufferPointer<UInt8>, _ isInternational: Bool) -> Bool {
        guard let first = text.first, text.count <= 64 else { return false }
        if first == 0x22 { return isQuoted(text, isInternational) }
        return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAtomCharacter($0) || (isInternational && $0 >= 0x80) }
        }
    }

    private static func isAtomCharacter(_ byte: UInt8) -> Bool {
        HostFormats.isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isQuoted(_ text: UnsafeBufferPointer<UInt8>, _ isInternational: Bool) -> Bool {
        guard text.count >= 2, text.last == 0x22 else { return false }
        var isEscaped = false
        for byte in text.part(1..<(text.count - 1)) {
            guard byte >= 0x20, byte < 0x7F || (isInternational && byte >= 0x80) else { return false }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == 0x22 {
                return false
            }
        }
        return !isEscaped
    }
}
