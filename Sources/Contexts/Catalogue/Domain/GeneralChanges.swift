/// What changes for everybody: fees, deadlines, routes, kinds of shop.
struct GeneralChanges {
    let sentences: [String]

    init(from old: PackContent, to new: PackContent) {
        sentences =
            Self.fees(old.fees, new.fees) + Self.deadlines(old.deadlines, new.deadlines)
            + Self.screening(old.screening, new.screening) + Self.routes(old.routes, new.routes)
            + Self.shopTypes(old.shopTypes, new.shopTypes)
    }

    private static func fees(_ old: PackContent.FeeRules, _ new: PackContent.FeeRules) -> [String] {
        old.before == new.before ? [] : ["开店前要签约并缴纳的保证金，起点由 \(old.before.short) 调为 \(new.before.short)"]
    }

    private static func deadlines(_ old: PackContent.Deadlines, _ new: PackContent.Deadlines) -> [String] {
        var sentences: [String] = []
        if old.draft != new.draft { sentences.append("没填完的申请由保留 \(old.draft) 天改为 \(new.draft) 天") }
        if old.changes != new.changes { sentences.append("需要修改时，由 \(old.changes) 天内改好改为 \(new.changes) 天") }
        return sentences
    }

    private static func screening(_ old: Demand, _ new: Demand) -> [String] {
        guard old.isRequired != new.isRequired else { return [] }
        return [new.isRequired ? "提交后要先核对登记机关的信息：\(new.rule)" : "提交后不再等登记机关的核对：\(new.rule)"]
    }

    private static func routes(_ old: [ReviewRoute], _ new: [ReviewRoute]) -> [String] {
        new.compactMap { route in
            guard let before = old.first(where: { $0.id == route.id }), before.words != route.words else { return nil }
            return "审核方式由“\(before.words)”改为“\(route.words)”"
        }
    }

    private static func shopTypes(_ old: [ShopType], _ new: [ShopType]) -> [String] {
        let known = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let changed = new.compactMap { type -> String? in
            guard let before = known[type.id] else { return "新增店铺类型：\(type.name)（\(type.note)）" }
            if before.needsBrand != type.needsBrand { return "\(type.name)\(type.needsBrand ? "要" : "不再要")品牌材料" }
            return before.name == type.name ? nil : "店铺类型“\(before.name)”改叫“\(type.name)”"
        }
        let kept = Set(new.map(\.id))
        return changed + old.filter { !kept.contains($0.id) }.map { "不再有店铺类型：\($0.name)" }
    }
}
