/// Elements that are found by their Chinese names, pinyin or initials. The readings are made once.
package struct PinyinIndex<Element: Sendable>: Sendable {
    private struct Entry: Sendable {
        let element: Element
        let names: [[Pinyin.Unit]]
    }

    private let entries: [Entry]

    /// Reads the names of all elements.
    ///
    /// - Parameter names: The texts by which an element is found, the best known first.
    package init(_ elements: [Element], names: (Element) -> [String]) {
        entries = elements.map { element in Entry(element: element, names: names(element).map(Pinyin.units)) }
    }

    /// The elements that answer a query: the best rank first, within a rank in the order of the index.
    package func search(_ text: String, limit: Int = 20) -> [Element] {
        let query = PinyinQuery(text)
        guard !query.isEmpty, limit > 0 else { return [] }
        var byRank: [SearchRank: [Element]] = [:]
        for entry in entries {
            if let rank = entry.names.compactMap(query.rank).min() { byRank[rank, default: []].append(entry.element) }
        }
        return Array(byRank.sorted { $0.key < $1.key }.flatMap(\.value).prefix(limit))
    }
}
