import CanonicalJSON

/// Keywords that combine schemas.
extension Judge {
    mutating func judgeLogic(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        switch site.step.opcode {
        case .allOf:
            var verdict = Verdict.accepted
            for schema in schemas(site) { verdict = verdict && judgeInPlace(schema, index, &marks) }
            return verdict
        case .not:
            let verdict = !quietly { judge in
                var none = Marks.none
                return judge.judge(site.step.a, index, &none)
            }
            if !verdict.passes {
                report(verdict.outlook == .never ? .fault : .undecided, site, nil, "填写的内容属于不允许的情形")
            }
            return verdict
        case .conditional: return judgeConditional(site, index, &marks)
        default: return judgeChoice(site, index, &marks)
        }
    }

    private func schemas(_ site: Site) -> [Int32] {
        (Int(site.step.a)..<Int(site.step.a + site.step.b)).map { program.lists.base[$0] }
    }

    /// While `if` is open, neither `then` nor `else` asks for anything.
    private mutating func judgeConditional(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        let condition = quietly { $0.judgeInPlace(site.step.a, index, &marks) }
        let chosen = condition.passes ? site.step.b : site.step.c
        if condition.outlook != .open { return chosen >= 0 ? judgeInPlace(chosen, index, &marks) : .accepted }

        var verdicts: [Verdict] = []
        for branch in [site.step.b, site.step.c] {
            guard branch >= 0 else {
                verdicts.append(.accepted)
                continue
            }
            var own = marks.emptyCopy
            let (verdict, reports) = gathering { $0.judge(branch, index, &own) }
            appendEventual(reports)
            verdicts.append(verdict)
            marks.formUnion(own, Verdict(passes: verdict.passes && branch == chosen, outlook: verdict.outlook))
        }
        let passes = verdicts[condition.passes ? 0 : 1].passes
        if !passes { report(.undecided, site, nil, "还有条件未确定，视后续填写的内容而定") }
        let isCertain = verdicts.allSatisfy { $0.outlook == .always }
        return Verdict(passes: passes, outlook: isCertain ? .always : .open)
    }

    /// One branch of a choice, weighed by itself.
    private struct Branch {
        let schema: Int32
        let verdict: Verdict
        let reports: [Report]
    }

    private mutating func judgeChoice(_ site: Site, _ index: Int, _ marks: inout Marks) -> Verdict {
        var branches: [Branch] = []
        for schema in schemas(site) {
            var own = marks.emptyCopy
            let (verdict, reports) = gathering { $0.judge(schema, index, &own) }
            marks.formUnion(own, verdict)
            branches.append(Branch(schema: schema, verdict: verdict, reports: reports))
        }
        let verdict = site.step.opcode == .anyOf ? any(branches) : one(branches)
        for branch in branches where branch.verdict.passes {
            append(branch.reports.filter { if case .warning = $0.kind { true } else { false } })
        }
        if !verdict.passes { reportChoice(site, branches, verdict) }
        return verdict
    }

    private func any(_ branches: [Branch]) -> Verdict {
        branches.reduce(.refused) { $0 || $1.verdict }
    }

    private func one(_ branches: [Branch]) -> Verdict {
        let outlooks = branches.map(\.verdict.outlook)
        let passes = branches.count(where: \.verdict.passes) == 1
        let certain = outlooks.count { $0 == .always }
        let open = outlooks.count { $0 == .open }
        if certain > 1 || (certain == 0 && open == 0) { return Verdict(passes: false, outlook: .never) }
        return Verdict(passes: passes, outlook: certain == 1 && open == 0 ? .always : .open)
    }

    private mutating func reportChoice(_ site: Site, _ branches: [Branch], _ verdict: Verdict) {
        let accepted = branches.count(where: \.verdict.passes)
        if accepted > 0 {
            let kind: Report.Kind = verdict.outlook == .never ? .fault : .undecided
            report(kind, site, nil, "同时符合 \(accepted) 种填法，只能符合其中一种")
            return
        }
        let possible = branches.filter { $0.verdict.outlook > .never }
        if possible.isEmpty {
            // When the others speak of something else (another kind, another type), one branch is what is meant.
            let meant = branches.filter { branch in !branch.reports.contains { isDistinguishing($0, site) } }
            if meant.count == 1, !meant[0].reports.isEmpty {
                append(meant[0].reports)
            } else {
                report(.fault, site, nil, "不符合任何一种允许的填法")
            }
        } else if possible.count == 1 {
            append(possible[0].reports)
        } else {
            reportAlternatives(site, possible)
        }
    }

    private mutating func reportAlternatives(_ site: Site, _ branches: [Branch]) {
        let found = branches.map { branch in
            DraftAlternatives.Branch(
                schema: JSONPointer(tokens: program.pointer(of: Int(branch.schema))),
                missing: branch.reports.of(.missing).unique)
        }
        report(.alternatives(found), site, nil, "有多种填法，任选其一")
        for branch in branches { appendEventual(branch.reports) }
    }

    private func isDistinguishing(_ report: Report, _ site: Site) -> Bool {
        guard report.isFault else { return false }
        switch report.error.keyword {
        case "const", "enum": return true
        case "type": return report.error.instance.tokens.count == path.count
        default: return false
        }
    }
}
