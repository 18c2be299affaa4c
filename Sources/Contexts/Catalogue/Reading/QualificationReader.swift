import ChineseIdentifiers

/// Reads the papers that may be asked for.
struct QualificationReader {
    let book: PackBook

    func qualifications(in nodes: [PackNode]) -> [Qualification] {
        var seen: Set<String> = []
        return nodes.map { qualification($0, &seen) }
    }

    private func qualification(_ node: PackNode, _ seen: inout Set<String>) -> Qualification {
        node.allows([
            "id", "name", "help", "number", "validity", "pictures", "check", "rule", "promise", "examples", "minutes",
            "source", "askedBy",
        ])
        let number = node["number"].map(number)
        let pictures = pictures(of: node)
        let rule = node["rule"].map(rule)
        let promise = node.optional("promise")
        let isAskedByForm = node.optional("askedBy") == "form"
        if number == nil, pictures.isEmpty, rule == nil, promise == nil, !isAskedByForm {
            node.fault(.impossible, "这项资质什么都没要：没有编号、照片、经营范围规则，也没有承诺")
        }
        if let number { check(examples: node, against: number) }
        return Qualification(
            id: node.id(among: &seen), name: node.string("name"), help: node.optional("help"), number: number,
            validity: validity(of: node), pictures: pictures, check: node.optional("check"), rule: rule,
            promise: promise, minutes: node.integer("minutes", in: 0...120, default: 1),
            source: book.source(of: node), isAskedByForm: isAskedByForm)
    }

    private func number(_ node: PackNode) -> Qualification.Number {
        node.allows(["label", "format", "hint", "least", "most"])
        let format = node.string("format")
        if format != "free", !format.isEmpty, IdentifierGrammar.named(format) == nil {
            node["format"]?.fault(.unknownName, "没有叫“\(format)”的编号格式")
        }
        let least = node.integer("least", in: 1...200, default: 2)
        let most = node.integer("most", in: 1...200, default: 60)
        if least > most { node.fault(.impossible, "最少 \(least) 个字，却最多 \(most) 个字：没有内容能同时满足") }
        return Qualification.Number(
            label: node.string("label"), format: format == "free" ? nil : format, hint: node.optional("hint"),
            least: least, most: most)
    }

    private func validity(of node: PackNode) -> Qualification.Validity {
        guard let text = node.optional("validity") else { return .none }
        guard let validity = Qualification.Validity(rawValue: text) else {
            node["validity"]?.fault(.outOfRange, "“validity”应为 dated（到期日）、open（到期日或长期）或 none")
            return .none
        }
        return validity
    }

    private func pictures(of node: PackNode) -> [Qualification.Picture] {
        var seen: Set<String> = []
        return node.list("pictures").map { picture in
            picture.allows(["id", "label", "hint", "good", "bad", "optional"])
            let examples = picture["good"].map { _ in
                PictureExamples(good: picture.string("good"), bad: picture.string("bad"))
            }
            return Qualification.Picture(
                id: picture.id(among: &seen), label: picture.string("label"), hint: picture.optional("hint"),
                examples: examples, isRequired: !picture.flag("optional"))
        }
    }

    private func rule(_ node: PackNode) -> Qualification.ScopeRule {
        node.allows(["path", "contains", "otherwise"])
        let words = node.names("contains").map(\.name)
        if words.isEmpty { node.fault(.impossible, "“contains”一个词都没有，什么经营范围都不会通过") }
        return Qualification.ScopeRule(path: node.string("path"), words: words, otherwise: node.string("otherwise"))
    }

    /// The pack's own examples have to agree with the grammar that it names.
    private func check(examples node: PackNode, against number: Qualification.Number) {
        guard let examples = node["examples"] else { return }
        examples.allows(["good", "bad"])
        guard let grammar = number.format.flatMap(IdentifierGrammar.named) else { return }
        for (text, element) in examples.names("good") {
            if let fault = grammar.check(text).faults.first {
                element.fault(.wrongExample, "“\(text)”写作正确的例子，却不合格式：\(fault.message)")
            }
        }
        for bad in examples.list("bad") {
            bad.allows(["value", "why"])
            let text = bad.string("value")
            _ = bad.string("why")
            if grammar.check(text).isValid { bad.fault(.wrongExample, "“\(text)”写作错误的例子，却符合格式") }
        }
    }
}
