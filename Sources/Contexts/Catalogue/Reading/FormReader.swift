import ChineseIdentifiers

/// Reads the form's steps.
struct FormReader {
    let book: PackBook

    /// The last step, where everything is looked over, is the product's own.
    static let mostSteps = 4

    func template(in file: PackNode) -> FormTemplate {
        file.allows(["steps"])
        let nodes = file.list("steps")
        if nodes.count > Self.mostSteps {
            nodes[Self.mostSteps].fault(.outOfRange, "最多 \(Self.mostSteps) 步，加上“检查并提交”共 5 步")
        }
        if nodes.isEmpty { file.fault(.impossible, "一步都没有，什么也填不了") }
        var seen: Set<String> = []
        return FormTemplate(steps: nodes.map { step($0, &seen) })
    }

    private func step(_ node: PackNode, _ seen: inout Set<String>) -> FormTemplate.Step {
        node.allows(["id", "title", "lead", "minutes", "groups"])
        return FormTemplate.Step(
            id: node.id(among: &seen), title: node.string("title"), lead: node.string("lead"),
            minutes: node.integer("minutes", in: 1...60), groups: node.list("groups").compactMap(group))
    }

    private func group(_ node: PackNode) -> FormTemplate.Group? {
        node.allows(["title", "hint", "fields", "field", "insert", "subjects", "shopTypes"])
        let audience = audience(of: node)
        switch node.optional("insert") {
        case "qualifications": return FormTemplate.Group(content: .qualifications, audience: audience)
        case "brands":
            guard let list = node["field"].map({ field($0) }), list.field.kind == .list else {
                node.fault(.wrongType, "品牌组要有一个 kind: list 的“field”")
                return nil
            }
            return FormTemplate.Group(
                content: .brands(title: node.string("title"), hint: node.optional("hint"), list),
                audience: audience)
        case nil:
            let fields = node.list("fields")
            if fields.isEmpty { node.fault(.impossible, "这一组没有字段") }
            return FormTemplate.Group(
                content: .fields(
                    title: node.string("title"), hint: node.optional("hint"), fields.map { field($0) }),
                audience: audience)
        case let other?:
            node["insert"]?.fault(.unknownName, "“insert”只能是 qualifications 或 brands，不能是“\(other)”")
            return nil
        }
    }

    private func audience(of node: PackNode) -> FormTemplate.Audience {
        FormTemplate.Audience(subjects: book.subjects(of: node), shopTypes: book.shopTypes(of: node))
    }

    func field(_ node: PackNode, isInRow: Bool = false) -> FormTemplate.Field {
        node.allows([
            "path", "label", "kind", "format", "optional", "hint", "least", "most", "reads", "options", "when", "items",
            "good", "bad", "source", "subjects", "shopTypes",
            "personal",
        ])
        let kind = kind(of: node)
        let format = format(of: node, kind)
        let least = node.integer("least", in: 0...1_000_000_000, default: kind == .list ? 1 : kind.isAmount ? 0 : 1)
        let most = node.integer("most", in: 0...1_000_000_000, default: kind.usualMost)
        if least > most { node.fault(.impossible, "最少 \(least)，却最多 \(most)：没有内容能同时满足") }
        let items = node.list("items").map { field($0, isInRow: true).field }
        if kind == .list, !items.contains(where: { $0.isRequired && $0.shown.isAlways }) {
            node.fault(.impossible, "列表里至少要有一个必填项")
        }
        if kind == .list, isInRow { node.fault(.impossible, "列表里不能再套列表") }
        let examples = node["good"].map { _ in PictureExamples(good: node.string("good"), bad: node.string("bad")) }
        return FormTemplate.Field(
            field: PackField(
                path: path(of: node), label: node.string("label"), kind: kind, isRequired: !node.flag("optional"),
                hint: node.optional("hint"), least: least, most: most, reads: node.optional("reads"), format: format,
                options: options(of: node, kind), shown: shown(of: node), items: items, examples: examples,
                source: node["source"].map { _ in book.source(of: node) }, isPrivate: node.flag("personal")),
            audience: audience(of: node))
    }

    private func path(of node: PackNode) -> String {
        let path = node.string("path")
        let tokens = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let isGood =
            path.hasPrefix("/") && !tokens.isEmpty
            && tokens.allSatisfy { token in
                !token.isEmpty
                    && token.utf8.allSatisfy {
                        ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45
                    }
            }
        if !isGood, !path.isEmpty { node["path"]?.fault(.badPath, "“\(path)”不是字段地址；应像 /shop/name") }
        return path
    }

    private func kind(of node: PackNode) -> FieldKind {
        let text = node.string("kind")
        guard let kind = FieldKind(rawValue: text) else {
            if !text.isEmpty { node["kind"]?.fault(.unknownName, "没有“\(text)”这种字段") }
            return .text
        }
        return kind
    }

    private func format(of node: PackNode, _ kind: FieldKind) -> String? {
        let format = node.optional("format")
        if let format, IdentifierGrammar.named(format) == nil {
            node["format"]?.fault(.unknownName, "没有叫“\(format)”的编号格式")
        }
        if kind == .identifier, format == nil { node.fault(.missingText, "kind: identifier 要用“format”说明是哪种编号") }
        return format
    }

    private func options(of node: PackNode, _ kind: FieldKind) -> [PackOption] {
        var seen: Set<String> = []
        let options = node.list("options").map { option in
            option.allows(["value", "label", "note"])
            return PackOption(
                value: option.id("value", among: &seen), label: option.string("label"), note: option.optional("note"))
        }
        if kind == .choice, options.count < 2, node["path"]?.text != PackContent.shopTypePath {
            node.fault(.impossible, "选择题至少要有两个选项")
        }
        return options
    }

    private func shown(of node: PackNode) -> ShowWhen {
        guard let when = node["when"] else { return .always }
        let conditions = (when.elements ?? [when]).map { one in
            one.allows(["path", "is"])
            let path = one.string("path")
            let values = one["is"]?.elements == nil ? [one.string("is")] : one.names("is").map(\.name)
            return ShowWhen.Condition(answers: values.map { ShowWhen.Answer(path: path, value: $0) })
        }
        return ShowWhen(conditions)
    }
}

extension FieldKind {
    fileprivate var isAmount: Bool { self == .number || self == .money }

    fileprivate var usualMost: Int {
        switch self {
        case .number, .money: 1_000_000_000
        case .list: 20
        case .longText: 3_000
        default: 200
        }
    }
}
