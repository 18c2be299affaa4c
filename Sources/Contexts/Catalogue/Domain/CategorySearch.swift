/// Finding a category by what people call it.
extension PackContent {
    /// The longest question that is looked at.
    package static let longestQuery = 40

    /// The categories in whose name, aliases or place in the tree every word of a question occurs; those named so
    /// come first.
    package func categories(matching query: String) -> [PackCategory] {
        let words = query.prefix(Self.longestQuery).lowercased().split { $0.isWhitespace || "，,、".contains($0) }
        guard !words.isEmpty else { return [] }
        let found = categories.filter { category in words.allSatisfy { category.isCalled($0, exactly: false) } }
        let named = found.filter { category in words.contains { category.isCalled($0, exactly: true) } }
        return named + found.filter { !named.contains($0) }
    }

    /// The widest branches of the tree with their leaves, in the pack's order; what nobody may sell comes last.
    package var trades: [(name: String, categories: [PackCategory])] {
        var trades: [(name: String, categories: [PackCategory])] = []
        for category in categories {
            let name = category.trail.first ?? category.name
            if let known = trades.firstIndex(where: { $0.name == name }) {
                trades[known].categories.append(category)
            } else {
                trades.append((name, [category]))
            }
        }
        return trades.filter { !$0.categories.allSatisfy(\.isDenied) }
            + trades.filter { $0.categories.allSatisfy(\.isDenied) }
    }
}

extension PackCategory {
    fileprivate var isDenied: Bool { denied != nil }

    fileprivate func isCalled(_ word: Substring, exactly: Bool) -> Bool {
        let names = [name] + aliases
        if exactly { return names.contains { $0.lowercased() == word } }
        return (names + trail).contains { $0.lowercased().contains(word) }
    }
}
