/// What changes about one paper, whoever has to show it.
struct PaperChanges {
    let change: RuleChange?

    /// Papers that come or go are told by the categories that ask for them.
    init(from old: (Qualification?, PackContent), to new: (Qualification?, PackContent)) {
        guard let before = old.0, let after = new.0 else {
            change = nil
            return
        }
        let sentences = Self.sentences(before, after)
        change =
            sentences.isEmpty ? nil : RuleChange(kind: .changed, id: after.id, name: after.name, sentences: sentences)
    }

    private static func sentences(_ old: Qualification, _ new: Qualification) -> [String] {
        (old.name == new.name ? [] : ["原来叫“\(old.name)”"]) + numbers(old.number, new.number)
            + (old.validity == new.validity ? [] : ["有效期：\(new.validity.words)"]) + pictures(old, new)
            + scope(old.rule, new.rule) + promise(old.promise, new.promise)
    }

    private static func numbers(_ old: Qualification.Number?, _ new: Qualification.Number?) -> [String] {
        switch (old, new) {
        case (nil, let number?): ["新增要填：\(number.label)"]
        case (let number?, nil): ["不再要填：\(number.label)"]
        case (let before?, let after?):
            (before.format == after.format ? [] : ["\(after.label)的格式有变化" + (after.hint.map { "：\($0)" } ?? "")])
                + (before.least == after.least && before.most == after.most
                    ? [] : ["\(after.label)的字数由 \(before.least)–\(before.most) 改为 \(after.least)–\(after.most)"])
        case (nil, nil): []
        }
    }

    private static func pictures(_ old: Qualification, _ new: Qualification) -> [String] {
        let (before, after) = (Set(old.pictures.map(\.id)), Set(new.pictures.map(\.id)))
        return new.pictures.filter { !before.contains($0.id) }.map { "新增要拍：\($0.label)" }
            + old.pictures.filter { !after.contains($0.id) }.map { "不再要拍：\($0.label)" }
    }

    private static func scope(_ old: Qualification.ScopeRule?, _ new: Qualification.ScopeRule?) -> [String] {
        let (before, after) = (Set(old?.words ?? []), Set(new?.words ?? []))
        guard before != after else { return [] }
        return [after.isEmpty ? "不再看经营范围" : "经营范围要有其中一项：" + (new?.words ?? []).joined(separator: "、")]
    }

    private static func promise(_ old: String?, _ new: String?) -> [String] {
        guard old != new else { return [] }
        return [new.map { "承诺的内容改为：\($0)" } ?? "不再要承诺"]
    }
}

extension Qualification.Validity {
    /// For people.
    package var words: String {
        switch self {
        case .dated: "要填到期日"
        case .open: "要填到期日，没有的选“长期”"
        case .none: "不用填"
        }
    }
}
