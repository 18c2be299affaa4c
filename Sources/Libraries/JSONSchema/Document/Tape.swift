/// Nodes of a JSON text in reading order, and the bytes that strings and long numbers point into.
///
/// An array is followed by its elements, an object by key, value, key, value, …; both know where they end. The
/// memory is written before the tape exists and never afterwards, which makes sharing it safe; unchecked
/// because the compiler does not see that through the bare pointers.
final class Tape: @unchecked Sendable {
    let nodes: UnsafeMutablePointer<TapeNode>
    let bytes: UnsafeMutablePointer<UInt8>
    let count: Int
    let byteCount: Int

    init(
        nodes: UnsafeMutablePointer<TapeNode>, count: Int, bytes: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) {
        self.nodes = nodes
        self.count = count
        self.bytes = bytes
        self.byteCount = byteCount
    }

    deinit {
        nodes.deallocate()
        bytes.deallocate()
    }

    /// The tape as bare pointers, valid while the tape lives.
    var view: TapeView { TapeView(nodes: UnsafePointer(nodes), bytes: UnsafePointer(bytes)) }
}

/// The kinds of values as bits, so that `type` is one AND. A whole number has two bits: number and integer.
struct ValueKinds: OptionSet, Hashable {
    let rawValue: UInt8

    static let null = ValueKinds(rawValue: 1)
    static let boolean = ValueKinds(rawValue: 2)
    static let number = ValueKinds(rawValue: 4)
    static let integer = ValueKinds(rawValue: 8)
    static let string = ValueKinds(rawValue: 16)
    static let array = ValueKinds(rawValue: 32)
    static let object = ValueKinds(rawValue: 64)
}

/// One value, or one key of an object, in 16 bytes.
struct TapeNode {
    /// Bits of `ValueKinds`.
    var kinds: UInt8
    var flags: UInt8 = 0
    /// The power of ten of a short number.
    var exponent: Int16 = 0
    /// The fingerprint of a string.
    var hash: UInt32 = 0
    /// A short number's mantissa; otherwise two halves, `low` and `high`.
    var payload: Int64 = 0

    /// A string of ASCII alone.
    static let ascii: UInt8 = 1
    /// The boolean `true`.
    static let isTrue: UInt8 = 2
    /// A number with more than 18 digits, kept as text.
    static let long: UInt8 = 4

    init(_ kinds: ValueKinds, flags: UInt8 = 0) {
        self.kinds = kinds.rawValue
        self.flags = flags
    }

    /// A string's or long number's first byte; an array's or object's number of elements or members.
    @inline(__always) var low: Int { Int(UInt32(truncatingIfNeeded: payload)) }

    /// A string's or long number's number of bytes; the index after an array or object.
    @inline(__always) var high: Int { Int(UInt32(truncatingIfNeeded: payload >> 32)) }

    @inline(__always) mutating func set(low: Int, high: Int) {
        payload =
            Int64(bitPattern: UInt64(UInt32(truncatingIfNeeded: high)) << 32)
            | Int64(UInt32(truncatingIfNeeded: low))
    }

    @inline(__always) func isKind(_ kind: ValueKinds) -> Bool { kinds & kind.rawValue != 0 }
    @inline(__always) func has(_ flag: UInt8) -> Bool { flags & flag != 0 }
}

/// Bare pointers into a tape.
struct TapeView {
    let nodes: UnsafePointer<TapeNode>
    let bytes: UnsafePointer<UInt8>

    /// The index after the value that begins at an index.
    @inline(__always) func end(of index: Int) -> Int {
        let node = nodes[index]
        return node.kinds & (ValueKinds.array.rawValue | ValueKinds.object.rawValue) == 0 ? index + 1 : node.high
    }

    @inline(__always) func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let node = nodes[index]
        return UnsafeBufferPointer(start: bytes + node.low, count: node.high)
    }

    func string(_ index: Int) -> String { String(decoding: text(index), as: UTF8.self) }

    /// The index of a member's value; nil when this is no object or has no such key.
    func member(_ key: some StringProtocol, of index: Int) -> Int? {
        guard nodes[index].isKind(.object) else { return nil }
        var at = index + 1
        let end = nodes[index].high
        while at < end {
            if text(at).elementsEqual(key.utf8) { return at + 1 }
            at = self.end(of: at + 1)
        }
        return nil
    }

    /// The indices of an array's elements.
    func elements(of index: Int) -> [Int] {
        var found: [Int] = []
        var at = index + 1
        let end = nodes[index].high
        while at < end {
            found.append(at)
            at = self.end(of: at)
        }
        return found
    }

    /// The indices of an object's keys; each value follows its key.
    func keys(of index: Int) -> [Int] {
        var found: [Int] = []
        var at = index + 1
        let end = nodes[index].high
        while at < end {
            found.append(at)
            at = self.end(of: at + 1)
        }
        return found
    }
}
