import CanonicalJSON

/// One thing that a judge has noticed.
struct Report {
    enum Kind {
        case fault, warning, missing, eventual, undecided
        case alternatives([DraftAlternatives.Branch])
    }

    var kind: Kind
    let error: SchemaError

    var isFault: Bool { if case .fault = kind { true } else { false } }
    var isMissing: Bool { if case .missing = kind { true } else { false } }
    var isEventual: Bool { if case .eventual = kind { true } else { false } }
}

extension [Report] {
    /// The errors of one kind that has no payload.
    func of(_ kind: Report.Kind) -> [SchemaError] {
        compactMap { report in
            switch (kind, report.kind) {
            case (.fault, .fault), (.warning, .warning), (.missing, .missing), (.eventual, .eventual),
                (.undecided, .undecided):
                report.error
            default: nil
            }
        }
    }

    var draftFindings: DraftFindings {
        var findings = DraftFindings()
        findings.errors = of(.fault)
        findings.warnings = of(.warning)
        findings.missing = of(.missing).unique
        let missing = Set(findings.missing.map(\.instance))
        findings.eventually = of(.eventual).filter { !missing.contains($0.instance) }.unique
        findings.undecided = of(.undecided)
        findings.alternatives = compactMap { report in
            guard case .alternatives(let branches) = report.kind else { return nil }
            return DraftAlternatives(instance: report.error.instance, schema: report.error.schema, branches: branches)
        }
        return findings
    }
}

extension [SchemaError] {
    /// The first of those that are about the same place: several keywords may ask for one value.
    var unique: [SchemaError] {
        var seen: Set<JSONPointer> = []
        return filter { seen.insert($0.instance).inserted }
    }
}
