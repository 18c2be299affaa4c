import Kernel

/// Reads the tree of what may be sold: three levels, the leaves are what people choose.
struct CategoryReader {
    let book: PackBook

    func categories(in files: [PackNode]) -> [PackCategory] {
        var seen: Set<String> = []
        return files.flatMap { file -> [PackCategory] in
            guard let nodes = file.elements else {
                file.fault(.wrongType, "这里应该是类目的列表")
                return []
            }
            return nodes.flatMap { leaves(under: $0, trail: [], &seen) }
        }
    }

    private func leaves(under node: PackNode, trail: [String], _ seen: inout Set<String>) -> [PackCategory] {
        if trail.count == 2 {
            if node["children"] != nil { node.fault(.tree, "类目树只有三级，这里出现了第四级") }
            return [leaf(node, trail: trail, &seen)]
        }
        node.allows(["id", "name", "children"])
        _ = node.id(among: &seen)
        let name = node.string("name")
        let children = node.list("children")
        if children.isEmpty { node.fault(.tree, "“\(name)”下面没有第 \(trail.count + 2) 级类目；类目树要满三级") }
        return children.flatMap { leaves(under: $0, trail: trail + [name], &seen) }
    }

    private func leaf(_ node: PackNode, trail: [String], _ seen: inout Set<String>) -> PackCategory {
        node.allows([
            "id", "code", "name", "aliases", "route", "deposit", "commission", "needs", "brand", "brandSource",
            "feeSource", "subjects", "note", "reviewer", "minutes", "gbt4754", "denied", "children",
            "exemptions",
        ])
        let route = route(of: node)
        let denied = node.optional("denied")
        let needs = node.list("needs").map(need)
        if route.isDenial != (denied != nil) {
            node.fault(.contradiction, denied == nil ? "直接拒绝的类目要用“denied”说明理由" : "写了“denied”，审核路径却不是直接拒绝")
        }
        if denied != nil, !needs.isEmpty { node["needs"]?.fault(.contradiction, "禁入的类目不必再要资质") }
        let subjects = node["subjects"] == nil ? Set(book.subjects) : book.subjects(of: node)
        if subjects.isEmpty { node.fault(.impossible, "没有哪类主体能经营这个类目") }
        return PackCategory(
            id: node.id(among: &seen), code: node.string("code"), name: node.string("name"), trail: trail,
            aliases: node.names("aliases").map(\.name), needs: needs, brandRule: brand(of: node),
            deposit: deposit(of: node), commission: commission(of: node),
            feeSource: book.source("feeSource", of: node), route: route, denied: denied, subjects: subjects,
            exemptions: Set(node.names("exemptions").map(\.name)),
            note: node.optional("note"), reviewerNote: node.optional("reviewer"),
            minutes: node.integer("minutes", in: 0...240, default: 0))
    }

    private func route(of node: PackNode) -> ReviewRoute {
        let id = node.string("route")
        if let route = book.routes[id] { return route }
        if !id.isEmpty { node["route"]?.fault(.unknownName, "pack.yaml 里没有审核路径“\(id)”") }
        return ReviewRoute(
            id: id, name: "", people: 0, hasExpert: false, hours: 0, note: "", rank: 0,
            isDenial: node["denied"] != nil)
    }

    private func need(_ node: PackNode) -> PackCategory.Need {
        node.allows(["any", "source", "subjects", "shopTypes"])
        let any = node.names("any")
        if any.isEmpty { node.fault(.impossible, "“any”一项都没有，谁也满足不了") }
        var seen: Set<String> = []
        for (name, element) in any {
            if book.qualifications[name] == nil { element.fault(.unknownName, "qualifications 里没有资质“\(name)”") }
            if !seen.insert(name).inserted { element.fault(.duplicate, "“\(name)”写了两次") }
        }
        return PackCategory.Need(
            any: any.map(\.name), source: book.source(of: node), subjects: book.subjects(of: node),
            shopTypes: book.shopTypes(of: node))
    }

    /// The source that wants a brand, or nil.
    private func brand(of node: PackNode) -> String? {
        guard let brand = node.optional("brand") else { return nil }
        if brand != "required" { node["brand"]?.fault(.outOfRange, "“brand”只能写 required，不需要就不写") }
        return book.source("brandSource", of: node)
    }

    private func deposit(of node: PackNode) -> DepositAmount {
        guard let amount = node["deposit"] else {
            node.fault(.missingText, "少了“deposit”")
            return DepositAmount(enterprise: .zero, individual: .zero)
        }
        amount.allows(["enterprise", "individual"])
        let deposit = DepositAmount(
            enterprise: Money(fen: Int64(amount.integer("enterprise", in: 0...10_000_000)) * 100),
            individual: Money(fen: Int64(amount.integer("individual", in: 0...10_000_000)) * 100))
        if deposit.individual > deposit.enterprise { amount.fault(.contradiction, "个人的保证金高于企业的") }
        return deposit
    }

    /// `"2.5"` is two and a half per cent.
    private func commission(of node: PackNode) -> BasisPoints {
        let text = node.string("commission")
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int($0) }), whole >= 0, parts.count <= 2,
            parts.count == 1 || (1...2).contains(parts[1].count),
            let rest = parts.count == 1 ? 0 : Int((parts[1] + "0").prefix(2))
        else {
            if !text.isEmpty { node["commission"]?.fault(.wrongType, "佣金应写成百分数，最多两位小数，例如 \"2.5\"") }
            return BasisPoints(0)
        }
        let points = whole * 100 + rest
        if points > 3_000 { node["commission"]?.fault(.outOfRange, "佣金 \(text)% 超过 30%") }
        return BasisPoints(points)
    }
}
