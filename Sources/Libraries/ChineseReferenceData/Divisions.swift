package import ChineseIdentifiers

/// The administrative divisions of China at county level and above: GB/T 2260 codes as the National Bureau of
/// Statistics published them on 2023-06-30, and the districts of Taiwan, Hong Kong and Macao.
package enum Divisions {
    private static let table = SortedTable(.divisions)

    /// The provinces, in the order of their codes.
    package static let provinces: [Division] = (0..<table.count).filter { table.key(at: $0).count == 2 }.map(division)

    /// The division with a code of two, four or six digits.
    package static func division(_ code: String) -> Division? {
        let significant = significant(code)
        return significant.isEmpty ? nil : table.index(of: significant).map(division)
    }

    /// The whole name, such as 浙江省杭州市西湖区; nil for an unknown code.
    package static func name(of code: String) -> String? {
        division(code).map { division in path(to: division).map(\.name).joined() }
    }

    /// The divisions one level below, in the order of their codes; empty for a county or an unknown code.
    package static func children(of code: String) -> [Division] {
        let parent = significant(code)
        guard parent.count == 2 || parent.count == 4, let place = table.index(of: parent) else { return [] }
        var found: [Division] = []
        var index = place + 1
        // Codes without their zeros are sorted like a tree that is walked from the root.
        while index < table.count, table.key(at: index).starts(with: parent) {
            if table.key(at: index).count == parent.count + 2 { found.append(division(at: index)) }
            index += 1
        }
        return found
    }

    /// The division itself, or the nearest ancestor that is known: 330199 is unknown and lies in 杭州市.
    package static func nearest(to code: String) -> Division? {
        var digits = Array(code.utf8.prefix(6))
        while digits.count >= 2 {
            if let known = division(String(decoding: digits, as: UTF8.self)) { return known }
            digits.removeLast(digits.count.isMultiple(of: 2) ? 2 : 1)
        }
        return nil
    }

    /// What the reviewer should know about the division in an identifier; nil when it is known or there is none.
    ///
    /// Never a fault: development zones use codes of their own, and old identifiers name counties that are gone.
    package static func warning(about check: IdentifierCheck) -> IdentifierFinding? {
        guard let code = check.divisionCode, code != "100000", division(code) == nil else { return nil }
        guard let nearest = nearest(to: code), let name = name(of: nearest.code) else {
            return IdentifierFinding(code: "division.unknown", message: "区划代码 \(code) 不存在，请与证件核对")
        }
        return IdentifierFinding(code: "division.unlisted", message: "区划代码 \(code) 不在现行区划表中，按前几位属于\(name)")
    }

    /// The division and its ancestors from the province down, without shelves.
    private static func path(to division: Division) -> [Division] {
        let digits = significant(division.code)
        return stride(from: 2, through: digits.count, by: 2).compactMap { length in
            table.index(of: digits.prefix(length)).map(Self.division)
        }.filter { !$0.isShelf }
    }

    private static func division(at index: Int) -> Division {
        let fields = table.fields(at: index)
        let code = fields[0] + String(repeating: "0", count: max(0, 6 - fields[0].utf8.count))
        return Division(code: code, name: fields.count > 1 ? fields[1] : "")
    }

    /// A code without its trailing pairs of zeros, as the table has it.
    private static func significant(_ code: String) -> ArraySlice<UInt8> {
        var digits = Array(code.utf8)[...]
        guard digits.count <= 6 else { return [] }
        while digits.count >= 2, digits.suffix(2).elementsEqual("00".utf8) { digits.removeLast(2) }
        return digits
    }
}
