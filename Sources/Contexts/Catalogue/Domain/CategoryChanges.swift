import Kernel

/// What changes for who sells one kind of thing.
struct CategoryChanges {
    let change: RuleChange?

    private typealias Side = (category: PackCategory, content: PackContent)

    init(from old: (PackCategory?, PackContent), to new: (PackCategory?, PackContent)) {
        switch (old.0, new.0) {
        case (let before?, let after?):
            let sentences = Self.sentences((before, old.1), (after, new.1))
            change =
                sentences.isEmpty
                ? nil : RuleChange(kind: .changed, id: after.id, name: after.name, sentences: sentences)
        case (nil, let after?):
            change = RuleChange(
                kind: .added, id: after.id, name: after.name, sentences: [Self.summary(of: after, in: new.1)])
        case (let before?, nil):
            change = RuleChange(kind: .removed, id: before.id, name: before.name, sentences: ["不再有这个类目"])
        case (nil, nil): change = nil
        }
    }

    private static func summary(of category: PackCategory, in content: PackContent) -> String {
        if let denied = category.denied { return "新增类目（\(category.place)），不可入驻：\(denied)" }
        let papers = category.needs.map(content.words)
        let deposit = "保证金 \(category.deposit.enterprise.short)"
        let wants = papers.isEmpty ? "不要额外材料" : "要" + papers.joined(separator: "；")
        return "新增类目（\(category.place)）：\(wants)；\(deposit)，佣金 \(category.commission.text)，\(category.route.name)"
    }

    private static func sentences(_ old: Side, _ new: Side) -> [String] {
        let (before, after) = (old.category, new.category)
        var sentences: [String] = []
        if before.name != after.name { sentences.append("原来叫“\(before.name)”") }
        if before.trail != after.trail { sentences.append("从 \(before.place) 移到 \(after.place)") }
        sentences += denial(before, after)
        sentences += NeedChanges(from: before, old.content, to: after, new.content).sentences
        sentences += brand(before, after, new.content) + fees(before, after)
        if before.route.id != after.route.id { sentences.append("审核由\(before.route.name)改为\(after.route.name)") }
        return sentences + subjects(old, new) + note(before, after)
    }

    private static func denial(_ old: PackCategory, _ new: PackCategory) -> [String] {
        switch (old.denied, new.denied) {
        case (nil, let reason?): ["改为不可入驻：\(reason)"]
        case (_?, nil): ["可以入驻了"]
        case (let before?, let after?) where before != after: ["不可入驻的理由改为：\(after)"]
        default: []
        }
    }

    private static func brand(_ old: PackCategory, _ new: PackCategory, _ content: PackContent) -> [String] {
        switch (old.brandRule, new.brandRule) {
        case (nil, let source?): ["新增品牌要求：自有商标或完整的授权（\(content.cite(source))）"]
        case (_?, nil): ["不再要品牌材料"]
        default: []
        }
    }

    private static func fees(_ old: PackCategory, _ new: PackCategory) -> [String] {
        var sentences: [String] = []
        func compare(_ name: String, _ before: Money, _ after: Money) {
            if before != after { sentences.append("\(name)由 \(before.short) 调为 \(after.short)") }
        }
        let isOne = old.deposit.isOne && new.deposit.isOne
        compare(isOne ? "保证金" : "企业保证金", old.deposit.enterprise, new.deposit.enterprise)
        if !isOne { compare("个体和个人保证金", old.deposit.individual, new.deposit.individual) }
        if old.commission != new.commission {
            sentences.append("佣金由 \(old.commission.text) 调为 \(new.commission.text)")
        }
        return sentences
    }

    private static func subjects(_ old: Side, _ new: Side) -> [String] {
        let added = new.content.names(ofSubjects: new.category.subjects.subtracting(old.category.subjects))
        let removed = old.content.names(ofSubjects: old.category.subjects.subtracting(new.category.subjects))
        return (added.isEmpty ? [] : ["新增可以经营的主体：" + added.joined(separator: "、")])
            + (removed.isEmpty ? [] : ["不再接受：" + removed.joined(separator: "、")])
    }

    private static func note(_ old: PackCategory, _ new: PackCategory) -> [String] {
        guard old.note != new.note else { return [] }
        return [new.note.map { "提示改为：\($0)" } ?? "去掉了提示"]
    }
}

extension DepositAmount {
    fileprivate var isOne: Bool { enterprise == individual }
}
