package import CanonicalJSON
package import ChineseIdentifiers
package import Kernel

/// What a form says about the values that are there so far.
package struct FormCheck: Sendable, Equatable {
    /// The fields that are asked, rows included.
    package let asked: [PackField]
    /// Fields that still want a value. In a draft this is not a fault.
    package let due: [PackField]
    /// Fields that may come to be wanted, by answers that were not given yet.
    package let eventually: [PackField]
    /// Needs that one of several papers meets, and of which none was chosen yet.
    package let alternatives: [QualificationChoice]
    /// What is wrong with the values that are there.
    package let findings: [Finding]
    /// The moment from which the same values would be judged otherwise, because a day has come or a paper has run out;
    /// nil if time alone changes nothing.
    package let until: Instant?

    package var isComplete: Bool { due.isEmpty && findings.isEmpty }
}

extension Pack {
    /// Checks values against the form that they themselves choose.
    package func check(_ values: JSONValue, on today: CivilDate) -> FormCheck {
        let form = form(in: values)
        let asked = form.asked(in: values)
        let due = asked.filter { $0.isWanted(in: values) }
        let kept = form.kept(of: values)
        let refusals = refusals(in: values, form)
        var faults = due.isEmpty ? form.schema.faults(in: kept, of: form) : form.schema.faults(inDraft: kept, of: form)
        // The reason why says more than that it is not on the list.
        if !refusals.isEmpty { faults.removeAll { $0.path == PackContent.categoriesPath } }
        let days = asked.compactMap { $0.dayVerdict(in: values, on: today) }
        return FormCheck(
            asked: asked, due: due,
            eventually: form.conditional.filter { $0.isRequired && $0.shown.holds(in: values) == .unknown },
            alternatives: form.choices.filter { values[$0.field.pointer]?.isBlank ?? true },
            findings: refusals + faults + days.compactMap(\.finding), until: days.compactMap(\.until).min())
    }

    /// What may not be chosen, in words that say why; the schema only knows that it is not on the list.
    private func refusals(in values: JSONValue, _ form: PackForm) -> [Finding] {
        unknownSubject(in: values) + refusedCategories(in: values, form)
    }

    private func unknownSubject(in values: JSONValue) -> [Finding] {
        guard let subject = values[["subject", "type"]]?.string, content.subject(subject) == nil else { return [] }
        return [
            Finding(
                path: PackContent.subjectPath, code: "subject.unknown", message: "现在的规则里没有这类主体", hint: "请重新选择主体")
        ]
    }

    private func refusedCategories(in values: JSONValue, _ form: PackForm) -> [Finding] {
        guard let chosen = values[["shop", "categories"]]?.array?.compactMap(\.string) else { return [] }
        return chosen.compactMap { id -> Finding? in
            guard let category = content.category(id) else { return nil }
            if let denied = category.denied {
                return Finding(
                    path: PackContent.categoriesPath, code: "category.denied",
                    message: "\(category.name)不能入驻：\(denied)",
                    hint: "请去掉这个类目")
            }
            guard !category.subjects.contains(form.selection.subject) else {
                return unfitExemption(category, in: values, form)
            }
            let allowed = content.subjects.filter { category.subjects.contains($0.id) }.map(\.name)
            return Finding(
                path: PackContent.categoriesPath, code: "category.subject",
                message: "\(content.subject(form.selection.subject)?.name ?? "这类主体")不能经营\(category.name)",
                hint: "可以经营的主体：\(allowed.joined(separator: "、"))")
        }
    }
}

extension Pack {
    /// Who need not be registered for what he grows may not sell something else under that exemption.
    private func unfitExemption(_ category: PackCategory, in values: JSONValue, _ form: PackForm) -> Finding? {
        guard let field = form.field(at: "/person/exemption"), let chosen = values[field.pointer]?.string,
            !category.exemptions.isEmpty, !category.exemptions.contains(chosen)
        else { return nil }
        let fitting = field.options.filter { category.exemptions.contains($0.value) }.map(\.label)
        return Finding(
            path: field.path, code: "category.exemption",
            message: "“\(field.options.first { $0.value == chosen }?.label ?? chosen)”和\(category.name)对不上",
            hint: "卖\(category.name)的，经营情形选：\(fitting.joined(separator: "、"))")
    }
}

extension PackForm {
    /// The values that the form asks. Hidden ones stay in the draft and out of what is handed in.
    package func kept(of values: JSONValue) -> JSONValue {
        var kept = JSONValue.object(tree.kept(of: values, asking: values))
        try? kept.set(.string(selection.subject), at: subject.pointer, creatingParents: true)
        return kept
    }
}

extension PackField {
    /// Whether a value is still wanted here. A list is wanted by its rows.
    fileprivate func isWanted(in values: JSONValue) -> Bool {
        guard isRequired, kind != .list else { return false }
        return values[pointer]?.isBlank ?? true
    }

    /// What time has to do with a value; nil for values that are no days.
    fileprivate func dayVerdict(in values: JSONValue, on today: CivilDate) -> DayVerdict? {
        if kind == .date || kind == .expiry {
            guard let day = values[pointer]?.string.flatMap(Self.day) else { return nil }
            return kind == .date ? .begun(day, path, on: today) : .lasting(day, path, label, on: today)
        }
        guard format == "resident-id", let text = values[pointer]?.string, let id = try? ResidentID(text) else {
            return nil
        }
        return .born(id.birthDate, path, on: today)
    }
}

/// Whether a day can be what a field says it is, and from when that is judged otherwise.
private struct DayVerdict {
    let finding: Finding?
    let until: Instant?

    static func begun(_ day: CivilDate, _ path: String, on today: CivilDate) -> DayVerdict {
        .notBefore(
            day, otherwise: Finding(path: path, code: "date.future", message: "日期不能晚于今天", hint: "请对照证件再看一眼"),
            on: today)
    }

    static func born(_ day: CivilDate, _ path: String, on today: CivilDate) -> DayVerdict {
        let fault = ResidentID.Fault.futureBirth
        return .notBefore(
            day, otherwise: Finding(path: path, code: fault.code, message: fault.message, hint: fault.hint), on: today)
    }

    static func lasting(_ day: CivilDate, _ path: String, _ label: String, on today: CivilDate) -> DayVerdict {
        guard day < today else {
            return DayVerdict(finding: nil, until: ShanghaiDay(day).start + .seconds(86_400))
        }
        let finding = Finding(path: path, code: "date.expired", message: "\(label)已经过了", hint: "请先换新证，再拍新的照片")
        return DayVerdict(finding: finding, until: nil)
    }

    private static func notBefore(_ day: CivilDate, otherwise finding: @autoclosure () -> Finding, on today: CivilDate)
        -> DayVerdict
    {
        day > today
            ? DayVerdict(finding: finding(), until: ShanghaiDay(day).start) : DayVerdict(finding: nil, until: nil)
    }
}

extension JSONValue {
    /// Nothing was filled in.
    package var isBlank: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let items): items.isEmpty
        case .object(let members): members.isEmpty
        case .bool, .number: false
        }
    }
}
