/// What is different between the questions of two forms.
package struct FormChanges: Sendable, Equatable {
    /// Required now, and before not asked or optional.
    package let required: [PackField]
    /// Asked before, and no more.
    package let dropped: [PackField]
    /// All differences, one sentence each.
    package let sentences: [String]

    package init(from old: [PackField], to new: [PackField]) {
        let before = Dictionary(old.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = Set(new.map(\.path))
        required = new.filter { $0.isRequired && before[$0.path]?.isRequired != true }
        dropped = old.filter { !kept.contains($0.path) }
        sentences =
            new.flatMap { field in before[field.path].map { field.changes(since: $0) } ?? [field.arrival] }
            + dropped.map { "不再问：\($0.label)" }
    }
}

extension PackField {
    fileprivate var arrival: String {
        switch (isRequired, shown.isAlways) {
        case (true, true): "新增必填：\(label)"
        case (true, false): "新增，看情况必填：\(label)"
        case (false, _): "新增选填：\(label)"
        }
    }

    fileprivate func changes(since old: PackField) -> [String] {
        var sentences: [String] = []
        if old.label != label { sentences.append("“\(old.label)”改叫“\(label)”") }
        if old.isRequired != isRequired { sentences.append("\(label)改为\(isRequired ? "必填" : "选填")") }
        if old.shown != shown { sentences.append("\(label)什么时候要填有变化") }
        if old.kind != kind || old.format != format { sentences.append("\(label)的填写格式有变化") }
        if old.kind == kind, old.least != least || old.most != most, let limits {
            sentences.append("\(label)改为 \(limits)")
        }
        return sentences + optionChanges(since: old) + itemChanges(since: old)
    }

    /// Nil where the limits are the product's own.
    private var limits: String? {
        switch kind {
        case .text, .longText, .bank: "\(least)–\(most) 个字"
        case .list: "\(least)–\(most) 项"
        case .number, .money: "\(least)–\(most)"
        default: nil
        }
    }

    /// What a kind of shop or the tree of categories offers is told elsewhere.
    private func optionChanges(since old: PackField) -> [String] {
        guard kind == .choice, old.kind == .choice, path != PackContent.shopTypePath else { return [] }
        let (before, after) = (old.options.map(\.label), options.map(\.label))
        let (added, removed) = (after.filter { !before.contains($0) }, before.filter { !after.contains($0) })
        return (added.isEmpty ? [] : ["\(label)新增选项：" + added.joined(separator: "、")])
            + (removed.isEmpty ? [] : ["\(label)去掉选项：" + removed.joined(separator: "、")])
    }

    private func itemChanges(since old: PackField) -> [String] {
        FormChanges(from: old.items, to: items).sentences.map { "\(label)里，\($0)" }
    }
}
