import CanonicalJSON
import Testing

@testable import JSONSchema

/// A schema from its text.
func schema(_ text: String, assertsFormat: Bool = false, formats: SchemaFormats = SchemaFormats()) throws -> Schema {
    try Schema(JSONDocument(text), options: .init(assertsFormat: assertsFormat, formats: formats))
}

/// The fault of a schema that can't be used.
func fault(_ text: String, registry: SchemaRegistry = SchemaRegistry()) throws -> SchemaFault {
    let document = try JSONDocument(text)
    return try #require(throws: SchemaFault.self) { try Schema(document, options: .init(registry: registry)) }
}

/// The places of errors as text.
func places(_ errors: [SchemaError]) -> [String] { errors.map(\.instance.description) }

/// SplitMix64: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
