/// The answer to a question about categories.
extension RulesPage.Search {
    /// So many are shown in full.
    static let most = 12

    init(_ query: String, in edition: RulesEdition) {
        let words = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let found = edition.content.categories(matching: words)
        action = RulesPath.pack(edition.address)
        self.query = words
        isAsked = !words.isEmpty
        answer = Self.answer(to: words, found.count)
        entries = CategoryMarkup(edition.content).write(found.prefix(Self.most), heading: .third)
    }

    private static func answer(to query: String, _ count: Int) -> String {
        switch count {
        case 0: "没有找到“\(query)”。换个说法试试，例如商品的通俗叫法；也可以在下面按行业找。"
        case ...most: "“\(query)”找到 \(count) 个类目。"
        default: "“\(query)”找到 \(count) 个类目，先列出 \(most) 个；多写一个词可以找得更准。"
        }
    }
}
