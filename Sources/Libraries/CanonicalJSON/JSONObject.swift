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
            if canonicallyPrecedes(members[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return (low, low < members.count && members[low].key.utf8.elementsEqual(key.utf8))
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
func canonicallyPrecedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8) { a, b in rank(a) < rank(b) }
}

private func rank(_ byte: UInt8) -> UInt8 {
    byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
}
