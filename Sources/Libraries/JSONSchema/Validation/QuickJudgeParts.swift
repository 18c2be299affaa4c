/// Members and elements of a value, and schemas that are only tried.
extension QuickJudge {
    mutating func acceptsMembers(
        _ plan: UnsafePointer<ObjectTable>, _ value: TapeNode, _ index: Int, _ marks: QuickMarks?
    ) -> Bool {
        let table = plan.pointee
        let keyBytes = program.keyBytes.base
        let isPlain = table.patternCount == 0 && table.names < 0 && marks == nil
        var required = table.requiredCount
        var at = index + 1
        var place = 0
        let end = value.high
        while at < end {
            let key = instance.nodes[at]
            var slot = key.hash & table.mask
            var schema: Int32 = -1
            var isNamed = false
            while true {
                let entry = table.slots + Int(slot)
                let count = entry.pointee.key.count
                if count < 0 { break }
                if entry.pointee.key.hash == key.hash, Int(count) == key.high,
                    sameBytes(keyBytes + Int(entry.pointee.key.offset), instance.bytes + key.low, key.high)
                {
                    schema = entry.pointee.schema
                    isNamed = entry.pointee.isNamed
                    if entry.pointee.isRequired { required &-= 1 }
                    break
                }
                slot = (slot &+ 1) & table.mask
            }
            if isPlain {
                if !isNamed { schema = table.additional }
                if schema >= 0 { guard accepts(schema, at + 1, nil) else { return false } }
            } else {
                guard acceptsMember(table, at, place, schema, marks) else { return false }
            }
            at = instance.end(of: at + 1)
            place += 1
        }
        return required == 0
    }

    /// A member of an object with patterns, rules for keys or someone who wants to know what was evaluated.
    @inline(never)
    mutating func acceptsMember(
        _ table: ObjectTable, _ key: Int, _ place: Int, _ schema: Int32, _ marks: QuickMarks?
    ) -> Bool {
        if table.names >= 0 { guard accepts(table.names, key, nil) else { return false } }
        var isEvaluated = schema >= 0
        if isEvaluated { guard accepts(schema, key + 1, nil) else { return false } }
        let text = instance.text(key)
        budget &-= Int(table.patternCount) &* (text.count >> 5)
        for number in 0..<Int(table.patternCount) {
            let entry = table.patterns[number]
            let matcher = program.matchers.base + Int(entry.pattern)
            guard let start = text.baseAddress, matcher.pointee.matches(start, text.count) else { continue }
            isEvaluated = true
            guard accepts(entry.schema, key + 1, nil) else { return false }
        }
        if !isEvaluated, table.additional >= 0 {
            isEvaluated = true
            guard accepts(table.additional, key + 1, nil) else { return false }
        }
        if isEvaluated { marks?.insert(place) }
        return true
    }

    mutating func acceptsElements(
        _ plan: ArrayPlan, _ value: TapeNode, _ index: Int, _ marks: QuickMarks?
    ) -> Bool {
        var at = index + 1
        var place = 0
        let end = value.high
        while at < end {
            let schema = place < plan.count ? program.lists.base[Int(plan.first) + place] : plan.rest
            if schema < 0 { return true }
            guard accepts(schema, at, nil) else { return false }
            marks?.insert(place)
            at = instance.end(of: at)
            place += 1
        }
        return true
    }

    @inline(never)
    mutating func contains(
        _ plan: ContainsPlan, _ value: TapeNode, _ index: Int, _ marks: QuickMarks?
    ) -> Bool {
        var found = 0
        var at = index + 1
        var place = 0
        while at < value.high {
            if accepts(plan.schema, at, nil) {
                found += 1
                marks?.insert(place)
            }
            at = instance.end(of: at)
            place += 1
        }
        return found >= plan.least && found <= plan.most
    }

    private func has(_ key: KeyText, _ index: Int) -> Bool {
        instance.valueOf(key, program.keyBytes.base, in: index) != nil
    }

    @inline(never)
    mutating func meetsDependencies(_ step: Instruction, _ index: Int, _ marks: QuickMarks?) -> Bool {
        for number in Int(step.a)..<Int(step.a + step.b) {
            let dependency = program.dependencies.base[number]
            guard has(dependency.key, index) else { continue }
            for place in Int(dependency.first)..<Int(dependency.first + dependency.count) {
                guard has(program.keys.base[place], index) else { return false }
            }
            if dependency.schema >= 0 { guard accepts(dependency.schema, index, marks) else { return false } }
        }
        return true
    }

    /// Applies a schema to the children that nothing has evaluated. `offset` is 1 for members, whose keys come first.
    @inline(never)
    mutating func acceptsUnmarked(
        _ schema: Int32, _ value: TapeNode, _ index: Int, _ marks: QuickMarks?, _ offset: Int
    ) -> Bool {
        guard let marks else { return true }
        var at = index + 1
        var place = 0
        while at < value.high {
            if !marks.contains(place) {
                guard accepts(schema, at + offset, nil) else { return false }
                marks.insert(place)
            }
            at = instance.end(of: at + offset)
            place += 1
        }
        return true
    }
}

/// Schemas on the same value whose failure is no failure yet: what they have marked counts only if they accept.
extension QuickJudge {
    @inline(__always)
    mutating func isolated(_ schema: Int32, _ index: Int, _ marks: QuickMarks?) -> Bool {
        guard let marks else { return accepts(schema, index, nil) }
        return isolatedMarking(schema, index, marks)
    }

    @inline(never)
    mutating func isolatedMarking(_ schema: Int32, _ index: Int, _ marks: QuickMarks) -> Bool {
        let own = marks.emptyCopy()
        defer { own.free() }
        guard accepts(schema, index, own) else { return false }
        marks.formUnion(own)
        return true
    }

    mutating func acceptsAny(_ step: Instruction, _ index: Int, _ marks: QuickMarks?) -> Bool {
        var isAccepted = false
        for place in Int(step.a)..<Int(step.a + step.b) where isolated(program.lists.base[place], index, marks) {
            isAccepted = true
            if marks == nil { return true }
        }
        return isAccepted
    }

    mutating func acceptsOne(_ step: Instruction, _ index: Int, _ marks: QuickMarks?) -> Bool {
        var accepted = 0
        for place in Int(step.a)..<Int(step.a + step.b) where isolated(program.lists.base[place], index, marks) {
            accepted += 1
            if accepted > 1 { return false }
        }
        return accepted == 1
    }
}
