import Catalogue
import ChineseReferenceData
import Synchronization

/// A pack's categories as one kind of applicant meets them: by trade, with the words that find each.
struct CategoryShelf: Sendable {
    let trades: [Trade]

    struct Trade: Sendable {
        let name: String
        let leaves: [Leaf]
    }

    struct Leaf: Sendable {
        let id: String
        let name: String
        /// What choosing it brings.
        let note: String
        /// The name, other names, and their pinyin in full and by initials, with spaces between.
        let words: String
        /// Why this applicant can't sell it.
        let refusal: String?
    }

    private init(_ content: PackContent, subject: String) {
        trades = content.trades.map { trade in
            Trade(name: trade.name, leaves: trade.categories.map { Leaf($0, content, subject: subject) })
        }
    }
}

extension CategoryShelf {
    private static let kept = Mutex<[String: CategoryShelf]>([:])
    private static let most = 64

    /// The shelf of a pack, which never changes: readings of a hundred names take longer than a whole page.
    static func of(_ pack: Pack, subject: String) -> CategoryShelf {
        let key = pack.hash + "/" + subject
        if let shelf = kept.withLock({ $0[key] }) { return shelf }
        let shelf = CategoryShelf(pack.content, subject: subject)
        kept.withLock { kept in
            if kept.count >= most { kept.removeAll() }
            kept[key] = shelf
        }
        return shelf
    }
}

extension CategoryShelf.Leaf {
    fileprivate init(_ category: PackCategory, _ content: PackContent, subject: String) {
        id = category.id
        name = category.name
        let papers = category.needs.filter { $0.subjects.isEmpty || $0.subjects.contains(subject) }
            .compactMap { need -> String? in
                guard let first = need.any.lazy.compactMap(content.qualification).first else { return nil }
                return need.any.count == 1 ? first.name : "\(first.name)等 \(need.any.count) 种里的一种"
            }
        let wanted = papers + (category.brandRule == nil ? [] : ["商标注册证或品牌授权"])
        note = wanted.isEmpty ? "不用另外的材料" : "还要：" + wanted.joined(separator: "、")
        words = Self.words([category.name] + category.aliases + category.trail.dropFirst())
        if let denied = category.denied {
            refusal = "不能入驻：\(denied)"
        } else if !category.subjects.contains(subject) {
            let allowed = content.subjects.filter { category.subjects.contains($0.id) }.map(\.name)
            refusal = "只有\(allowed.joined(separator: "、"))可以卖"
        } else {
            refusal = nil
        }
    }

    private static func words(_ names: [String]) -> String {
        var seen: Set<String> = []
        let words = names.flatMap { name -> [String] in
            let keys = Pinyin.keys(for: name)
            return [name.lowercased().filter { !$0.isWhitespace }, keys.full, keys.initials]
        }
        return words.filter { !$0.isEmpty && seen.insert($0).inserted }.joined(separator: " ")
    }
}
