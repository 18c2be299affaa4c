import Kernel

/// What changes for one kind of applicant: who he is, what he may open, and the form that he fills in.
struct SubjectChanges {
    let change: RuleChange?

    private typealias Side = (subject: PackSubject, content: PackContent)

    init(from old: (PackSubject?, PackContent), to new: (PackSubject?, PackContent)) {
        switch (old.0, new.0) {
        case (let before?, let after?):
            let sentences = Self.sentences((before, old.1), (after, new.1))
            change =
                sentences.isEmpty
                ? nil : RuleChange(kind: .changed, id: after.id, name: after.name, sentences: sentences)
        case (nil, let after?):
            change = RuleChange(kind: .added, id: after.id, name: after.name, sentences: ["可以申请开店了：\(after.note)"])
        case (let before?, nil):
            change = RuleChange(kind: .removed, id: before.id, name: before.name, sentences: ["不再接受新的申请"])
        case (nil, nil): change = nil
        }
    }

    private static func sentences(_ old: Side, _ new: Side) -> [String] {
        let (before, after) = (old.subject, new.subject)
        var sentences = before.name == after.name ? [] : ["原来叫“\(before.name)”"]
        sentences += names("可以开的店铺", kinds(old), kinds(new))
        if before.paysIndividualDeposit != after.paysIndividualDeposit {
            sentences.append("保证金改按\(after.paysIndividualDeposit ? "个体" : "企业")的标准")
        }
        if before.turnoverLimit != after.turnoverLimit {
            let limits = [before, after].map { $0.turnoverLimit.map { "一年 \($0.display)" } ?? "不限" }
            sentences.append("免于登记的交易额由\(limits[0])改为\(limits[1])")
        }
        sentences += names("执照代码的开头", before.creditCodePrefixes, after.creditCodePrefixes)
        sentences += names("要准备的材料", before.brings.map(\.title), after.brings.map(\.title))
        return sentences + fields(old, new)
    }

    private static func kinds(_ side: Side) -> [String] {
        side.subject.shopTypes.map { side.content.shopType($0)?.name ?? $0 }
    }

    private static func names(_ what: String, _ old: [String], _ new: [String]) -> [String] {
        let (added, removed) = (new.filter { !old.contains($0) }, old.filter { !new.contains($0) })
        return (added.isEmpty ? [] : ["\(what)新增 " + added.joined(separator: "、")])
            + (removed.isEmpty ? [] : ["\(what)去掉 " + removed.joined(separator: "、")])
    }

    /// What all kinds of shop have in common is said once.
    private static func fields(_ old: Side, _ new: Side) -> [String] {
        let kinds = new.subject.shopTypes.filter(old.subject.shopTypes.contains)
        let changes = kinds.map { kind -> (name: String, sentences: [String]) in
            let before = fields(of: old.subject, kind, in: old.content)
            let after = fields(of: new.subject, kind, in: new.content)
            return (new.content.shopType(kind)?.name ?? kind, FormChanges(from: before, to: after).sentences)
        }
        var seen: Set<String> = []
        return changes.flatMap(\.sentences).filter { seen.insert($0).inserted }.map { sentence in
            let concerned = changes.filter { $0.sentences.contains(sentence) }.map(\.name)
            return concerned.count == changes.count ? sentence : "\(sentence)（\(concerned.joined(separator: "、"))）"
        }
    }

    private static func fields(of subject: PackSubject, _ kind: String, in content: PackContent) -> [PackField] {
        FormBuilder(content, Selection(subject: subject.id, categories: [], shopType: kind)).form().fields
    }
}
