/// How well a text answers a query; better ranks are smaller.
package enum SearchRank: Int, Hashable, Sendable, Comparable {
    /// The whole text or its whole pinyin.
    case whole
    /// The beginning of the text or of its pinyin.
    case prefix
    /// The initials of the first characters, or some letters of each.
    case initials
    /// The same further inside.
    case infix
    /// Characters of the text in their order with others between, such as 招行 for 招商银行.
    case scattered

    /// Better ranks come first.
    package static func < (left: SearchRank, right: SearchRank) -> Bool { left.rawValue < right.rawValue }
}
