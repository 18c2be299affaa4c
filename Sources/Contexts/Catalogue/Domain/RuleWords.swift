package import Kernel

/// Rules in words: the same on the public pages, in the list of changes and in the matrix.
extension PackContent {
    /// What a need asks for: one paper, or one of several.
    package func words(for need: PackCategory.Need) -> String {
        let names = need.any.map(paperName)
        return names.count == 1 ? names[0] : "任选一种：" + names.joined(separator: "、")
    }

    /// Whom a need is asked of; nil for everybody.
    package func audience(of need: PackCategory.Need) -> String? {
        let subjects = names(ofSubjects: need.subjects)
        let types = shopTypes.filter { need.shopTypes.contains($0.id) }.map(\.name)
        let parts = [subjects, types].filter { !$0.isEmpty }.map { $0.joined(separator: "、") }
        return parts.isEmpty ? nil : "限" + parts.joined(separator: "的")
    }

    package func paperName(_ id: String) -> String { qualification(id)?.name ?? id }

    /// The names of subjects, in the pack's order.
    package func names(ofSubjects ids: Set<String>) -> [String] {
        subjects.filter { ids.contains($0.id) }.map(\.name)
    }

    /// The subjects that may sell something and pay the individual's deposit, or those that pay the enterprise's.
    package func payers(of category: PackCategory, individual: Bool) -> [PackSubject] {
        subjects.filter { category.subjects.contains($0.id) && $0.paysIndividualDeposit == individual }
    }
}

extension Money {
    /// Such as `¥5,000`: fen only where there are some.
    package var short: String { display.hasSuffix(".00") ? String(display.dropLast(3)) : display }
}

extension ReviewRoute {
    /// Its name, who looks, and how long it takes.
    package var words: String { isDenial ? name : "\(name)：\(effort)" }

    /// Who looks, and how long it takes.
    package var effort: String {
        "\(people) 名审核员" + (hasExpert ? "和 1 名专家" : "") + "，" + (hours == 0 ? "即时完成" : "\(hours) 个工作小时内")
    }
}

extension PackCategory {
    /// Where it stands in the tree, such as `食品 › 包装食品`.
    package var place: String { trail.joined(separator: " › ") }
}
