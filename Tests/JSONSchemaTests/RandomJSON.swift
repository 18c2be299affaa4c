import CanonicalJSON

/// Random values out of a small world, so that schemas and documents often meet.
enum RandomJSON {
    static let keys = ["a", "b", "c", "d"]

    static func value(_ chance: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &chance) {
        case 0: .null
        case 1: .bool(.random(using: &chance))
        case 2: .number(JSONNumber(Int64.random(in: -3...12, using: &chance)))
        case 3: JSONNumber(Double(Int.random(in: -40...40, using: &chance)) / 8).map(JSONValue.number) ?? .null
        case 4, 5: .string(["", "a", "bb", "ccc", "中文", "é\n\"\\", "a1b2c3d4e5"].randomElement(using: &chance) ?? "")
        case 6: .array((0..<Int.random(in: 0..<4, using: &chance)).map { _ in value(&chance, depth: depth - 1) })
        default: object(&chance, depth: depth)
        }
    }

    static func object(_ chance: inout SeededGenerator, depth: Int) -> JSONValue {
        var object = JSONObject()
        for key in keys where Bool.random(using: &chance) { object[key] = value(&chance, depth: depth - 1) }
        return .object(object)
    }
}
