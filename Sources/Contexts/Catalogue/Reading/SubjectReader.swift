import Kernel

/// Reads who may apply.
struct SubjectReader {
    let book: PackBook

    func subjects(in file: PackNode) -> [PackSubject] {
        var seen: Set<String> = []
        guard let nodes = file.elements, !nodes.isEmpty else {
            file.fault(.wrongType, "这里应该是主体的列表")
            return []
        }
        return nodes.map { subject($0, &seen) }
    }

    private func subject(_ node: PackNode, _ seen: inout Set<String>) -> PackSubject {
        node.allows([
            "id", "name", "note", "creditCodePrefixes", "brings", "guidance", "shopTypes", "deposit", "source",
            "turnoverLimit",
        ])
        let prefixes = node.names("creditCodePrefixes")
        for (prefix, element) in prefixes where prefix.utf8.count != 2 {
            element.fault(.outOfRange, "统一社会信用代码的前缀应为 2 位，现在是“\(prefix)”")
        }
        let shopTypes = node.names("shopTypes")
        if shopTypes.isEmpty { node.fault(.impossible, "这类主体一种店铺都不能开，写上“shopTypes”") }
        for (name, element) in shopTypes where !book.shopTypes.contains(name) {
            element.fault(.unknownName, "pack.yaml 里没有店铺类型“\(name)”")
        }
        let deposit = node.string("deposit")
        if !["enterprise", "individual"].contains(deposit) {
            node["deposit"]?.fault(.outOfRange, "“deposit”应为 enterprise 或 individual")
        }
        return PackSubject(
            id: node.id(among: &seen), name: node.string("name"), note: node.string("note"),
            creditCodePrefixes: prefixes.map(\.name), brings: node.list("brings").map(bring),
            guidance: node.names("guidance").map(\.name), shopTypes: shopTypes.map(\.name),
            paysIndividualDeposit: deposit == "individual",
            turnoverLimit: node["turnoverLimit"].map { _ in
                Money(fen: Int64(node.integer("turnoverLimit", in: 1...10_000_000)) * 100)
            }, source: book.source(of: node))
    }

    private func bring(_ node: PackNode) -> PackSubject.Bring {
        node.allows(["mark", "title", "note"])
        return PackSubject.Bring(mark: node.string("mark"), title: node.string("title"), note: node.string("note"))
    }
}
