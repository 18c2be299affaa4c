import Kernel

/// Reads the laws and schedules that rules cite.
struct SourcesReader {
    private let file: PackNode?

    init(_ file: PackNode?) { self.file = file }

    func sources() -> [String: RuleSource] {
        var sources: [String: RuleSource] = [:]
        for (id, node) in file?.members ?? [] {
            node.allows(["title", "url", "confidence", "note"])
            sources[id] = RuleSource(id: id, title: node.string("title"), url: node.optional("url"))
        }
        return sources
    }
}

/// Reads what `pack.yaml` says for all categories.
struct RulesReader {
    private let head: PackNode
    private let book: PackBook

    init(_ head: PackNode, book: PackBook) {
        self.head = head
        self.book = book
    }

    func routes() -> [ReviewRoute] {
        var seen: Set<String> = []
        return head.list("routes").enumerated().map { rank, node in
            node.allows(["id", "name", "people", "expert", "hours", "note", "denies"])
            let people = node.integer("people", in: 0...5)
            let denies = node.flag("denies")
            if denies, people > 0 { node.fault(.contradiction, "直接拒绝的路径不需要审核员") }
            return ReviewRoute(
                id: node.id(among: &seen), name: node.string("name"), people: people, hasExpert: node.flag("expert"),
                hours: node.integer("hours", in: 0...720), note: node.string("note"), rank: rank, isDenial: denies)
        }
    }

    func shopTypes() -> [ShopType] {
        var seen: Set<String> = []
        return head.list("shopTypes").map { node in
            node.allows(["id", "name", "note", "brands", "source"])
            return ShopType(
                id: node.id(among: &seen), name: node.string("name"), note: node.string("note"),
                needsBrand: node.flag("brands"), source: book.source(of: node))
        }
    }

    func fees() -> PackContent.FeeRules {
        guard let node = head["fees"] else {
            head.fault(.missingText, "少了“fees”")
            return PackContent.FeeRules(before: .zero, rule: "", source: "")
        }
        node.allows(["beforeOpeningFrom", "rule", "source"])
        return PackContent.FeeRules(
            before: Money(fen: Int64(node.integer("beforeOpeningFrom", in: 0...10_000_000)) * 100),
            rule: node.string("rule"), source: book.source(of: node))
    }

    func deadlines() -> PackContent.Deadlines {
        guard let node = head["deadlines"] else {
            head.fault(.missingText, "少了“deadlines”")
            return PackContent.Deadlines(draft: 1, changes: 1)
        }
        node.allows(["draftDays", "changesDays"])
        return PackContent.Deadlines(
            draft: node.integer("draftDays", in: 1...730), changes: node.integer("changesDays", in: 1...365))
    }

    func screening() -> Demand {
        guard let node = head["screening"] else {
            head.fault(.missingText, "少了“screening”")
            return Demand(isRequired: true, rule: "")
        }
        node.allows(["required", "rule"])
        return Demand(isRequired: node.flag("required", default: true), rule: node.string("rule"))
    }
}
