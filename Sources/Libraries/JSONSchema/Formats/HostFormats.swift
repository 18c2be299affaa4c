/// Host names of RFC 1123 and addresses of the Internet Protocol.
enum HostFormats {
    static func isHostname(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (1...253).contains(text.count) else { return false }
        return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
            guard first != 0x2D, last != 0x2D, label.allSatisfy({ isLetterOrDigit($0) || $0 == 0x2D }) else {
                return false
            }
            guard label.dropFirst(2).starts(with: "--".utf8) else { return true }
            return InternationalHostname.isALabel(Array(label))
        }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool { ASCII.isLetter(byte) || ASCII.isDigit(byte) }

    /// Four numbers up to 255 without leading zeros.
    static func isIPv4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(ASCII.isDigit)
                    && (part.count == 1 || part.first != 0x30)
                    && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }

    /// Eight groups of hexadecimal digits; `::` stands for one or more groups of zeros, and an IPv4 address may stand
    /// for the last two (RFC 4291 section 2.2).
    static func isIPv6(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 2, text.count <= 45 else { return false }
        var groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var count = groups.count
        if groups[groups.count - 1].contains(0x2E) {
            guard isIPv4(UnsafeBufferPointer(rebasing: groups.removeLast())) else { return false }
            count += 1
        }
        // At either end a double colon leaves two empty groups.
        var gaps = 0
        for (place, group) in groups.enumerated() {
            guard group.count <= 4, group.allSatisfy({ ASCII.hexadecimalValue($0) != nil }) else { return false }
            guard group.isEmpty else { continue }
            if place == 0 {
                guard groups.count > 1, groups[1].isEmpty else { return false }
            } else if place == groups.count - 1, count == groups.count {
                guard groups[place - 1].isEmpty else { return false }
            } else {
                gaps += 1
            }
        }
        guard gaps <= 1 else { return false }
        let written = groups.count(where: { !$0.isEmpty }) + (count > groups.count ? 2 : 0)
        return gaps == 1 ? written < 8 : written == 8 && groups.allSatisfy { !$0.isEmpty }
    }
}
