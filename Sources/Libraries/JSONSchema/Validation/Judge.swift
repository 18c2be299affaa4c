import CanonicalJSON

/// Says why: gathers what is wrong with a whole document, or what a draft lacks.
///
/// It never stops at the first fault, and in a draft weighs every part both as it is and as it may become.
struct Judge {
    let program: Program
    let tape: TapeView
    let isDraft: Bool
    private(set) var reports: [Report] = []
    private let most: Int
    private(set) var budget: Int
    private var depth = 0
    private var hasGivenUp = false
    private var scope: [Int32] = []
    /// The tokens that lead to schemas that something was said about.
    private var pointers: [Int32: [String]] = [:]
    /// The tokens that lead to the value at hand.
    var path: [Step] = []
    /// Inside a trial, whose outcome alone counts.
    private(set) var isQuiet: Bool

    enum Step {
        case key(Int)
        case element(Int)
        /// A member that is not there.
        case absent(String)
    }

    init(_ program: Program, _ tape: Tape, isDraft: Bool, most: Int, isQuiet: Bool = false) {
        self.program = program
        self.tape = tape.view
        self.isDraft = isDraft
        self.most = most
        self.isQuiet = isQuiet
        // It never stops early, so it needs more than the quick judge.
        budget = 4 * Budget.whole(tape)
    }

    /// Judges the whole document.
    mutating func run() -> Verdict {
        var marks = Marks.none
        let verdict = judge(program.root, 0, &marks)
        if hasGivenUp {
            path = []
            isQuiet = false
            reports = []
            let site = Site(schema: program.root, step: Instruction(.refuse, .none))
            report(.fault, site, "schema.too_costly", "内容过于复杂，无法检查")
        }
        return hasGivenUp ? .refused : verdict
    }

    /// Applies a schema to the value at an index.
    mutating func judge(_ schema: Int32, _ index: Int, _ marks: inout Marks) -> Verdict {
        let node = program.nodes.base[Int(schema)]
        if node.count == 0 { return .accepted }
        budget -= Budget.cost(of: tape.nodes[index])
        guard budget > 0, depth < Budget.deepest, !hasGivenUp else {
            hasGivenUp = true
            return .refused
        }
        depth += 1
        let isEntered = program.isDynamic && scope.last != node.resource
        if isEntered { scope.append(node.resource) }
        defer {
            depth -= 1
            if isEntered { scope.removeLast() }
        }
        guard node.marksOwn else { return judgeSteps(schema, node, index, &marks) }
        var own = Marks(count: tape.nodes[index].isContainer ? tape.nodes[index].low : 0)
        let verdict = judgeSteps(schema, node, index, &own)
        marks.formUnion(own, verdict)
        return verdict
    }

    private mutating func judgeSteps(
        _ schema: Int32, _ node: SchemaNode, _ index: Int, _ marks: inout Marks
    ) -> Verdict {
        var verdict = Verdict.accepted
        for place in Int(node.first)..<Int(node.first + node.count) {
            let site = Site(schema: schema, step: program.instructions.base[place])
            verdict = verdict && judge(site, index, &marks)
        }
        return verdict
    }

    /// Where a keyword stands, for reports.
    struct Site {
        let schema: Int32
        let step: Instruction
    }

    private mutating func judge(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        let value = tape.nodes[index]
        switch site.step.opcode {
        case .refuse, .type, .const, .oneOfValues, .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum,
            .multipleOf, .minLength, .maxLength, .pattern, .format:
            return judgeValue(site, index)
        case .minProperties, .maxProperties:
            return value.isKind(.object) ? judgeCount(site, index) : .accepted
        case .minItems, .maxItems: return value.isKind(.array) ? judgeCount(site, index) : .accepted
        case .uniqueItems: return value.isKind(.array) ? judgeUniqueness(site, index) : .accepted
        case .object: return value.isKind(.object) ? judgeMembers(site, index, &marks) : .accepted
        case .array: return value.isKind(.array) ? judgeElements(site, index, &marks) : .accepted
        case .contains: return value.isKind(.array) ? judgeContained(site, index, &marks) : .accepted
        case .dependent: return value.isKind(.object) ? judgeDependencies(site, index, &marks) : .accepted
        case .reference: return judgeInPlace(site.step.a, index, &marks)
        case .dynamicReference: return judgeInPlace(program.target(of: site.step, scope), index, &marks)
        case .allOf, .anyOf, .oneOf, .not, .conditional: return judgeLogic(site, index, &marks)
        case .unevaluatedItems: return value.isKind(.array) ? judgeUnmarked(site, index, &marks) : .accepted
        case .unevaluatedProperties: return value.isKind(.object) ? judgeUnmarked(site, index, &marks) : .accepted
        }
    }

    /// Applies a schema to the same value; what it marks counts as far as it accepts.
    mutating func judgeInPlace(_ schema: Int32, _ index: Int, _ marks: inout Marks) -> Verdict {
        var own = marks.emptyCopy
        let verdict = judge(schema, index, &own)
        marks.formUnion(own, verdict)
        return verdict
    }

    /// Applies a schema to a child.
    mutating func judgeChild(_ schema: Int32, _ index: Int, _ step: Step) -> Verdict {
        path.append(step)
        defer { path.removeLast() }
        var marks = Marks.none
        return judge(schema, index, &marks)
    }

    /// Weighs a part without reporting anything.
    mutating func quietly(_ weigh: (inout Judge) -> Verdict) -> Verdict {
        let wasQuiet = isQuiet
        isQuiet = true
        defer { isQuiet = wasQuiet }
        return weigh(&self)
    }

    /// Weighs a part and holds back what it reports.
    mutating func gathering(_ weigh: (inout Judge) -> Verdict) -> (verdict: Verdict, reports: [Report]) {
        let outside = reports
        reports = []
        let verdict = weigh(&self)
        let gathered = reports
        reports = outside
        return (verdict, gathered)
    }

    /// The answer of a keyword that nothing added can change; reported when it is no.
    mutating func settle(_ passes: Bool, _ site: Site, _ message: @autoclosure () -> String) -> Verdict {
        if !passes { report(.fault, site, nil, message()) }
        return .settled(passes)
    }

    /// Whether anything may still be added.
    func open(_ verdict: Verdict) -> Verdict {
        isDraft ? Verdict(passes: verdict.passes, outlook: min(verdict.outlook, .open)) : verdict
    }

    mutating func report(
        _ kind: Report.Kind, _ site: Site, _ code: String?, _ message: @autoclosure () -> String, hint: String? = nil,
        keyword: Keyword? = nil
    ) {
        guard !isQuiet, reports.count < most + 1000 else { return }
        budget -= Budget.report
        let keyword = keyword ?? site.step.keyword
        let location = program.locations[Int(site.schema)]
        var tokens = pointers[site.schema] ?? program.pointer(of: Int(site.schema))
        pointers[site.schema] = tokens
        if keyword != .none { tokens.append(keyword.name) }
        var isWarning = false
        if case .warning = kind { isWarning = true }
        reports.append(
            Report(
                kind: kind,
                error: SchemaError(
                    instance: pointer, schema: JSONPointer(tokens: tokens), document: location.uri,
                    keyword: keyword.name, code: code ?? keyword.code, message: message(), hint: hint,
                    isWarning: isWarning)))
    }

    mutating func append(_ more: [Report]) {
        guard !isQuiet else { return }
        spend(more.count)
        reports += more
    }

    mutating func spend(_ cost: Int) { budget -= cost }

    private var pointer: JSONPointer {
        JSONPointer(
            tokens: path.map { step in
                switch step {
                case .key(let index): tape.string(index)
                case .element(let place): String(place)
                case .absent(let name): name
                }
            })
    }
}
