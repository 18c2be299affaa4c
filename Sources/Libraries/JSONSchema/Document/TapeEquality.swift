/// Equality as JSON Schema defines it (core, section 4.2.2): numbers by value, objects without regard to order.
extension TapeView {
    func equals(_ index: Int, _ other: TapeView, _ otherIndex: Int) -> Bool {
        let (a, b) = (nodes[index], other.nodes[otherIndex])
        guard a.kinds == b.kinds else { return false }
        switch ValueKinds(rawValue: a.kinds) {
        case .null: return true
        case .boolean: return a.flags == b.flags
        case .string:
            return a.hash == b.hash && a.high == b.high && sameBytes(bytes + a.low, other.bytes + b.low, a.high)
        case .array: return a.low == b.low && areElementsEqual(index, other, otherIndex)
        case .object: return a.low == b.low && areMembersEqual(index, other, otherIndex)
        default: return isNumber(index, equalTo: other, otherIndex)
        }
    }

    private func areElementsEqual(_ index: Int, _ other: TapeView, _ otherIndex: Int) -> Bool {
        var (at, otherAt) = (index + 1, otherIndex + 1)
        let end = nodes[index].high
        while at < end {
            guard equals(at, other, otherAt) else { return false }
            (at, otherAt) = (self.end(of: at), other.end(of: otherAt))
        }
        return true
    }

    private func areMembersEqual(_ index: Int, _ other: TapeView, _ otherIndex: Int) -> Bool {
        var (keys, otherKeys) = (keys(of: index), other.keys(of: otherIndex))
        let isAlike = zip(keys, otherKeys).allSatisfy { equals($0, other, $1) }
        if !isAlike {
            keys.sort { text($0).lexicographicallyPrecedes(text($1)) }
            otherKeys.sort { other.text($0).lexicographicallyPrecedes(other.text($1)) }
        }
        return zip(keys, otherKeys).allSatisfy { equals($0, other, $1) && equals($0 + 1, other, $1 + 1) }
    }

    /// Feeds a value into a hash that nobody outside can predict; equal values feed alike.
    func hash(_ index: Int, into hasher: inout Hasher) {
        let node = nodes[index]
        hasher.combine(node.kinds)
        switch ValueKinds(rawValue: node.kinds) {
        case .null: break
        case .boolean: hasher.combine(node.flags)
        case .string: hasher.combine(bytes: UnsafeRawBufferPointer(text(index)))
        case .array:
            hasher.combine(node.low)
            for element in elements(of: index) { hash(element, into: &hasher) }
        case .object:
            hasher.combine(node.low)
            // A sum, because order does not count.
            let sum = keys(of: index).reduce(0) { sum, key in
                var member = Hasher()
                hash(key, into: &member)
                hash(key + 1, into: &member)
                return sum &+ member.finalize()
            }
            hasher.combine(sum)
        default:
            if node.has(TapeNode.long) {
                hasher.combine(decimal(index))
            } else {
                hasher.combine(ShortNumber(node))
            }
        }
    }

    /// The first element that equals one before it, and that one; nil when all differ. Linear in the array's size.
    func firstDuplicate(of index: Int) -> (first: Int, second: Int)? {
        let count = nodes[index].low
        guard count > 1 else { return nil }
        let elements = elements(of: index)
        if count <= 8, elements.allSatisfy({ nodes[$0].kinds & (96 as UInt8) == 0 }) {
            return fewDuplicates(elements)
        }
        var places: [Int: [Int]] = [:]
        places.reserveCapacity(count)
        for element in elements {
            var hasher = Hasher()
            hash(element, into: &hasher)
            let value = hasher.finalize()
            if let equal = places[value]?.first(where: { equals($0, self, element) }) { return (equal, element) }
            places[value, default: []].append(element)
        }
        return nil
    }

    private func fewDuplicates(_ elements: [Int]) -> (first: Int, second: Int)? {
        for (place, element) in elements.enumerated() {
            if let equal = elements[..<place].first(where: { equals($0, self, element) }) { return (equal, element) }
        }
        return nil
    }
}
