/// An administrative division of China.
package struct Division: Hashable, Sendable, Identifiable {
    /// Six digits; a province ends in 0000, a city in 00.
    package let code: String
    /// The name without those of its ancestors, such as 西湖区.
    package let name: String

    /// The code.
    package var id: String { code }

    /// Where the division stands.
    package var level: Level {
        if code.hasSuffix("0000") { .province } else if code.hasSuffix("00") { .city } else { .county }
    }

    /// Whether GB/T 2260 gives the code. Below Taiwan, Hong Kong and Macao it gives none: those codes are this
    /// library's own, for choosing a place, and must not be sent anywhere as official ones.
    package var isOfficial: Bool { level == .province || !["71", "81", "82"].contains(code.prefix(2)) }

    /// Whether the name is only a shelf for counties, such as 市辖区, and belongs in no address.
    package var isShelf: Bool {
        level == .city && (name == "市辖区" || name == "县" || name.hasSuffix("直辖县级行政区划"))
    }

    /// The three levels of the code.
    package enum Level: Int, Hashable, Sendable, Comparable {
        case province = 2
        case city = 4
        case county = 6

        /// Higher levels come first.
        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }
}
