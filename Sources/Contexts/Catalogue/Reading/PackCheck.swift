/// Looks for what a pack's parts say against one another, once each of them can be read.
struct PackCheck {
    private let content: PackContent
    private let places: PackPlaces

    init(_ content: PackContent, categories: [PackNode], qualifications: [PackNode], form: PackNode) {
        self.content = content
        places = PackPlaces(categories: categories, qualifications: qualifications, form: form)
    }

    func run() {
        checkConditions()
        checkUse()
        for subject in content.subjects { check(subject) }
        checkForms()
    }

    // MARK: Conditions

    private func checkConditions() {
        let fields = content.template.steps.flatMap(\.groups).flatMap(\.fields)
        for field in fields {
            check(field, drivers: fields)
            for item in field.items { check(item, drivers: field.items) }
        }
    }

    /// A field whose condition can never come true is never asked.
    private func check(_ field: PackField, drivers: [PackField]) {
        for answer in field.shown.conditions.flatMap(\.answers) {
            let node = places.field(field.path)
            guard let driver = drivers.first(where: { $0.path == answer.path }) else {
                node?.fault(.unreachable, "“\(field.label)”等着 \(answer.path) 的回答，可没有这个字段，永远不会问到")
                continue
            }
            guard driver.path != field.path, driver.shown.isAlways else {
                node?.fault(.unreachable, "“\(field.label)”等的“\(driver.label)”自己也要看条件，条件不能一环套一环")
                continue
            }
            guard driver.kind == .choice else {
                node?.fault(.unreachable, "“\(field.label)”等的“\(driver.label)”不是选择题")
                continue
            }
            if !driver.options.contains(where: { $0.value == answer.value }) {
                node?.fault(.unreachable, "“\(driver.label)”没有选项“\(answer.value)”，“\(field.label)”永远不会问到")
            }
        }
    }

    // MARK: Use

    private func checkUse() {
        let needed = Set(content.categories.flatMap(\.needs).flatMap(\.any))
        for paper in content.qualifications where !needed.contains(paper.id) && !paper.isAskedByForm {
            places.qualification(paper.id)?.fault(.unreachable, "没有类目要“\(paper.name)”，永远不会问到")
        }
        for category in content.categories {
            for need in category.needs where !need.subjects.isEmpty && need.subjects.isDisjoint(with: category.subjects)
            {
                places.category(category.id)?.fault(
                    .unreachable, "“\(category.name)”有一项资质只问不能经营它的主体，永远不会问到")
            }
        }
    }

    // MARK: Subjects

    private func check(_ subject: PackSubject) {
        let mine = content.categories.filter { $0.subjects.contains(subject.id) && $0.denied == nil }
        if mine.isEmpty {
            places.form.fault(.impossible, "“\(subject.name)”没有可以经营的类目")
        }
        for type in subject.shopTypes {
            let bare = FormBuilder(content, Selection(subject: subject.id, categories: [], shopType: type)).form()
            check(bare, for: subject)
            let asked = Set(bare.fields.map(\.path))
            for category in mine { check(category, for: subject, selling: bare.selection.shopType, asked) }
        }
    }

    private func check(_ form: PackForm, for subject: PackSubject) {
        if !form.fields.contains(where: { $0.kind == .categories && $0.path == PackContent.categoriesPath }) {
            places.form.fault(.impossible, "“\(subject.name)”选不了类目：表单里没有 \(PackContent.categoriesPath)")
        }
        checkPaths(of: form, for: subject)
        if let reason = form.schema.fault {
            places.form.fault(.impossible, "“\(subject.name)”的表单无法编译：\(reason)")
        }
    }

    private func checkPaths(of form: PackForm, for subject: PackSubject) {
        var seen: Set<String> = []
        let paths = form.fields.map(\.path)
        for path in paths where !seen.insert(path).inserted {
            places.field(path)?.fault(.duplicate, "“\(subject.name)”的表单里 \(path) 问了两次")
        }
        for path in paths {
            if let inner = paths.first(where: { $0.hasPrefix(path + "/") }) {
                places.field(inner)?.fault(.badPath, "\(inner) 在另一个字段 \(path) 的里面")
            }
        }
    }

    /// A rule on the business scope can only be met by who has a licence to show.
    private func check(
        _ category: PackCategory, for subject: PackSubject, selling type: String, _ asked: Set<String>
    ) {
        let selection = Selection(subject: subject.id, categories: [category.id], shopType: type)
        for need in category.needs where need.applies(to: selection) {
            let papers = need.any.compactMap(content.qualification)
            let possible = papers.contains { $0.rule.map { asked.contains($0.path) } ?? true }
            guard !possible, let path = papers.first?.rule?.path else { continue }
            places.category(category.id)?.fault(
                .impossible, "“\(subject.name)”做不到：\(papers.map(\.name).joined(separator: "、")) 要看 \(path)，可这类主体不填这一项")
        }
    }

    // MARK: Categories

    /// The papers of every category make a form that compiles, whoever asks for it first.
    private func checkForms() {
        for category in content.categories where category.denied == nil {
            guard let subject = content.subjects.first(where: { category.subjects.contains($0.id) }) else { continue }
            let selection = Selection(
                subject: subject.id, categories: [category.id], shopType: subject.shopTypes.first ?? "")
            if let reason = FormBuilder(content, selection).form().schema.fault {
                places.category(category.id)?.fault(.impossible, "选了“\(category.name)”的表单无法编译：\(reason)")
            }
        }
    }
}

/// Finds the node that something was read from.
struct PackPlaces {
    let form: PackNode
    private let categories: [String: PackNode]
    private let qualifications: [String: PackNode]
    private let fields: [String: PackNode]

    init(categories: [PackNode], qualifications: [PackNode], form: PackNode) {
        self.form = form
        self.categories = Self.index(categories.flatMap { $0.elements ?? [] }, by: "id", within: "children")
        self.qualifications = Self.index(qualifications, by: "id", within: nil)
        let groups = form.list("steps").flatMap { $0.list("groups") }
        fields = Self.index(
            groups.flatMap { $0.list("fields") + [$0["field"]].compactMap(\.self) }, by: "path", within: "items")
    }

    func category(_ id: String) -> PackNode? { categories[id] }
    func qualification(_ id: String) -> PackNode? { qualifications[id] }
    func field(_ path: String) -> PackNode? { fields[path] ?? form }

    private static func index(_ nodes: [PackNode], by key: String, within children: String?) -> [String: PackNode] {
        var found: [String: PackNode] = [:]
        for node in nodes {
            if let id = node[key]?.text { found[id] = node }
            guard let children else { continue }
            found.merge(index(node.list(children), by: key, within: children)) { first, _ in first }
        }
        return found
    }
}

extension FormTemplate.Group {
    /// All fields of the group, whoever they are asked of.
    var fields: [PackField] {
        switch content {
        case .fields(_, _, let fields): fields.map(\.field)
        case .brands(_, _, let list): [list.field]
        case .qualifications: []
        }
    }
}
