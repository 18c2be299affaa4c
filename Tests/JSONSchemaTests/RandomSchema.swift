import CanonicalJSON

/// Random schemas over the keys and values of `RandomJSON`, with every keyword that drafts treat in their own way.
enum RandomSchema {
    static func schema(_ chance: inout SeededGenerator, depth: Int) -> JSONValue {
        guard depth > 0 else { return leaf(&chance) }
        var schema: JSONValue = [:]
        for _ in 0..<Int.random(in: 1...3, using: &chance) { add(to: &schema, &chance, depth: depth - 1) }
        return schema
    }

    private static func leaf(_ chance: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<10, using: &chance) {
        case 0:
            [
                "type": .string(
                    ["string", "integer", "number", "null", "boolean", "array", "object"].randomElement(using: &chance)
                        ?? "")
            ]
        case 1: ["type": ["string", "number", "object"]]
        case 2: ["const": RandomJSON.value(&chance, depth: 2)]
        case 3: ["enum": [RandomJSON.value(&chance, depth: 1), 1, "a", RandomJSON.value(&chance, depth: 2)]]
        case 4: ["minimum": .number(JSONNumber(Int64.random(in: -3...6, using: &chance)))]
        case 5: ["multipleOf": [2, 0.5, 3].randomElement(using: &chance) ?? 2]
        case 6: ["minLength": 2, "maxLength": 3]
        case 7: ["pattern": .string(["^a", "[0-9]", "^..$"].randomElement(using: &chance) ?? "")]
        case 8: .bool(Int.random(in: 0..<4, using: &chance) > 0)
        default: [:]
        }
    }

    private static func add(to schema: inout JSONValue, _ chance: inout SeededGenerator, depth: Int) {
        let sub = { (chance: inout SeededGenerator) in RandomSchema.schema(&chance, depth: depth) }
        let count = JSONValue.number(JSONNumber(Int64.random(in: 0...3, using: &chance)))
        switch Int.random(in: 0..<24, using: &chance) {
        case 0...3: schema["properties"] = members(&chance, sub)
        case 4, 5: schema["required"] = names(&chance)
        case 6: schema["additionalProperties"] = sub(&chance)
        case 7: schema["patternProperties"] = ["^[ab]$": sub(&chance)]
        case 8: schema["propertyNames"] = ["enum": ["a", "b", "c"]]
        case 9: schema[["minProperties", "maxProperties"].randomElement(using: &chance) ?? ""] = count
        case 10: schema["dependentRequired"] = ["a": names(&chance)]
        case 11: schema["dependentSchemas"] = ["b": sub(&chance)]
        case 12: schema["items"] = sub(&chance)
        case 13: schema["prefixItems"] = [sub(&chance), sub(&chance)]
        case 14:
            schema["contains"] = sub(&chance)
            if Bool.random(using: &chance) { schema["maxContains"] = count }
            if Bool.random(using: &chance) { schema["minContains"] = count }
        case 15: schema[["minItems", "maxItems"].randomElement(using: &chance) ?? ""] = count
        case 16: schema["uniqueItems"] = true
        case 17: schema["not"] = sub(&chance)
        case 18, 19:
            schema["if"] = sub(&chance)
            schema["then"] = sub(&chance)
            if Bool.random(using: &chance) { schema["else"] = sub(&chance) }
        case 20: schema["allOf"] = [sub(&chance), sub(&chance)]
        case 21: schema["anyOf"] = [sub(&chance), sub(&chance)]
        case 22: schema["oneOf"] = [sub(&chance), sub(&chance)]
        default:
            schema[["unevaluatedProperties", "unevaluatedItems"].randomElement(using: &chance) ?? ""] = sub(&chance)
        }
    }

    private static func members(
        _ chance: inout SeededGenerator, _ sub: (inout SeededGenerator) -> JSONValue
    ) -> JSONValue {
        var object = JSONObject()
        for key in RandomJSON.keys where Bool.random(using: &chance) { object[key] = sub(&chance) }
        return .object(object)
    }

    private static func names(_ chance: inout SeededGenerator) -> JSONValue {
        .array(RandomJSON.keys.filter { _ in Bool.random(using: &chance) }.map(JSONValue.string))
    }
}
