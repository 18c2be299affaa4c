/// Makes the form of one selection: leaves out what is not asked of it and puts in the papers that its categories want.
struct FormBuilder {
    private let content: PackContent
    private let selection: Selection
    private let papers: QualificationFields

    init(_ content: PackContent, _ selection: Selection) {
        self.content = content
        self.selection = selection
        papers = QualificationFields(content, selection)
    }

    func form() -> PackForm {
        let steps = content.template.steps.compactMap(step)
        let subject = PackField(
            path: PackContent.subjectPath, label: "主体", kind: .choice,
            options: content.subjects.filter { $0.id == selection.subject }
                .map { PackOption(value: $0.id, label: $0.name, note: $0.note) })
        return PackForm(
            selection: selection, steps: steps, subject: subject, choices: papers.choices,
            schema: FormSchema(fields: [subject] + steps.flatMap(\.fields), title: content.title))
    }

    private func step(_ step: FormTemplate.Step) -> PackStep? {
        let groups = step.groups.filter { $0.audience.includes(selection) }.flatMap(groups)
        if groups.isEmpty { return nil }
        let hasPapers = step.groups.contains { $0.content == .qualifications }
        return PackStep(
            id: step.id, title: step.title, lead: step.lead, minutes: step.minutes + (hasPapers ? papers.minutes : 0),
            groups: groups)
    }

    private func groups(_ group: FormTemplate.Group) -> [PackGroup] {
        switch group.content {
        case .fields(let title, let hint, let fields):
            let asked = fields.filter { $0.audience.includes(selection) }.map { completed($0.field) }
            return asked.isEmpty ? [] : [PackGroup(title: title, hint: hint, fields: asked)]
        case .qualifications: return papers.groups
        case .brands(let title, let hint, let field):
            guard let reason = brandReason else { return [] }
            return [PackGroup(title: title, hint: hint, fields: [field.field.with(source: reason)])]
        }
    }

    /// Why brands have to be shown, or nil if they need not.
    private var brandReason: String? {
        if let type = content.shopType(selection.shopType), type.needsBrand {
            return "\(type.name)：\(content.cite(type.source))"
        }
        let category = content.categories(of: selection.categories).first { $0.brandRule != nil }
        return category.map { "\($0.name)：\(content.cite($0.brandRule ?? ""))" }
    }

    /// A field of the template with what only the selection knows.
    private func completed(_ field: PackField) -> PackField {
        var options = field.options
        if field.path == PackContent.shopTypePath {
            let kinds = content.subject(selection.subject)?.shopTypes ?? []
            options = content.shopTypes.filter { kinds.contains($0.id) }
                .map { PackOption(value: $0.id, label: $0.name, note: $0.note) }
        } else if field.kind == .categories {
            options = content.categories.filter { $0.denied == nil && $0.subjects.contains(selection.subject) }
                .map { PackOption(value: $0.id, label: $0.name, note: $0.note) }
        }
        var rules = field.rules + papers.rules(for: field.path)
        if field.format == "uscc", let subject = content.subject(selection.subject), !subject.creditCodePrefixes.isEmpty
        {
            rules.append(ContentRule(creditCodesOf: subject))
        }
        return field.with(options: options, rules: rules, source: field.source.map(content.cite))
    }
}
