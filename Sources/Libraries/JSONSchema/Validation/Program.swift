/// A compiled schema: flat tables that nothing changes any more.
///
/// `QuickJudge` answers yes or no from bare pointers into it; `Judge` says why, from the plans. Unchecked because
/// of those pointers: what they point to is written once, when the schema is compiled, and freed with the program.
final class Program: @unchecked Sendable {
    let nodes: Frozen<SchemaNode>
    let instructions: Frozen<Instruction>
    let lists: Frozen<Int32>
    let keys: Frozen<KeyText>
    let keyBytes: Frozen<UInt8>
    let objectTables: Frozen<ObjectTable>
    let arrays: Frozen<ArrayPlan>
    let contains: Frozen<ContainsPlan>
    let dependencies: Frozen<Dependency>
    let enumerations: Frozen<EnumerationTable>
    let divisors: Frozen<ShortNumber>
    let matchers: Frozen<PatternMatcher>
    let documentViews: Frozen<TapeView>

    let objects: [ObjectPlan]
    let patterns: [Pattern]
    let formats: [FormatCheck]
    let documents: [Tape]
    let locations: [SchemaLocation]
    /// Schemas by resource and name of a dynamic anchor.
    let dynamicAnchors: [DynamicAnchor: Int32]
    let isDynamic: Bool
    let root: Int32

    private let owned: [UnsafeRawPointer]

    init(_ draft: ProgramDraft, root: Int) {
        nodes = Frozen(draft.nodes)
        instructions = Frozen(draft.instructions)
        lists = Frozen(draft.lists)
        keys = Frozen(draft.keys)
        keyBytes = Frozen(draft.keyBytes)
        arrays = Frozen(draft.arrays)
        contains = Frozen(draft.contains)
        dependencies = Frozen(draft.dependencies)
        divisors = Frozen(draft.divisors)
        matchers = Frozen(draft.patterns.map(\.matcher))
        documentViews = Frozen(draft.documents.map(\.view))
        var owned: [UnsafeRawPointer] = []
        objectTables = Frozen(
            draft.objects.map { plan in
                let slots = Frozen(plan.slots)
                let patterns = Frozen(plan.patterns)
                owned += [UnsafeRawPointer(slots.base), UnsafeRawPointer(patterns.base)]
                return ObjectTable(
                    slots: slots.base, mask: UInt32(slots.count - 1),
                    requiredCount: Int32(plan.properties.count(where: \.isRequired)), patterns: patterns.base,
                    patternCount: Int32(patterns.count), additional: plan.additional, names: plan.names)
            })
        enumerations = Frozen(
            draft.enumerations.map { values in
                let slots = Frozen(values.slots(in: draft.documents))
                owned.append(UnsafeRawPointer(slots.base))
                return EnumerationTable(
                    slots: slots.base, mask: UInt32(slots.count - 1), document: Int32(values.document))
            })
        self.owned = owned
        objects = draft.objects
        patterns = draft.patterns
        formats = draft.formats
        documents = draft.documents
        locations = draft.locations
        dynamicAnchors = draft.dynamicAnchors
        isDynamic = draft.instructions.contains { $0.opcode == .dynamicReference }
        self.root = Int32(root)
    }

    deinit {
        nodes.free()
        instructions.free()
        lists.free()
        keys.free()
        keyBytes.free()
        objectTables.free()
        arrays.free()
        contains.free()
        dependencies.free()
        enumerations.free()
        divisors.free()
        matchers.free()
        documentViews.free()
        for pointer in owned { pointer.deallocate() }
    }

    // The judges work on bare pointers, so both program and tape must visibly outlive them.

    func accepts(_ tape: Tape) -> Bool {
        withExtendedLifetime((self, tape)) { QuickJudge.accepts(self, tape) }
    }

    func judge(_ tape: Tape, maximumErrors: Int) -> SchemaFindings {
        withExtendedLifetime((self, tape)) {
            var judge = Judge(self, tape, isDraft: false, most: maximumErrors)
            _ = judge.run()
            return SchemaFindings(
                errors: Array(judge.reports.of(.fault).prefix(maximumErrors)), warnings: judge.reports.of(.warning))
        }
    }

    func refuses(draft tape: Tape) -> Bool {
        withExtendedLifetime((self, tape)) {
            var judge = Judge(self, tape, isDraft: true, most: 1, isQuiet: true)
            return judge.run().outlook == .never
        }
    }

    func judge(draft tape: Tape, maximumErrors: Int) -> DraftFindings {
        withExtendedLifetime((self, tape)) {
            var judge = Judge(self, tape, isDraft: true, most: maximumErrors)
            let verdict = judge.run()
            var findings = judge.reports.draftFindings
            findings.isComplete = verdict.passes
            return findings
        }
    }
}

/// Where a compiled schema was written.
struct SchemaLocation {
    let document: Int
    let node: Int
    /// The address of the document; empty for the schema itself when it has none.
    let uri: String
}

struct DynamicAnchor: Hashable {
    let resource: Int32
    let name: Int32
}
