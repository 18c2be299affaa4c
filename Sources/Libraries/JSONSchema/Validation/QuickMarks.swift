/// Which children of one object or array have been evaluated: a bit for each, in memory that its maker frees.
struct QuickMarks {
    private let words: UnsafeMutablePointer<UInt64>
    private let count: Int

    /// Marks for some children; for a value without children there are none to keep.
    init(count children: Int, isNeeded: Bool) { self.init(words: isNeeded ? (children + 63) / 64 : 0) }

    private init(words count: Int) {
        self.count = count
        words = .allocate(capacity: max(count, 1))
        words.update(repeating: 0, count: max(count, 1))
    }

    func emptyCopy() -> Self { Self(words: count) }

    func free() { words.deallocate() }

    func insert(_ place: Int) { if place >> 6 < count { words[place >> 6] |= 1 << UInt64(place & 63) } }

    func contains(_ place: Int) -> Bool { place >> 6 < count && words[place >> 6] & (1 << UInt64(place & 63)) != 0 }

    func formUnion(_ other: Self) { for word in 0..<min(count, other.count) { words[word] |= other.words[word] } }
}

extension TapeNode {
    /// Whether this is an array or an object.
    @inline(__always) var isContainer: Bool { kinds & (ValueKinds.array.rawValue | ValueKinds.object.rawValue) != 0 }
}
