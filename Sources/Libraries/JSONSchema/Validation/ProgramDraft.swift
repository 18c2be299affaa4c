/// A program while it is being compiled.
struct ProgramDraft {
    var nodes: [SchemaNode] = []
    var instructions: [Instruction] = []
    var lists: [Int32] = []
    var keys: [KeyText] = []
    var keyBytes: [UInt8] = []
    var objects: [ObjectPlan] = []
    var arrays: [ArrayPlan] = []
    var contains: [ContainsPlan] = []
    var dependencies: [Dependency] = []
    var enumerations: [Enumeration] = []
    var divisors: [ShortNumber] = []
    var patterns: [Pattern] = []
    var formats: [FormatCheck] = []
    var documents: [Tape] = []
    var locations: [SchemaLocation] = []
    var dynamicAnchors: [DynamicAnchor: Int32] = [:]

    /// By bytes: `String` takes some different texts for equal.
    private var patternNumbers: [[UInt8]: Int] = [:]

    struct Enumeration {
        let document: Int
        let values: [Int]

        /// A hash table with open addressing, at most half full; -1 is empty.
        func slots(in documents: [Tape]) -> [Int32] {
            var slots = [Int32](repeating: -1, count: tableSize(for: values.count))
            let mask = UInt32(slots.count - 1)
            for value in values {
                var at = documents[document].nodes[value].fingerprint & mask
                while slots[Int(at)] >= 0 { at = (at + 1) & mask }
                slots[Int(at)] = Int32(value)
            }
            return slots
        }
    }

    mutating func addKey(_ name: String) -> KeyText {
        defer { keyBytes.append(contentsOf: name.utf8) }
        return KeyText(hash: Fingerprint.of(name), offset: Int32(keyBytes.count), count: Int32(name.utf8.count))
    }

    mutating func addList(_ schemas: [Int]) -> Int {
        defer { lists.append(contentsOf: schemas.map { Int32($0) }) }
        return lists.count
    }

    mutating func addPattern(_ source: String) throws(PatternFault) -> Int {
        let key = Array(source.utf8)
        if let number = patternNumbers[key] { return number }
        patterns.append(try Pattern(source))
        patternNumbers[key] = patterns.count - 1
        return patterns.count - 1
    }
}

extension ObjectPlan {
    /// The hash table of the properties, at most half full.
    var slots: [ObjectTable.Slot] {
        var slots = [ObjectTable.Slot](repeating: .init(), count: tableSize(for: properties.count))
        let mask = UInt32(slots.count - 1)
        for property in properties {
            var at = property.key.hash & mask
            while slots[Int(at)].key.count >= 0 { at = (at + 1) & mask }
            slots[Int(at)] = .init(
                key: property.key, schema: property.schema, isNamed: property.schema >= 0,
                isRequired: property.isRequired)
        }
        return slots
    }

    /// The place of a property, added if need be.
    mutating func index(of name: String) -> Int {
        let key = Array(name.utf8)
        if let index = numbers[key] { return index }
        properties.append(Property(name: name))
        numbers[key] = properties.count - 1
        return properties.count - 1
    }
}

/// A power of two that leaves at least half of a table empty.
private func tableSize(for count: Int) -> Int {
    var size = 2
    while size < count * 2 { size *= 2 }
    return size
}
