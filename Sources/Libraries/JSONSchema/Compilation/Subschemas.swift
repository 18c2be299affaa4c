/// Where schemas stand inside a schema: the keywords whose values are schemas.
enum Subschemas {
    private static let single: Set = [
        "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "items", "contains", "propertyNames",
        "not",
        "if", "then", "else", "contentSchema",
    ]
    private static let lists: Set = ["allOf", "anyOf", "oneOf", "prefixItems"]
    private static let maps: Set = [
        "$defs", "definitions", "properties", "patternProperties", "dependentSchemas", "dependencies",
    ]

    /// The places of the schemas directly inside an object.
    static func places(in tape: TapeView, of index: Int) -> [Int] {
        guard tape.nodes[index].isKind(.object) else { return [] }
        return tape.keys(of: index).flatMap { key in
            let name = tape.string(key)
            let value = tape.nodes[key + 1]
            if single.contains(name) { return [key + 1] }
            if lists.contains(name), value.isKind(.array) { return tape.elements(of: key + 1) }
            if maps.contains(name), value.isKind(.object) { return tape.keys(of: key + 1).map { $0 + 1 } }
            return []
        }
    }
}
