/// Answers yes or no, as fast as it goes: bare pointers, no allocation unless a schema asks what is unevaluated.
struct QuickJudge {
    let program: Program
    let instance: TapeView
    private let nodes: UnsafePointer<SchemaNode>
    private let instructions: UnsafePointer<Instruction>
    private let isDynamic: Bool
    var budget: Int
    private var depth = 0
    /// Too deep or too costly: the answer is no, whatever `not` makes of it.
    private var hasGivenUp = false
    /// The resources that have been entered, for `$dynamicRef`.
    private var scope: [Int32] = []

    static func accepts(_ program: Program, _ tape: Tape) -> Bool {
        var judge = QuickJudge(program, tape)
        return judge.accepts(program.root, 0, nil) && !judge.hasGivenUp
    }

    private init(_ program: Program, _ tape: Tape) {
        self.program = program
        instance = tape.view
        nodes = program.nodes.base
        instructions = program.instructions.base
        isDynamic = program.isDynamic
        budget = Budget.whole(tape)
    }

    /// Applies a schema to the value at an index. Children that it evaluates are marked, when someone wants to know.
    mutating func accepts(_ schema: Int32, _ index: Int, _ marks: QuickMarks?) -> Bool {
        let node = nodes[Int(schema)]
        if node.count == 0 { return true }
        budget &-= Budget.cost(of: instance.nodes[index])
        depth &+= 1
        defer { depth &-= 1 }
        guard budget > 0, depth < Budget.deepest, !hasGivenUp else {
            hasGivenUp = true
            return false
        }
        if isDynamic { return acceptsInScope(node, index, marks) }
        return node.marksOwn ? acceptsWithOwnMarks(node, index, marks) : run(node, index, marks)
    }

    @inline(never)
    private mutating func acceptsInScope(_ node: SchemaNode, _ index: Int, _ marks: QuickMarks?) -> Bool {
        let isEntered = scope.last != node.resource
        if isEntered { scope.append(node.resource) }
        defer { if isEntered { scope.removeLast() } }
        return node.marksOwn ? acceptsWithOwnMarks(node, index, marks) : run(node, index, marks)
    }

    @inline(never)
    private mutating func acceptsWithOwnMarks(_ node: SchemaNode, _ index: Int, _ marks: QuickMarks?) -> Bool {
        let own = QuickMarks(count: instance.nodes[index].low, isNeeded: instance.nodes[index].isContainer)
        defer { own.free() }
        guard run(node, index, own) else { return false }
        marks?.formUnion(own)
        return true
    }

    private mutating func run(_ node: SchemaNode, _ index: Int, _ marks: QuickMarks?) -> Bool {
        let value = instance.nodes[index]
        var at = Int(node.first)
        let end = at + Int(node.count)
        while at < end {
            let step = instructions[at]
            at += 1
            switch step.opcode {
            case .refuse: return false
            case .type: if value.kinds & UInt8(truncatingIfNeeded: step.a) == 0 { return false }
            case .const:
                guard instance.equals(index, program.documentViews.base[Int(step.a)], Int(step.b)) else { return false }
            case .oneOfValues: guard isListed(value, index, step) else { return false }
            case .minLength, .maxLength: guard hasLength(value, step) else { return false }
            case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum:
                if value.isKind(.number), !isInBounds(value, index, step) { return false }
            case .multipleOf:
                if value.isKind(.number) {
                    guard instance.isNumber(index, multipleOf: program.divisors.base[Int(step.a)]) else { return false }
                }
            case .pattern:
                if value.isKind(.string) {
                    let matcher = program.matchers.base + Int(step.a)
                    guard matcher.pointee.matches(instance.bytes + value.low, value.high) else { return false }
                }
            case .format:
                if value.isKind(.string) {
                    guard program.formats[Int(step.a)].accepts(instance.text(index)) else { return false }
                }
            case .minProperties: if value.isKind(.object), value.low < step.a { return false }
            case .maxProperties: if value.isKind(.object), value.low > step.a { return false }
            case .minItems: if value.isKind(.array), value.low < step.a { return false }
            case .maxItems: if value.isKind(.array), value.low > step.a { return false }
            case .uniqueItems:
                if value.isKind(.array) {
                    budget &-= value.high &- index
                    if instance.firstDuplicate(of: index) != nil { return false }
                }
            case .object:
                if value.isKind(.object) {
                    guard acceptsMembers(program.objectTables.base + Int(step.a), value, index, marks) else {
                        return false
                    }
                }
            case .array:
                if value.isKind(.array) {
                    guard acceptsElements(program.arrays.base[Int(step.a)], value, index, marks) else { return false }
                }
            case .contains:
                if value.isKind(.array) {
                    guard contains(program.contains.base[Int(step.a)], value, index, marks) else { return false }
                }
            case .dependent:
                if value.isKind(.object) { guard meetsDependencies(step, index, marks) else { return false } }
            case .reference: guard accepts(step.a, index, marks) else { return false }
            case .dynamicReference: guard accepts(program.target(of: step, scope), index, marks) else { return false }
            case .allOf:
                for place in Int(step.a)..<Int(step.a + step.b) {
                    guard accepts(program.lists.base[place], index, marks) else { return false }
                }
            case .anyOf: guard acceptsAny(step, index, marks) else { return false }
            case .oneOf: guard acceptsOne(step, index, marks) else { return false }
            case .not: if accepts(step.a, index, nil) { return false }
            case .conditional:
                let next = isolated(step.a, index, marks) ? step.b : step.c
                if next >= 0 { guard accepts(next, index, marks) else { return false } }
            case .unevaluatedItems:
                if value.isKind(.array) { guard acceptsUnmarked(step.a, value, index, marks, 0) else { return false } }
            case .unevaluatedProperties:
                if value.isKind(.object) { guard acceptsUnmarked(step.a, value, index, marks, 1) else { return false } }
            }
        }
        return true
    }
}

/// Values by themselves.
extension QuickJudge {
    @inline(__always)
    private func isListed(_ value: TapeNode, _ index: Int, _ step: Instruction) -> Bool {
        let table = program.enumerations.base + Int(step.a)
        let document = program.documentViews.base[Int(table.pointee.document)]
        let mask = table.pointee.mask
        var at = value.fingerprint & mask
        while true {
            let candidate = table.pointee.slots[Int(at)]
            if candidate < 0 { return false }
            if instance.equals(index, document, Int(candidate)) { return true }
            at = (at &+ 1) & mask
        }
    }

    @inline(__always)
    private func hasLength(_ value: TapeNode, _ step: Instruction) -> Bool {
        guard value.isKind(.string) else { return true }
        let count =
            value.has(TapeNode.ascii)
            ? value.high : UTF8Sequence.characters(instance.bytes + value.low, value.high)
        return step.opcode == .minLength ? count >= step.a : count <= step.a
    }

    @inline(__always)
    private func isInBounds(_ value: TapeNode, _ index: Int, _ step: Instruction) -> Bool {
        let document = program.documentViews.base[Int(step.a)]
        let bound = Int(step.b)
        switch step.opcode {
        case .minimum: return !instance.isNumber(index, lessThan: document, bound)
        case .maximum: return !document.isNumber(bound, lessThan: instance, index)
        case .exclusiveMinimum: return document.isNumber(bound, lessThan: instance, index)
        default: return instance.isNumber(index, lessThan: document, bound)
        }
    }
}
