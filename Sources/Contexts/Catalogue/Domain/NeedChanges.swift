/// What changes in the papers that a category asks for.
struct NeedChanges {
    let sentences: [String]

    private struct Asked {
        let need: PackCategory.Need
        let words: String
        let audience: String?
        let source: String

        init(_ need: PackCategory.Need, in content: PackContent) {
            self.need = need
            words = content.words(for: need)
            audience = content.audience(of: need)
            source = content.cite(need.source)
        }

        var key: Set<String> { Set(need.any) }
        var isSame: (Asked) -> Bool { { $0.key == key && $0.audience == audience } }
    }

    init(from old: PackCategory, _ oldContent: PackContent, to new: PackCategory, _ newContent: PackContent) {
        var before = old.needs.map { Asked($0, in: oldContent) }
        var sentences: [String] = []
        for after in new.needs.map({ Asked($0, in: newContent) }) {
            // The likest first: the same papers of the same people, the same papers, some of the same papers.
            let twin =
                before.firstIndex(where: after.isSame) ?? before.firstIndex { $0.key == after.key }
                ?? before.firstIndex { !$0.key.isDisjoint(with: after.key) && $0.audience == after.audience }
            sentences += Self.sentences(twin.map { before.remove(at: $0) }, after)
        }
        self.sentences = sentences + before.map { "不再要 \($0.words)" + Self.bracket($0.audience) }
    }

    private static func sentences(_ old: Asked?, _ new: Asked) -> [String] {
        guard let old else { return ["新增 \(new.words)" + bracket(new.audience, new.source)] }
        if old.key != new.key { return ["“\(old.words)”改为“\(new.words)”" + bracket(new.audience, new.source)] }
        var sentences: [String] = []
        if old.audience != new.audience {
            sentences.append("\(new.words)由\(old.audience ?? "所有人都要")改为\(new.audience ?? "所有人都要")")
        }
        if old.source != new.source { sentences.append("\(new.words)的依据改为\(new.source)") }
        return sentences
    }

    private static func bracket(_ parts: String?...) -> String {
        let text = parts.compactMap(\.self).joined(separator: "；")
        return text.isEmpty ? "" : "（\(text)）"
    }
}
