/// Keywords about a value by itself.
extension SchemaReader {
    func valueSteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var steps: [Instruction] = []
        if let kinds = try kinds(compiler) { steps.append(Instruction(.type, .type, Int(kinds.rawValue))) }
        if let value = value(.const) { steps.append(Instruction(.const, .const, place.document, value)) }
        if let value = value(.enum) {
            guard tape.nodes[value].isKind(.array) else { throw fault(.enum, "必须是列表", compiler) }
            compiler.draft.enumerations.append(.init(document: place.document, values: tape.elements(of: value)))
            steps.append(Instruction(.oneOfValues, .enum, compiler.draft.enumerations.count - 1, value))
        }
        for (opcode, keyword) in Self.bounds {
            guard let value = value(keyword) else { continue }
            guard tape.nodes[value].isKind(.number) else { throw fault(keyword, "必须是数", compiler) }
            steps.append(Instruction(opcode, keyword, place.document, value))
        }
        if let value = value(.multipleOf) {
            guard tape.nodes[value].isKind(.number), !tape.nodes[value].has(TapeNode.long),
                ShortNumber(tape.nodes[value]).mantissa > 0
            else { throw fault(.multipleOf, "必须是大于 0、不超过 18 位的数", compiler) }
            compiler.draft.divisors.append(ShortNumber(tape.nodes[value]))
            steps.append(Instruction(.multipleOf, .multipleOf, compiler.draft.divisors.count - 1))
        }
        for (opcode, keyword) in [(Opcode.minLength, Keyword.minLength), (.maxLength, .maxLength)] {
            if let size = try size(keyword, compiler) { steps.append(Instruction(opcode, keyword, size)) }
        }
        if let value = value(.pattern) {
            guard tape.nodes[value].isKind(.string) else { throw fault(.pattern, "必须是文字", compiler) }
            steps.append(Instruction(.pattern, .pattern, try pattern(tape.string(value), "pattern", &compiler)))
        }
        return steps
    }

    private static let bounds: [(Opcode, Keyword)] = [
        (.minimum, .minimum), (.maximum, .maximum), (.exclusiveMinimum, .exclusiveMinimum),
        (.exclusiveMaximum, .exclusiveMaximum),
    ]

    /// The number of a compiled pattern.
    func pattern(
        _ source: String, _ keyword: String, _ compiler: inout SchemaCompiler
    ) throws(SchemaFault) -> Int {
        do throws(PatternFault) {
            return try compiler.draft.addPattern(source)
        } catch {
            throw compiler.sources.fault(.pattern, place, keyword, "正则表达式 \(source) 不可用：\(error.message)")
        }
    }

    private func kinds(_ compiler: SchemaCompiler) throws(SchemaFault) -> ValueKinds? {
        guard let value = value(.type) else { return nil }
        let places = tape.nodes[value].isKind(.array) ? tape.elements(of: value) : [value]
        var kinds: ValueKinds = []
        for place in places {
            let name = tape.nodes[place].isKind(.string) ? tape.string(place) : ""
            guard let kind = Self.kinds[name] else { throw fault(.type, "只能是七种类型名之一或它们的列表", compiler) }
            kinds.formUnion(kind)
        }
        return kinds
    }

    private static let kinds: [String: ValueKinds] = [
        "null": .null, "boolean": .boolean, "number": .number, "integer": .integer, "string": .string, "array": .array,
        "object": .object,
    ]

    func formatSteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        guard let value = value(.format) else { return [] }
        guard tape.nodes[value].isKind(.string) else { throw fault(.format, "必须是文字", compiler) }
        let name = tape.string(value)
        if let check = compiler.options.formats[name] {
            compiler.draft.formats.append(.custom(check))
        } else if compiler.options.assertsFormat || dialect.assertsFormat, let format = StandardFormat(rawValue: name) {
            compiler.draft.formats.append(.standard(format))
        } else {
            return []
        }
        return [Instruction(.format, .format, compiler.draft.formats.count - 1)]
    }

    func countSteps(_ compiler: SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var steps: [Instruction] = []
        let counts: [(Opcode, Keyword)] = [
            (.minProperties, .minProperties), (.maxProperties, .maxProperties), (.minItems, .minItems),
            (.maxItems, .maxItems),
        ]
        for (opcode, keyword) in counts {
            if let size = try size(keyword, compiler) { steps.append(Instruction(opcode, keyword, size)) }
        }
        if let value = value(.uniqueItems) {
            guard tape.nodes[value].isKind(.boolean) else { throw fault(.uniqueItems, "必须是 true 或 false", compiler) }
            if tape.nodes[value].has(TapeNode.isTrue) { steps.append(Instruction(.uniqueItems, .uniqueItems)) }
        }
        return steps
    }
}
