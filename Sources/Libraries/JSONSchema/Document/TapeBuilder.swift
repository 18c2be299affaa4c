import CanonicalJSON

/// Memory that grows into a tape.
struct TapeBuilder {
    private(set) var nodes: UnsafeMutablePointer<TapeNode>
    private(set) var count = 0
    private var capacity: Int
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var byteCount: Int
    private var byteCapacity: Int

    /// Zero bytes behind the text: eight bytes may be read at once everywhere, and the end looks like a misfit.
    static let padding = 16

    init(text: some Collection<UInt8>, count: Int) {
        byteCount = count
        byteCapacity = count + Self.padding
        bytes = .allocate(capacity: byteCapacity)
        let target = UnsafeMutableBufferPointer(start: bytes, count: count)
        if text.withContiguousStorageIfAvailable({ target.update(fromContentsOf: $0) }) == nil {
            _ = target.update(fromContentsOf: text)
        }
        (bytes + count).update(repeating: 0, count: Self.padding)
        capacity = count / 10 + 16
        nodes = .allocate(capacity: capacity)
    }

    /// Hands the memory over.
    func finish() -> Tape { Tape(nodes: nodes, count: count, bytes: bytes, byteCount: byteCount) }

    /// Frees the memory, when no tape comes of it.
    func discard() {
        nodes.deallocate()
        bytes.deallocate()
    }

    @inline(__always)
    mutating func append(_ node: TapeNode) {
        if count == capacity { grow() }
        nodes[count] = node
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<TapeNode>.allocate(capacity: capacity * 2)
        larger.update(from: nodes, count: count)
        nodes.deallocate()
        nodes = larger
        capacity *= 2
    }

    /// Closes the array or object at an index.
    @inline(__always)
    mutating func close(_ index: Int, count members: Int) {
        nodes[index].set(low: members, high: count)
    }

    /// Appends a string whose bytes already lie in the text.
    @inline(__always)
    mutating func appendString(offset: Int, count: Int, isASCII: Bool) {
        var node = TapeNode(.string, flags: isASCII ? TapeNode.ascii : 0)
        node.hash = Fingerprint.of(UnsafePointer(bytes + offset), count)
        node.set(low: offset, high: count)
        append(node)
    }
}

/// From values in memory.
extension TapeBuilder {
    mutating func append(_ value: JSONValue) {
        switch value {
        case .null: append(TapeNode(.null))
        case .bool(let flag): append(TapeNode(.boolean, flags: flag ? TapeNode.isTrue : 0))
        case .number(let number):
            if let whole = number.integer {
                append(ShortNumber(mantissa: whole, exponent: 0).node)
            } else {
                append(DecimalText(number.double.description.utf8).node(at: 0, count: 0))
            }
        case .string(let text): append(text)
        case .array(let elements):
            let index = count
            append(TapeNode(.array))
            for element in elements { append(element) }
            close(index, count: elements.count)
        case .object(let members):
            let index = count
            append(TapeNode(.object))
            for member in members {
                append(member.key)
                append(member.value)
            }
            close(index, count: members.count)
        }
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            reserve(utf8.count)
            let start = byteCount
            _ = UnsafeMutableBufferPointer(start: bytes + start, count: utf8.count).update(fromContentsOf: utf8)
            byteCount += utf8.count
            (bytes + byteCount).update(repeating: 0, count: Self.padding)
            appendString(offset: start, count: utf8.count, isASCII: utf8.allSatisfy { $0 < 0x80 })
        }
    }

    private mutating func reserve(_ extra: Int) {
        guard byteCount + extra + Self.padding > byteCapacity else { return }
        byteCapacity = max(byteCapacity * 2, byteCount + extra + Self.padding)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity)
        larger.update(from: bytes, count: byteCount)
        bytes.deallocate()
        bytes = larger
    }
}
