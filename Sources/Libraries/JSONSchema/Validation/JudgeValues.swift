/// Keywords about a value by itself.
extension Judge {
    mutating func judgeValue(_ site: Site, _ index: Int) -> Verdict {
        let value = tape.nodes[index]
        let step = site.step
        switch step.opcode {
        case .refuse: return settle(false, site, "此处不应填写")
        case .type:
            let kinds = ValueKinds(rawValue: UInt8(truncatingIfNeeded: step.a))
            return settle(value.kinds & kinds.rawValue != 0, site, Message.type(kinds))
        case .const: return judgeConst(site, index)
        case .oneOfValues: return judgeEnumeration(site, index)
        case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum:
            return value.isKind(.number) ? judgeBound(site, index) : .accepted
        case .multipleOf:
            guard value.isKind(.number) else { return .accepted }
            let divisor = program.divisors.base[Int(step.a)]
            return settle(
                tape.isNumber(index, multipleOf: divisor), site, "必须是 \(PlainNumber.text(divisor)) 的倍数")
        case .format: return value.isKind(.string) ? judgeFormat(site, index) : .accepted
        default: return value.isKind(.string) ? judgeText(site, index) : .accepted
        }
    }

    private mutating func judgeText(_ site: Site, _ index: Int) -> Verdict {
        let value = tape.nodes[index]
        let characters = UTF8Sequence.characters(tape.bytes + value.low, value.high)
        let size = Int(site.step.a)
        switch site.step.opcode {
        case .minLength: return settle(characters >= size, site, "至少 \(size) 个字，现在 \(characters) 个")
        case .maxLength: return settle(characters <= size, site, "最多 \(size) 个字，现在 \(characters) 个")
        default:
            let pattern = program.patterns[size]
            let matches = pattern.matcher.matches(tape.bytes + value.low, value.high)
            if !matches { report(.fault, site, nil, "格式不正确", hint: "应符合 \(pattern.source)") }
            return .settled(matches)
        }
    }

    private mutating func judgeFormat(_ site: Site, _ index: Int) -> Verdict {
        guard let finding = program.formats[Int(site.step.a)].finding(tape.text(index)) else { return .accepted }
        report(finding.isWarning ? .warning : .fault, site, finding.code, finding.message, hint: finding.hint)
        return .settled(finding.isWarning)
    }

    private mutating func judgeBound(_ site: Site, _ index: Int) -> Verdict {
        let document = program.documentViews.base[Int(site.step.a)]
        let bound = Int(site.step.b)
        let text = document.numberText(bound)
        switch site.step.opcode {
        case .minimum: return settle(!tape.isNumber(index, lessThan: document, bound), site, "不能小于 \(text)")
        case .maximum: return settle(!document.isNumber(bound, lessThan: tape, index), site, "不能大于 \(text)")
        case .exclusiveMinimum: return settle(document.isNumber(bound, lessThan: tape, index), site, "必须大于 \(text)")
        default: return settle(tape.isNumber(index, lessThan: document, bound), site, "必须小于 \(text)")
        }
    }

    private mutating func judgeConst(_ site: Site, _ index: Int) -> Verdict {
        let document = program.documentViews.base[Int(site.step.a)]
        return judgeEquality(site, index, document, [Int(site.step.b)])
    }

    private mutating func judgeEnumeration(_ site: Site, _ index: Int) -> Verdict {
        let document = program.documentViews.base[Int(program.enumerations.base[Int(site.step.a)].document)]
        return judgeEquality(site, index, document, document.elements(of: Int(site.step.b)))
    }

    /// Objects and arrays may still grow into one of the values, or out of it.
    private mutating func judgeEquality(
        _ site: Site, _ index: Int, _ document: TapeView, _ values: [Int]
    ) -> Verdict {
        let passes = values.contains { tape.equals(index, document, $0) }
        if isDraft, tape.nodes[index].isContainer {
            let canPass = passes || values.contains { tape.canGrow(index, into: document, $0) }
            if !passes {
                report(canPass ? .undecided : .fault, site, nil, Message.values(values, document))
            }
            return Verdict(passes: passes, outlook: canPass ? .open : .never)
        }
        return settle(passes, site, Message.values(values, document))
    }

    mutating func judgeCount(_ site: Site, _ index: Int) -> Verdict {
        let count = tape.nodes[index].low
        let size = Int(site.step.a)
        switch site.step.opcode {
        case .maxProperties: return open(settle(count <= size, site, "最多 \(size) 个字段，现在 \(count) 个"))
        case .maxItems: return open(settle(count <= size, site, "最多 \(size) 项，现在 \(count) 项"))
        default:
            if count >= size { return .accepted }
            let isArray = site.step.opcode == .minItems
            if isArray, isDraft {
                path.append(.element(count))
                defer { path.removeLast() }
                return lack(site, "至少 \(size) 项，现在 \(count) 项")
            }
            return lack(site, isArray ? "至少 \(size) 项，现在 \(count) 项" : "至少 \(size) 个字段，现在 \(count) 个")
        }
    }

    /// Something is not there: a fault of a whole document, missing from a draft.
    mutating func lack(_ site: Site, _ message: @autoclosure () -> String, keyword: Keyword? = nil) -> Verdict {
        report(isDraft ? .missing : .fault, site, nil, message(), keyword: keyword)
        return Verdict(passes: false, outlook: isDraft ? .open : .never)
    }

    /// Rows that are alike for now may still come to differ.
    mutating func judgeUniqueness(_ site: Site, _ index: Int) -> Verdict {
        spend(tape.nodes[index].high - index)
        guard let (first, second) = tape.firstDuplicate(of: index) else { return open(.accepted) }
        let places = tape.elements(of: index)
        let (one, other) = (places.firstIndex(of: first) ?? 0, places.firstIndex(of: second) ?? 0)
        let isFinal = !isDraft || tape.hasSettledDuplicates(index)
        report(isFinal ? .fault : .undecided, site, nil, "第 \(other + 1) 项与第 \(one + 1) 项重复")
        return Verdict(passes: false, outlook: isFinal ? .never : .open)
    }
}

extension TapeView {
    /// Whether additions can turn a value into another.
    func canGrow(_ index: Int, into other: TapeView, _ otherIndex: Int) -> Bool {
        let (a, b) = (nodes[index], other.nodes[otherIndex])
        guard a.isContainer, a.kinds == b.kinds else { return equals(index, other, otherIndex) }
        guard a.low <= b.low else { return false }
        if a.isKind(.array) {
            return zip(elements(of: index), other.elements(of: otherIndex)).allSatisfy { canGrow($0, into: other, $1) }
        }
        var places: [[UInt8]: Int] = [:]
        for key in other.keys(of: otherIndex) { places[Array(other.text(key))] = key + 1 }
        return keys(of: index).allSatisfy { key in
            places[Array(text(key))].map { canGrow(key + 1, into: other, $0) } ?? false
        }
    }

    /// Whether two elements without parts are equal: nothing added can part them.
    fileprivate func hasSettledDuplicates(_ index: Int) -> Bool {
        var seen: Set<Plain> = []
        return elements(of: index).contains { element in
            let node = nodes[element]
            guard !node.isContainer else { return false }
            let plain = Plain(
                kinds: node.kinds, isTrue: node.has(TapeNode.isTrue),
                text: node.isKind(.string) ? Array(text(element)) : [],
                number: node.isKind(.number) ? decimal(element) : nil)
            return !seen.insert(plain).inserted
        }
    }
}

/// A value without parts. Texts are told apart byte by byte, which `String` does not do.
private struct Plain: Hashable {
    let kinds: UInt8
    let isTrue: Bool
    let text: [UInt8]
    let number: DecimalText?
}
