/// The papers that a selection's categories want, as questions.
///
/// Needs that another need already meets are left out: who must show a food operation permit need not also say which of
/// three permits he has. A need that several papers can meet becomes a choice, and only the chosen paper is asked.
struct QualificationFields {
    /// One group a paper, and before them one for each choice.
    let groups: [PackGroup]
    let choices: [QualificationChoice]
    let minutes: Int
    private let scopeRules: [(path: String, rule: ContentRule)]

    func rules(for path: String) -> [ContentRule] { scopeRules.filter { $0.path == path }.map(\.rule) }

    init(_ content: PackContent, _ selection: Selection) {
        let needs = EffectiveNeed.all(of: selection, in: content)
        let required = Set(needs.filter { $0.any.count == 1 }.flatMap(\.any))
        var choices: [QualificationChoice] = []
        var wanted: [(paper: Qualification, shown: ShowWhen, need: EffectiveNeed)] = []
        for need in needs where need.any.count == 1 {
            if let paper = content.qualification(need.any[0]) { wanted.append((paper, .always, need)) }
        }
        var alternatives: [String: (conditions: [ShowWhen.Answer], need: EffectiveNeed)] = [:]
        var order: [String] = []
        for need in needs where need.any.count > 1 {
            let papers = need.any.compactMap(content.qualification)
            choices.append(QualificationChoice(need, papers, content))
            for paper in papers where !required.contains(paper.id) {
                let answer = ShowWhen.Answer(path: need.choicePath, value: paper.id)
                if alternatives[paper.id] == nil { order.append(paper.id) }
                alternatives[paper.id, default: ([], need)].conditions.append(answer)
            }
        }
        for id in order {
            guard let paper = content.qualification(id), let entry = alternatives[id] else { continue }
            wanted.append((paper, ShowWhen([.init(answers: entry.conditions)]), entry.need))
        }
        let asked = wanted.filter { !$0.paper.isAskedByForm }
        let papers = asked.compactMap { entry -> PackGroup? in
            let fields = entry.paper.fields(shown: entry.shown, need: entry.need, in: content)
            return fields.isEmpty ? nil : PackGroup(title: entry.paper.name, hint: entry.paper.help, fields: fields)
        }
        self.choices = choices
        groups = choices.map { PackGroup(title: $0.field.label, hint: nil, fields: [$0.field]) } + papers
        minutes = asked.filter { $0.shown.isAlways }.map(\.paper.minutes).reduce(0, +) + choices.count
        scopeRules = asked.compactMap { entry in
            entry.paper.rule.map { rule in
                (
                    rule.path,
                    ContentRule(words: rule.words, otherwise: rule.otherwise, shown: entry.shown)
                )
            }
        }
    }
}

/// What has to be shown after all categories have spoken.
struct EffectiveNeed {
    /// One of these, in the order in which the pack names them.
    let any: [String]
    let categories: [String]
    let source: String

    /// Where the applicant says which of them it is. The same need of other categories has the same address, so that an
    /// answer survives a change of mind about categories.
    var choicePath: String { "/qualifications/choice/" + any.sorted().joined(separator: "-or-") }

    static func all(of selection: Selection, in content: PackContent) -> [EffectiveNeed] {
        var merged: [(key: Set<String>, need: EffectiveNeed)] = []
        for category in content.categories(of: selection.categories) {
            for need in category.needs where need.applies(to: selection) {
                let key = Set(need.any)
                if let known = merged.firstIndex(where: { $0.key == key }) {
                    let before = merged[known].need
                    merged[known].need = EffectiveNeed(
                        any: before.any, categories: before.categories + [category.id], source: before.source)
                } else {
                    merged.append(
                        (key, EffectiveNeed(any: need.any, categories: [category.id], source: need.source)))
                }
            }
        }
        // A narrower need meets every wider one.
        return merged.filter { entry in
            !merged.contains { $0.key.isStrictSubset(of: entry.key) }
        }.map(\.need)
    }
}

extension QualificationChoice {
    fileprivate init(_ need: EffectiveNeed, _ papers: [Qualification], _ content: PackContent) {
        let label = "你用哪一种：" + papers.map(\.name).joined(separator: "、")
        field = PackField(
            path: need.choicePath, label: label, kind: .choice, hint: "有一种就够；选好后只要那一种的材料",
            options: papers.map { PackOption(value: $0.id, label: $0.name, note: $0.help) },
            categories: need.categories, source: content.cite(need.source))
        options = papers.map { paper in
            Option(
                qualification: paper.id, name: paper.name,
                paths: paper.fields(shown: .always, need: need, in: content).map(\.path))
        }
    }
}

extension Qualification {
    /// The questions about this paper.
    fileprivate func fields(shown: ShowWhen, need: EffectiveNeed, in content: PackContent) -> [PackField] {
        let place = "/qualifications/\(id)"
        let cited = content.cite(need.source)
        func field(
            _ path: String, _ label: String, _ kind: FieldKind, hint: String? = nil, least: Int = 1, most: Int = 60,
            format: String? = nil, examples: PictureExamples? = nil, isRequired: Bool = true
        ) -> PackField {
            PackField(
                path: place + path, label: label, kind: kind, isRequired: isRequired, hint: hint, least: least,
                most: most, format: format,
                shown: shown, examples: examples, categories: need.categories, source: cited)
        }
        var fields: [PackField] = []
        if let number {
            fields.append(
                field(
                    "/number", number.label, number.format == nil ? .text : .identifier, hint: number.hint,
                    least: number.least, most: number.most, format: number.format))
        }
        switch validity {
        case .dated:
            fields.append(field("/validTo", "\(name)有效期至", .expiry, hint: "照证上的日期填", format: PackField.dated))
        case .open: fields.append(field("/validTo", "\(name)有效期至", .expiry, hint: "没有到期日的选“长期”"))
        case .none: break
        }
        fields += pictures.map {
            field(
                "/pictures/\($0.id)", $0.label, .picture, hint: $0.hint, most: 64, examples: $0.examples,
                isRequired: $0.isRequired)
        }
        if let promise { fields.append(field("/promise", promise, .consent)) }
        return fields
    }
}
