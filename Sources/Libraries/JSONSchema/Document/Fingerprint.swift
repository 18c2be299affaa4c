/// Hashes of texts that cost the same for every length: from the length, the first and the last eight bytes.
///
/// Good for finding one of a schema's names, where a wrong guess costs one comparison. Not for sets of texts that
/// come from outside: those can be made to collide at will.
enum Fingerprint {
    @inline(__always)
    static func of(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        let raw = UnsafeRawPointer(bytes)
        var head: UInt64 = 0
        var tail: UInt64 = 0
        if count >= 8 {
            head = raw.loadUnaligned(as: UInt64.self)
            tail = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            head = UInt64(raw.loadUnaligned(as: UInt32.self))
            tail = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            head = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
        }
        var mixed = (head ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ mixed >> 29 ^ tail) &* 0xC4CE_B9FE_1A85_EC53
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }

    static func of(_ text: some StringProtocol) -> UInt32 {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { of($0, buffer.count) } ?? emptyText
        }
    }

    private static var emptyText: UInt32 {
        withUnsafePointer(to: UInt8(0)) { of($0, 0) }
    }
}

/// Whether two texts of the same length are the same bytes.
@inline(__always)
func sameBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let a = UnsafeRawPointer(left)
    let b = UnsafeRawPointer(right)
    var at = 0
    while at + 8 <= count {
        if a.loadUnaligned(fromByteOffset: at, as: UInt64.self) != b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        {
            return false
        }
        at += 8
    }
    while at < count {
        if left[at] != right[at] { return false }
        at += 1
    }
    return true
}
