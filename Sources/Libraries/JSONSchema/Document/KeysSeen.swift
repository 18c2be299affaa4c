/// Finds a key that stands twice in an object that is still being read.
///
/// The first keys are told apart by 64 bits of their fingerprints; only when a bit is taken are the keys before it
/// looked at. Objects with many keys are sorted once at their end, so that no choice of keys makes it slow.
struct KeysSeen {
    private var bits: UInt64 = 0
    private var count = 0

    private static let few = 24

    /// Whether the key at an index is new. For a key after the first few it says yes and leaves it to the end.
    @inline(__always)
    mutating func insert(_ tape: TapeView, _ object: Int, key: Int) -> Bool {
        count += 1
        guard count <= Self.few else { return true }
        let bit: UInt64 = 1 << UInt64(tape.nodes[key].hash & 63)
        defer { bits |= bit }
        return bits & bit == 0 || !contains(tape, object, key)
    }

    private func contains(_ tape: TapeView, _ object: Int, _ key: Int) -> Bool {
        let node = tape.nodes[key]
        var at = object + 1
        while at < key {
            let other = tape.nodes[at]
            if other.hash == node.hash, other.high == node.high,
                sameBytes(tape.bytes + other.low, tape.bytes + node.low, node.high)
            {
                return true
            }
            at = tape.end(of: at + 1)
        }
        return false
    }

    /// Whether an object with many keys, whose nodes end at an index, has one twice.
    func hasDuplicates(_ tape: TapeView, _ object: Int, _ end: Int) -> Bool {
        guard count > Self.few else { return false }
        var keys: [Int] = []
        keys.reserveCapacity(count)
        var at = object + 1
        while at < end {
            keys.append(at)
            at = tape.end(of: at + 1)
        }
        keys.sort { tape.text($0).lexicographicallyPrecedes(tape.text($1)) }
        return zip(keys, keys.dropFirst()).contains { tape.text($0).elementsEqual(tape.text($1)) }
    }
}
