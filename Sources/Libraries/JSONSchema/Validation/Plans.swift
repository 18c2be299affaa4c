/// A text that members are compared with.
struct KeyText {
    let hash: UInt32
    let offset: Int32
    let count: Int32
}

/// How an object's members find their schemas: a hash table with open addressing.
struct ObjectTable {
    let slots: UnsafePointer<Slot>
    let mask: UInt32
    let requiredCount: Int32
    let patterns: UnsafePointer<PatternEntry>
    let patternCount: Int32
    /// The schema of all other members, -1 for none.
    let additional: Int32
    /// The schema of the keys, -1 for none.
    let names: Int32

    struct Slot {
        var key = KeyText(hash: 0, offset: 0, count: -1)
        /// The member's schema, -1 for none.
        var schema: Int32 = -1
        var isNamed = false
        var isRequired = false
    }

    struct PatternEntry {
        let pattern: Int32
        let schema: Int32
    }
}

/// What `properties` and its neighbours say, in the schema's order.
struct ObjectPlan {
    var properties: [Property] = []
    var patterns: [ObjectTable.PatternEntry] = []
    var additional: Int32 = -1
    var names: Int32 = -1
    /// The places of the properties, by the bytes of their names.
    var numbers: [[UInt8]: Int] = [:]

    struct Property {
        let name: String
        var key = KeyText(hash: 0, offset: 0, count: 0)
        /// -1 when the name is only required.
        var schema: Int32 = -1
        var isRequired = false
    }
}

/// `prefixItems` and `items`.
struct ArrayPlan {
    /// Where the schemas of the first elements begin in the list of schemas.
    let first: Int32
    let count: Int32
    /// The schema of all other elements, -1 for none.
    let rest: Int32
}

/// `contains` with its bounds.
struct ContainsPlan {
    let schema: Int32
    let least: Int32
    let most: Int32
}

/// One entry of `dependentRequired` or `dependentSchemas`.
struct Dependency {
    let key: KeyText
    /// Where the names that it asks for begin in the list of keys.
    let first: Int32
    let count: Int32
    /// The schema that it asks for, -1 for none.
    let schema: Int32
    let keyword: Keyword
}

/// The values of an `enum`, found by fingerprint.
struct EnumerationTable {
    let slots: UnsafePointer<Int32>
    let mask: UInt32
    /// The document that the values stand in.
    let document: Int32
}

extension TapeNode {
    /// Equal values have equal fingerprints.
    @inline(__always) var fingerprint: UInt32 {
        switch kinds {
        case ValueKinds.string.rawValue: return hash
        case ValueKinds.array.rawValue, ValueKinds.object.rawValue: return UInt32(truncatingIfNeeded: low &* 31) &+ 7
        default:
            if has(Self.long) { return 5 }
            let mixed = UInt64(bitPattern: payload ^ Int64(exponent)) &* 0x9E37_79B9_7F4A_7C15
            return UInt32(truncatingIfNeeded: mixed >> 32) ^ UInt32(kinds) ^ UInt32(flags)
        }
    }
}

/// Plain values behind a bare pointer, freed by their owner. Unchecked because of the pointer: the values are written
/// before it is made and never afterwards.
struct Frozen<Element: BitwiseCopyable>: @unchecked Sendable {
    let base: UnsafePointer<Element>
    let count: Int

    init(_ elements: [Element]) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
        for (index, element) in elements.enumerated() { (memory + index).initialize(to: element) }
        base = UnsafePointer(memory)
        count = elements.count
    }

    func free() { base.deallocate() }
}
