/// One step of a compiled schema, in 16 bytes. What `a`, `b` and `c` mean stands at the opcode.
struct Instruction {
    let opcode: Opcode
    let keyword: Keyword
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0

    init(_ opcode: Opcode, _ keyword: Keyword, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
        self.opcode = opcode
        self.keyword = keyword
        self.a = Int32(clamping: a)
        self.b = Int32(clamping: b)
        self.c = Int32(clamping: c)
    }
}

/// What an instruction does. "Schema" is the number of a compiled schema, "constant" a document and a place in it.
enum Opcode: UInt8 {
    /// Refuses everything: the schema `false`.
    case refuse
    /// a: bits of `ValueKinds`
    case type
    /// a, b: constant
    case const
    /// a: enumeration
    case oneOfValues
    /// a: number of characters
    case minLength
    case maxLength
    /// a, b: constant
    case minimum
    case maximum
    case exclusiveMinimum
    case exclusiveMaximum
    /// a: divisor
    case multipleOf
    /// a: pattern
    case pattern
    /// a: format
    case format
    /// a: number of members or elements
    case minProperties
    case maxProperties
    case minItems
    case maxItems
    case uniqueItems
    /// `properties`, `patternProperties`, `additionalProperties`, `propertyNames` and `required`. a: object plan
    case object
    /// `prefixItems` and `items`. a: array plan
    case array
    /// `contains`, `minContains` and `maxContains`. a: contains plan
    case contains
    /// `dependentRequired` and `dependentSchemas`. a: first dependency, b: number of them
    case dependent
    /// a: schema
    case reference
    /// a: schema without dynamic scope, b: name of the anchor
    case dynamicReference
    /// a: first entry in the list of schemas, b: number of them
    case allOf
    case anyOf
    case oneOf
    /// a: schema
    case not
    /// a: `if`, b: `then` or -1, c: `else` or -1
    case conditional
    /// a: schema
    case unevaluatedItems
    case unevaluatedProperties
}

/// The keywords that can refuse a document.
enum Keyword: UInt8 {
    case none, type, const, `enum`, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum
    case multipleOf, pattern, format, minProperties, maxProperties, minItems, maxItems, uniqueItems
    case properties, patternProperties, additionalProperties, propertyNames, required, prefixItems, items
    case contains, minContains, maxContains, dependentRequired, dependentSchemas, dependencies
    case ref, dynamicRef, allOf, anyOf, oneOf, not, `if`, then, `else`, unevaluatedItems, unevaluatedProperties

    /// The keyword as schemas write it; empty for none.
    var name: String { Self.names[Int(rawValue)] }

    /// The stable code of a fault that the keyword finds.
    var code: String { Self.codes[Int(rawValue)] }

    // Made once: a draft of which a hundred members are absent asks a hundred times.
    private static let names = (0...unevaluatedProperties.rawValue).map { number in
        switch Keyword(rawValue: number) {
        case .ref: "$ref"
        case .dynamicRef: "$dynamicRef"
        case .none?, nil: ""
        case let keyword?: "\(keyword)"
        }
    }

    private static let codes = (0...unevaluatedProperties.rawValue).map { number in
        switch Keyword(rawValue: number) {
        case .ref: "schema.ref"
        case .dynamicRef: "schema.dynamic_ref"
        case .none?, nil: "schema.refused"
        case let keyword?:
            "schema." + keyword.name.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
        }
    }
}

/// One compiled schema.
struct SchemaNode {
    var first: Int32 = 0
    var count: Int32 = 0
    /// The number of the schema resource that it stands in.
    var resource: Int32 = 0
    /// Whether it has `unevaluatedProperties` or `unevaluatedItems`, and so looks at what its own parts have seen.
    var marksOwn = false
}
