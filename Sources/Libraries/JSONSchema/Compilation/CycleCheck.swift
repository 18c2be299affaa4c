/// Finds schemas that apply themselves to the same value again, which would never end.
///
/// A `$dynamicRef` is followed to its static target only; for the others the bound on depth remains.
enum CycleCheck {
    static func run(_ draft: ProgramDraft, _ sources: SchemaLibrary, _ places: [SchemaLibrary.Place])
        throws(SchemaFault)
    {
        var state = [UInt8](repeating: 0, count: draft.nodes.count)
        for start in draft.nodes.indices where state[start] == 0 {
            var path: [(schema: Int, next: ArraySlice<Int>)] = [(start, successors(of: start, draft)[...])]
            state[start] = 1
            while let (schema, rest) = path.last {
                guard let next = rest.first else {
                    state[schema] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next = rest.dropFirst()
                if state[next] == 1 {
                    throw sources.fault(.cycle, places[schema], nil, "引用绕回到自身，永远不会结束")
                }
                if state[next] == 0 {
                    state[next] = 1
                    path.append((next, successors(of: next, draft)[...]))
                }
            }
        }
    }

    /// The schemas that a schema applies to the same value.
    private static func successors(of schema: Int, _ draft: ProgramDraft) -> [Int] {
        let node = draft.nodes[schema]
        return draft.instructions[Int(node.first)..<Int(node.first + node.count)].flatMap { step -> [Int] in
            switch step.opcode {
            case .reference, .dynamicReference, .not: [Int(step.a)]
            case .conditional: [step.a, step.b, step.c].filter { $0 >= 0 }.map(Int.init)
            case .allOf, .anyOf, .oneOf: draft.lists[Int(step.a)..<Int(step.a + step.b)].map(Int.init)
            case .dependent:
                draft.dependencies[Int(step.a)..<Int(step.a + step.b)].map { Int($0.schema) }.filter { $0 >= 0 }
            default: []
            }
        }
    }
}
