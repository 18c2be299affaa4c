/// Keywords about the parts of objects and arrays.
extension Judge {
    mutating func judgeMembers(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        let plan = program.objects[Int(site.step.a)]
        let keys = tape.keys(of: index)
        var verdict = Verdict.accepted
        var isNamed = [Bool](repeating: false, count: keys.count)
        let members = MemberPlaces(keys, of: tape)
        for property in plan.properties {
            guard let place = members.place(of: property.key, program.keyBytes.base) else {
                if property.isRequired { verdict = verdict && lackMember(property.name, site) }
                if property.schema >= 0 { verdict = verdict && outlookOfAbsent(property.schema) }
                continue
            }
            guard property.schema >= 0 else { continue }
            isNamed[place] = true
            verdict = verdict && judgeChild(property.schema, keys[place] + 1, .key(keys[place]))
            marks.insert(place)
        }
        for (place, key) in keys.enumerated() {
            verdict = verdict && judgeMember(plan, site, key, isNamed[place], place, &marks)
        }
        for schema in plan.patterns.map(\.schema) + [plan.additional, plan.names] where schema >= 0 {
            verdict = verdict && outlookOfAbsent(schema)
        }
        return verdict
    }

    mutating func lackMember(_ name: String, _ site: Site, _ message: String? = nil, keyword: Keyword = .required)
        -> Verdict
    {
        if !isQuiet { path.append(.absent(name)) }
        defer { if !isQuiet { path.removeLast() } }
        return lack(site, message ?? "缺少 \(name)", keyword: keyword)
    }

    /// What a schema has to say of members that may still come.
    private func outlookOfAbsent(_ schema: Int32) -> Verdict {
        isDraft && program.nodes.base[Int(schema)].count > 0 ? Verdict(passes: true, outlook: .open) : .accepted
    }

    private mutating func judgeMember(
        _ plan: ObjectPlan, _ site: Site, _ key: Int, _ isNamed: Bool, _ place: Int, _ marks: inout Marks
    ) -> Verdict {
        var verdict = Verdict.accepted
        var isEvaluated = isNamed
        if plan.names >= 0 {
            verdict = judgeChild(plan.names, key, .key(key))
        }
        let text = tape.text(key)
        spend(plan.patterns.count * (text.count >> 5))
        for entry in plan.patterns {
            let matcher = program.matchers.base[Int(entry.pattern)]
            guard let start = text.baseAddress, matcher.matches(start, text.count) else { continue }
            isEvaluated = true
            verdict = verdict && judgeChild(entry.schema, key + 1, .key(key))
        }
        if !isEvaluated, plan.additional >= 0 {
            isEvaluated = true
            verdict = verdict && judgeRest(plan.additional, key, key + 1, .key(key), site, .additionalProperties)
        }
        if isEvaluated { marks.insert(place) }
        return verdict
    }

    /// A part that only the schema for all others speaks of; `false` is said in the keyword's name.
    private mutating func judgeRest(
        _ schema: Int32, _ key: Int, _ index: Int, _ step: Step, _ site: Site, _ keyword: Keyword
    ) -> Verdict {
        let node = program.nodes.base[Int(schema)]
        guard node.count == 1, program.instructions.base[Int(node.first)].opcode == .refuse else {
            return judgeChild(schema, index, step)
        }
        path.append(step)
        defer { path.removeLast() }
        let name = if case .key(let key) = step { "不应有 \(tape.string(key))" } else { "不应有这一项" }
        report(.fault, site, nil, name, keyword: keyword)
        return .refused
    }

    mutating func judgeElements(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        let plan = program.arrays.base[Int(site.step.a)]
        let elements = tape.elements(of: index)
        var verdict = Verdict.accepted
        for (place, element) in elements.enumerated() {
            let isFirst = place < plan.count
            let schema = isFirst ? program.lists.base[Int(plan.first) + place] : plan.rest
            guard schema >= 0 else { break }
            verdict =
                verdict
                && (isFirst
                    ? judgeChild(schema, element, .element(place))
                    : judgeRest(schema, element, element, .element(place), site, .items))
            marks.insert(place)
        }
        for place in min(elements.count, Int(plan.count))..<Int(plan.count) {
            verdict = verdict && outlookOfAbsent(program.lists.base[Int(plan.first) + place])
        }
        return plan.rest >= 0 ? verdict && outlookOfAbsent(plan.rest) : verdict
    }

    mutating func judgeContained(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        let plan = program.contains.base[Int(site.step.a)]
        let (least, most) = (Int(plan.least), Int(plan.most))
        var found = 0
        var certain = 0
        for (place, element) in tape.elements(of: index).enumerated() {
            let verdict = quietly { $0.judgeChild(plan.schema, element, .element(place)) }
            if verdict.passes { found += 1 }
            if verdict.outlook == .always { certain += 1 }
            if verdict.outlook > .never { marks.insert(place, verdict) }
        }
        var verdict = Verdict.accepted
        if found < least {
            path.append(.element(tape.nodes[index].low))
            if !isDraft { path.removeLast() }
            let keyword: Keyword = least > 1 ? .minContains : .contains
            verdict = lack(site, "至少 \(least) 项要符合要求，现在 \(found) 项", keyword: keyword)
            if isDraft { path.removeLast() }
        } else if isDraft, certain < least {
            verdict = Verdict(passes: true, outlook: .open)
        }
        if found > most || certain > most {
            let isFinal = !isDraft || certain > most
            report(
                isFinal ? .fault : .undecided, site, nil, "最多 \(most) 项可以符合要求，现在 \(found) 项", keyword: .maxContains)
            verdict = verdict && Verdict(passes: false, outlook: isFinal ? .never : .open)
        } else if most < Int(Int32.max) {
            verdict = verdict && open(.accepted)
        }
        return verdict
    }

    mutating func judgeDependencies(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        var verdict = Verdict.accepted
        for number in Int(site.step.a)..<Int(site.step.a + site.step.b) {
            let dependency = program.dependencies.base[number]
            let isTriggered = tape.valueOf(dependency.key, program.keyBytes.base, in: index) != nil
            let names = (Int(dependency.first)..<Int(dependency.first + dependency.count)).map {
                program.string(program.keys.base[$0])
            }
            let absent = names.filter { tape.member($0, of: index) == nil }
            let trigger = program.string(dependency.key)
            let weigh = { (judge: inout Judge, marks: inout Marks) -> Verdict in
                var verdict = Verdict.accepted
                for name in absent {
                    let message = "填写了 \(trigger) 时还需要 \(name)"
                    verdict = verdict && judge.lackMember(name, site, message, keyword: dependency.keyword)
                }
                if dependency.schema >= 0 {
                    verdict = verdict && judge.judgeInPlace(dependency.schema, index, &marks)
                }
                return verdict
            }
            if isTriggered {
                verdict = verdict && weigh(&self, &marks)
            } else if isDraft {
                var own = marks.emptyCopy
                let (outlook, reports) = gathering { weigh(&$0, &own) }
                appendEventual(reports)
                marks.formUnion(own, Verdict(passes: false, outlook: outlook.outlook))
                verdict = verdict && Verdict(passes: true, outlook: outlook.outlook == .always ? .always : .open)
            }
        }
        return verdict
    }

    /// What a part that does not count yet would ask for.
    mutating func appendEventual(_ reports: [Report]) {
        append(
            reports.filter { $0.isMissing || $0.isEventual }.map { Report(kind: .eventual, error: $0.error) })
    }

    /// Applies a schema to the children that nothing has evaluated.
    mutating func judgeUnmarked(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        let isObject = tape.nodes[index].isKind(.object)
        let children = isObject ? tape.keys(of: index) : tape.elements(of: index)
        // Which children are evaluated may change with what is added.
        var verdict = outlookOfAbsent(site.step.a)
        for (place, child) in children.enumerated() where place < marks.sure.count {
            if marks.sure[place] { continue }
            let value = isObject ? child + 1 : child
            let step: Step = isObject ? .key(child) : .element(place)
            let mayBeEvaluated = marks.possible[place]
            let (own, reports) = gathering {
                $0.judgeRest(site.step.a, child, value, step, site, site.step.keyword)
            }
            if mayBeEvaluated, isDraft {
                append(reports.map { $0.isFault ? Report(kind: .undecided, error: $0.error) : $0 })
                verdict = verdict && Verdict(passes: own.passes, outlook: .open)
            } else {
                append(reports)
                verdict = verdict && own
            }
        }
        for place in marks.sure.indices { marks.insert(place) }
        return verdict
    }
}

/// Where an object's members stand, found by key.
private struct MemberPlaces {
    private let tape: TapeView
    private let keys: [Int]
    private var places: [UInt32: Int] = [:]
    /// Whether two keys share a fingerprint.
    private var hasTwins = false

    init(_ keys: [Int], of tape: TapeView) {
        (self.tape, self.keys) = (tape, keys)
        places.reserveCapacity(keys.count)
        for (place, key) in keys.enumerated() where places.updateValue(place, forKey: tape.nodes[key].hash) != nil {
            hasTwins = true
        }
    }

    func place(of wanted: KeyText, _ keyBytes: UnsafePointer<UInt8>) -> Int? {
        guard let place = places[wanted.hash] else { return nil }
        if isSame(wanted, keyBytes, keys[place]) { return place }
        return hasTwins ? keys.lastIndex { isSame(wanted, keyBytes, $0) } : nil
    }

    private func isSame(_ wanted: KeyText, _ keyBytes: UnsafePointer<UInt8>, _ key: Int) -> Bool {
        let node = tape.nodes[key]
        return node.hash == wanted.hash && node.high == Int(wanted.count)
            && sameBytes(keyBytes + Int(wanted.offset), tape.bytes + node.low, node.high)
    }
}
