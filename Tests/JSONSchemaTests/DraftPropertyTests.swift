import CanonicalJSON
import Testing

@testable import JSONSchema

/// What must hold between a draft and the whole document it may become, for random schemas and documents.
@Suite("Drafts and whole documents")
struct DraftPropertyTests {
    private static let rounds = 700

    /// Runs a check on random schemas and documents; a failure names the seed.
    private func each(_ check: (Schema, JSONValue, inout SeededGenerator, String) throws -> Void) throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed of random drafts: \(seed)")
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<Self.rounds {
            let source = RandomSchema.schema(&chance, depth: 3)
            let schema = try Schema(source)
            for _ in 0..<4 {
                let value = RandomJSON.object(&chance, depth: 3)
                try check(schema, value, &chance, "seed \(seed): \(source) on \(value)")
            }
        }
    }

    @Test("A draft about which there is nothing to say passes whole validation, and a valid one has no faults")
    func completeness() throws {
        var (silent, valid) = (0, 0)
        try each { schema, value, _, note in
            let document = JSONDocument(value)
            compareJudges(schema, document, note)
            let draft = schema.check(draft: document)
            #expect(schema.refuses(draft: document) == !draft.errors.isEmpty, "\(note)")
            if draft.isSilent {
                silent += 1
                #expect(schema.isValid(document), "\(note)")
            }
            if schema.isValid(document) { valid += 1 }
        }
        #expect(silent > 300 && silent < 4 * Self.rounds - 300, "the schemas are too easy or too hard: \(silent)")
        #expect(valid > 300)
    }

    @Test("A fault of a draft stays one whatever is added")
    func monotony() throws {
        var faults = 0
        try each { schema, value, chance, note in
            var value = value
            var errors = Set(schema.check(draft: JSONDocument(value)).errors.map(Fault.init))
            for _ in 0..<3 {
                value = RandomJSON.grown(value, &chance)
                let later = schema.check(draft: JSONDocument(value)).errors
                let isStillRefused = errors.isEmpty || !later.isEmpty
                #expect(isStillRefused, "\(note), later \(value)")
                // A choice explains itself by one branch or by itself, so only plain keywords are compared one by one.
                let lost = errors.filter { !$0.isPartOfChoice }.subtracting(later.map(Fault.init))
                #expect(lost.isEmpty, "\(note), later \(value): \(lost)")
                faults += errors.count
                errors = Set(later.map(Fault.init))
            }
        }
        #expect(faults > 500)
    }

    @Test("What is missing is really asked for: a document is valid only when all of it is there")
    func necessity() throws {
        try each { schema, value, chance, note in
            let missing = schema.check(draft: JSONDocument(value)).missing
            guard !missing.isEmpty else { return }
            for _ in 0..<3 {
                let later = RandomJSON.grown(value, &chance)
                guard schema.isValid(JSONDocument(later)) else { continue }
                for place in missing where place.keyword == "required" {
                    #expect(later[place.instance] != nil, "\(note), later \(later): \(place.instance)")
                }
            }
        }
    }

    /// What of an error does not depend on counts in its message.
    private struct Fault: Hashable {
        let instance: JSONPointer
        let schema: JSONPointer

        init(_ error: SchemaError) { (instance, schema) = (error.instance, error.schema) }

        var isPartOfChoice: Bool {
            schema.tokens.contains { ["anyOf", "oneOf", "then", "else", "unevaluatedProperties"].contains($0) }
        }
    }
}

extension RandomJSON {
    /// The value with members and elements added at random, at any depth.
    static func grown(_ value: JSONValue, _ chance: inout SeededGenerator) -> JSONValue {
        switch value {
        case .object(let members):
            var object = JSONObject()
            for member in members { object[member.key] = grown(member.value, &chance) }
            for key in keys where object[key] == nil && Int.random(in: 0..<3, using: &chance) == 0 {
                object[key] = self.value(&chance, depth: 2)
            }
            return .object(object)
        case .array(let elements):
            let more = (0..<max(0, Int.random(in: -2..<3, using: &chance))).map { _ in self.value(&chance, depth: 1) }
            return .array(elements.map { grown($0, &chance) } + more)
        default: return value
        }
    }
}
