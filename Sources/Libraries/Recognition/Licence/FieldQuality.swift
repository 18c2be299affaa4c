import Foundation

/// How far a value may be believed, from the recogniser's probabilities and from what a value of its kind looks like.
enum FieldQuality {
    /// `em` is the usual width of a character on the page.
    static func confidence(
        of value: String, rows: [[Run]], field: LicenceField, label: FoundLabel?, em: Double
    ) -> Double {
        let glyphs = rows.joined().flatMap { $0.glyphs }.map(\.glyph)
        // Brackets and pauses are told apart by their width, not by the recogniser's belief in one form.
        let letters = glyphs.filter { !"()（）,，;；:：。.、 ".contains($0.character) }
        let probabilities = letters.map { Double($0.probability) }.sorted()
        guard let lowest = probabilities.first else { return 0 }
        let tenth = probabilities[probabilities.count / 10]
        let mean = probabilities.reduce(0, +) / Double(probabilities.count)
        // One wrong letter makes a wrong field, so the least certain one weighs most.
        var confidence = 0.7 * lowest * lowest.squareRoot() + 0.2 * tenth + 0.1 * mean
        if let label, label.isPartial { confidence *= 0.9 }
        if label == nil { confidence *= 0.7 }
        if field != .established, field != .term, rows.contains(where: { hasHole($0, em: em) }) { confidence *= 0.8 }
        if field == .scope, isRagged(rows) { confidence *= 0.8 }
        return min(1, confidence * plausibility(of: value, field: field))
    }

    /// Whether a line other than the last ends early, as it does when its end went unread.
    private static func isRagged(_ rows: [[Run]]) -> Bool {
        let ends = rows.compactMap { row in row.last.map { (end: $0.end, em: $0.em) } }
        guard let widest = ends.map(\.end).max() else { return false }
        return ends.dropLast().contains { widest - $0.end > 1.2 * $0.em }
    }

    /// Whether a row has room between its characters where one may have gone unread.
    private static func hasHole(_ row: [Run], em: Double) -> Bool {
        let glyphs = row.flatMap { $0.glyphs }
        // Short lines are poor measures of their own characters.
        let em = min(row.first?.em ?? em, em * 1.1)
        return zip(glyphs, glyphs.dropFirst()).contains { first, second in
            let isText = first.character.isIdeograph && second.character.isIdeograph
            return second.u - first.u > (isText ? 1.52 : 2.4) * em
        }
    }

    /// 1 for a value that looks as its kind does, less for one that does not.
    static func plausibility(of value: String, field: LicenceField) -> Double {
        let characters = Array(value)
        switch field {
        case .established:
            return isDate(value) ? 1 : 0.5
        case .term:
            let ends = value.split(separator: "至").map(String.init)
            let isPeriod = ends.allSatisfy { isDate($0) || ["长期", "永续", "无固定期限"].contains($0) }
            return isPeriod && !ends.isEmpty ? 1 : 0.6
        case .name:
            return characters.count >= 4 && characters.allSatisfy { !$0.isNumber || !$0.isASCII } ? 1 : 0.75
        case .type:
            let words = ["公司", "个体", "企业", "合作", "合伙", "分支", "独资", "有限", "机构", "代表"]
            return words.contains { value.contains($0) } && isBalanced(characters) ? 1 : 0.7
        case .legalRepresentative:
            let isName = characters.allSatisfy { $0.isIdeograph || "·（）()".contains($0) }
            return isName && (2...6).contains(characters.count) ? 1 : 0.75
        case .capital:
            return value.contains("元") || value.contains("万") ? 1 : 0.6
        case .address:
            return characters.count >= 6 && isBalanced(characters) ? 1 : 0.75
        case .scope:
            let isWhole = "。）)".contains(characters.last ?? "、") && isBalanced(characters)
            return characters.count >= 6 && isWhole ? 1 : 0.8
        case .creditCode:
            return 1
        }
    }

    /// 2004年09月28日 with a day that exists, not before the first companies and not far ahead.
    static func isDate(_ value: String) -> Bool {
        let parts = value.split { "年月日".contains($0) }.map(String.init)
        guard parts.count == 3, value.last == "日", value.filter({ "年月日".contains($0) }) == "年月日",
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1949...2100).contains(year), (1...12).contains(month), day >= 1
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    private static func isBalanced(_ characters: [Character]) -> Bool {
        characters.filter { "(（".contains($0) }.count == characters.filter { ")）".contains($0) }.count
    }
}
