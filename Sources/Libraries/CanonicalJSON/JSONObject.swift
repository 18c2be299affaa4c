/// The members of a JSON object, always in the order of RFC 8785 (keys by UTF-16 code units).
///
/// JSON gives member order no meaning, so none is kept: two objects with the same members are equal, look
/// alike and hash alike. Keys are told apart byte by byte. Look-up is a binary search.
package struct JSONObject: Sendable {
    /// One key and its value.
    package struct Member: Sendable {
        /// The key, unescaped.
        package let key: String
        /// The value of the key.
        package internal(set) var value: JSONValue
    }

    private(set) var members: [Member] = []

    /// An object without members.
    package init() {}

    /// Sorts members that came in any order; nil when a key occurs twice.
    init?(unsorted: [Member]) {
        members = unsorted
        let isSorted = zip(members, members.dropFirst()).allSatisfy { canonicallyPrecedes($0.key, $1.key) }
        if isSorted { return }
        members.sort { canonicallyPrecedes($0.key, $1.key) }
        let isUnique = zip(members, members.dropFirst()).allSatisfy { canonicallyPrecedes($0.key, $1.key) }
        if !isUnique { return nil }
    }

    /// An object of members that come in canonical order, as a walk over other objects finds them.
    ///
    /// - Precondition: each key comes after the one before it.
    package init(inOrder members: [(key: String, value: JSONValue)]) {
        self.members = members.map { Member(key: $0.key, value: $0.value) }
        assert(zip(members, members.dropFirst()).allSatisfy { canonicallyPrecedes($0.key, $1.key) })
    }

    /// The keys in canonical order.
    package var keys: [String] { members.map(\.key) }

    /// The value of a key. Setting nil removes the member; set `.null` for a JSON null.
    package subscript(key: String) -> JSONValue? {
        get {
            let place = position(of: key)
            return place.found ? members[place.index].value : nil
        }
        set {
            let place = position(of: key)
            switch (newValue, place.found) {
            case (let value?, true): members[place.index].value = value
            case (let value?, false): members.insert(Member(key: key, value: value), at: place.index)
            case (nil, true): members.remove(at: place.index)
            case (nil, false): break
            }
        }
    }

    /// Runs a change on a member in its place, without a copy; nil when the key is absent.
    mutating func update<R, E: Error>(_ key: String, _ change: (inout JSONValue) throws(E) -> R) throws(E) -> R? {
        let place = position(of: key)
        guard place.found else { return nil }
        return try change(&members[place.index].value)
    }

    /// Where a key is, or where it would go.
    private func position(of key: String) -> (index: Int, found: Bool) {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            let order = canonicalOrder(members[middle].key, key)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }
}

extension JSONObject: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.members.count == right.members.count
            && zip(left.members, right.members).allSatisfy {
                $0.key.utf8.elementsEqual($1.key.utf8) && $0.value == $1.value
            }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        for member in members {
            hasher.combine(bytesOf: member.key)
            hasher.combine(member.value)
        }
    }
}

extension JSONObject: RandomAccessCollection {
    package var startIndex: Int { 0 }

    package var endIndex: Int { members.count }

    package subscript(position: Int) -> Member { members[position] }
}

/// The order of RFC 8785 section 3.2.3, by UTF-16 code units, read off the UTF-8 bytes.
///
/// Both encodings sort alike except that UTF-16 puts characters above U+FFFF (surrogates D800–DFFF, UTF-8 lead
/// bytes F0–F4) before U+E000–U+FFFF (lead bytes EE and EF).
package func canonicallyPrecedes(_ left: String, _ right: String) -> Bool { canonicalOrder(left, right) < 0 }

/// Negative when the left key comes first, 0 when they are the same bytes, positive otherwise.
private func canonicalOrder(_ left: String, _ right: String) -> Int {
    let order = left.utf8.withContiguousStorageIfAvailable { left in
        right.utf8.withContiguousStorageIfAvailable { right in canonicalOrder(left, right) }
    }
    if case .some(.some(let order)) = order { return order }
    return Array(left.utf8).withUnsafeBufferPointer { left in
        Array(right.utf8).withUnsafeBufferPointer { right in canonicalOrder(left, right) }
    }
}

private func canonicalOrder(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
        return Int(rank(left[index])) - Int(rank(right[index]))
    }
    return left.count - right.count
}

private func rank(_ byte: UInt8) -> UInt8 {
    byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
}
