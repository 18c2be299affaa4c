/// Keywords about the parts of objects and arrays.
extension SchemaReader {
    func objectSteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var plan = ObjectPlan()
        if dialect.hasApplicators {
            for key in try keys(.properties, compiler) ?? [] {
                let index = plan.index(of: tape.string(key))
                plan.properties[index].schema = Int32(try schema(key + 1, &compiler))
            }
            for key in try keys(.patternProperties, compiler) ?? [] {
                let number = try pattern(tape.string(key), "patternProperties", &compiler)
                plan.patterns.append(.init(pattern: Int32(number), schema: Int32(try schema(key + 1, &compiler))))
            }
            plan.additional = Int32(try schema(.additionalProperties, &compiler))
            plan.names = Int32(try schema(.propertyNames, &compiler))
        }
        if dialect.hasValidation, let value = value(.required) {
            for name in try names(value, .required, compiler) {
                plan.properties[plan.index(of: name)].isRequired = true
            }
        }
        guard !plan.properties.isEmpty || !plan.patterns.isEmpty || plan.additional >= 0 || plan.names >= 0 else {
            return []
        }
        for index in plan.properties.indices {
            plan.properties[index].key = compiler.draft.addKey(plan.properties[index].name)
        }
        compiler.draft.objects.append(plan)
        return [Instruction(.object, .properties, compiler.draft.objects.count - 1)]
    }

    func arraySteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var steps: [Instruction] = []
        let prefix = try schemas(.prefixItems, &compiler)
        let rest = try schema(.items, &compiler)
        if prefix != nil || rest >= 0 {
            let (first, count) = prefix ?? (0, 0)
            compiler.draft.arrays.append(ArrayPlan(first: Int32(first), count: Int32(count), rest: Int32(rest)))
            steps.append(Instruction(.array, .items, compiler.draft.arrays.count - 1))
        }
        let contained = try schema(.contains, &compiler)
        if contained >= 0 {
            let least = dialect.hasValidation ? try size(.minContains, compiler) ?? 1 : 1
            let most = dialect.hasValidation ? try size(.maxContains, compiler) ?? Int(Int32.max) : Int(Int32.max)
            compiler.draft.contains.append(
                ContainsPlan(schema: Int32(contained), least: Int32(least), most: Int32(most)))
            steps.append(Instruction(.contains, .contains, compiler.draft.contains.count - 1))
        }
        return steps
    }

    /// `dependencies` of earlier drafts means the same two things and is read too.
    func dependencySteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        let first = compiler.draft.dependencies.count
        for keyword in [Keyword.dependentRequired, .dependentSchemas, .dependencies]
        where keyword == .dependentRequired ? dialect.hasValidation : dialect.hasApplicators {
            for key in try keys(keyword, compiler) ?? [] {
                let isList = tape.nodes[key + 1].isKind(.array)
                if keyword == .dependentRequired, !isList { throw fault(keyword, "的值必须是列表", compiler) }
                var asked: [KeyText] = []
                var schema = -1
                if isList, keyword != .dependentSchemas {
                    for name in try names(key + 1, keyword, compiler) { asked.append(compiler.draft.addKey(name)) }
                } else {
                    schema = try self.schema(key + 1, &compiler)
                }
                compiler.draft.dependencies.append(
                    Dependency(
                        key: compiler.draft.addKey(tape.string(key)), first: Int32(compiler.draft.keys.count),
                        count: Int32(asked.count), schema: Int32(schema), keyword: keyword))
                compiler.draft.keys += asked
            }
        }
        let count = compiler.draft.dependencies.count - first
        return count > 0 ? [Instruction(.dependent, .dependentRequired, first, count)] : []
    }

    func referenceSteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var steps: [Instruction] = []
        if let reference = try compiler.sources.text("$ref", of: place) {
            let (target, _) = try compiler.sources.resolve(reference, from: place, "$ref")
            steps.append(Instruction(.reference, .ref, try compiler.number(of: target)))
        }
        if let reference = try compiler.sources.text("$dynamicRef", of: place) {
            let (target, anchor) = try compiler.sources.resolve(reference, from: place, "$dynamicRef")
            let number = try compiler.number(of: target)
            // Dynamic only when it begins at a dynamic anchor of that name; otherwise like $ref.
            if let anchor, compiler.sources.dynamicAnchors.contains(where: { $0.place == target && $0.name == anchor })
            {
                let name = compiler.number(ofAnchor: anchor)
                steps.append(Instruction(.dynamicReference, .dynamicRef, number, name))
            } else {
                steps.append(Instruction(.reference, .dynamicRef, number))
            }
        }
        return steps
    }

    func logicSteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var steps: [Instruction] = []
        for (opcode, keyword) in [(Opcode.allOf, Keyword.allOf), (.anyOf, .anyOf), (.oneOf, .oneOf)] {
            if let (first, count) = try schemas(keyword, &compiler) {
                steps.append(Instruction(opcode, keyword, first, count))
            }
        }
        let excluded = try schema(.not, &compiler)
        if excluded >= 0 { steps.append(Instruction(.not, .not, excluded)) }
        let condition = try schema(.if, &compiler)
        // Compiled even when nothing asks for them: they may be referred to, and their faults should be found.
        let then = try schema(.then, &compiler)
        let otherwise = try schema(.else, &compiler)
        if condition >= 0 { steps.append(Instruction(.conditional, .if, condition, then, otherwise)) }
        return steps
    }

    func unevaluatedSteps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var steps: [Instruction] = []
        let items = try schema(.unevaluatedItems, &compiler)
        if items >= 0 { steps.append(Instruction(.unevaluatedItems, .unevaluatedItems, items)) }
        let properties = try schema(.unevaluatedProperties, &compiler)
        if properties >= 0 {
            steps.append(Instruction(.unevaluatedProperties, .unevaluatedProperties, properties))
        }
        return steps
    }
}
