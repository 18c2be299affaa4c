/// UTF-8 as Unicode defines it (table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Sequence {
    /// The length of the sequence of a character beyond ASCII; 0 when it is faulty. Reads up to three bytes more.
    @inline(__always)
    static func length(_ bytes: UnsafePointer<UInt8>) -> Int {
        let (lead, second) = (bytes[0], bytes[1])
        switch lead {
        case 0xC2...0xDF: return isTail(second) ? 2 : 0
        case 0xE0...0xEF:
            let isAllowed = lead == 0xE0 ? second >= 0xA0 : lead == 0xED ? second < 0xA0 : true
            return isAllowed && isTail(second) && isTail(bytes[2]) ? 3 : 0
        case 0xF0...0xF4:
            let isAllowed = lead == 0xF0 ? second >= 0x90 : lead == 0xF4 ? second < 0x90 : true
            return isAllowed && isTail(second) && isTail(bytes[2]) && isTail(bytes[3]) ? 4 : 0
        default: return 0
        }
    }

    @inline(__always)
    private static func isTail(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// The number of characters (code points) of a valid text.
    @inline(__always)
    static func characters(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let raw = UnsafeRawPointer(bytes)
        var tails = 0
        var at = 0
        while at + 8 <= count {
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            tails += ((word & ~(word << 1)) & 0x8080_8080_8080_8080).nonzeroBitCount
            at += 8
        }
        while at < count {
            if isTail(bytes[at]) { tails += 1 }
            at += 1
        }
        return count - tails
    }
}

/// Single bytes of ASCII.
enum ASCII {
    static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
