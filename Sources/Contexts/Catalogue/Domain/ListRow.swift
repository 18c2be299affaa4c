package import CanonicalJSON

/// One row of a repeating group. Rows have stable ids, and the addresses of their fields use them: a plain index would
/// move when another row is deleted. Ids sort in the order in which rows were added.
package struct ListRow: Sendable, Equatable {
    package let id: String
    /// JSON pointer of the row.
    package let path: String
    package let fields: [PackField]

    package let pointer: JSONPointer

    /// The row's fields that these values ask.
    package func asked(in values: JSONValue) -> [PackField] {
        fields.filter { $0.shown.holds(in: values) == .yes }
    }
}

extension PackField {
    /// The rows that the values hold; a first, empty one where at least one is wanted.
    package func rows(in values: JSONValue) -> [ListRow] {
        guard kind == .list else { return [] }
        let ids = (values[pointer]?.object?.keys ?? []).filter(Self.isRowID)
        return ids.isEmpty && isRequired ? [row(Self.firstRow)] : ids.map(row)
    }

    private static let firstRow = "r0001"

    /// A row with its fields' whole addresses.
    package func row(_ id: String) -> ListRow {
        ListRow(
            id: id, path: "\(path)/\(id)", fields: items.map { $0.moved(under: "\(path)/\(id)") },
            pointer: pointer.appending(id))
    }

    /// The id of the next row: one more than the last.
    package func nextRow(in values: JSONValue) -> String {
        let last = values[pointer]?.object?.keys.filter(Self.isRowID).last.flatMap { Int($0.dropFirst(), radix: 36) }
        let text = String((last ?? 0) + 1, radix: 36)

        return "r" + String(repeating: "0", count: max(0, 4 - text.count)) + text
    }

    /// `r` and four digits of base 36, so that ids sort by age.
    package static func isRowID(_ text: String) -> Bool {
        text.utf8.count == 5 && text.utf8.first == UInt8(ascii: "r")
            && text.utf8.dropFirst().allSatisfy {
                ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                    || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
            }
    }

    /// This field, or the one of its rows' that has this path.
    func field(at wanted: String) -> PackField? {
        if path == wanted { return self }
        guard kind == .list, wanted.hasPrefix(path + "/") else { return nil }
        let rest = wanted.dropFirst(path.count + 1).split(separator: "/", maxSplits: 1)
        guard rest.count == 2, Self.isRowID(String(rest[0])) else { return nil }
        return row(String(rest[0])).fields.first { $0.path == wanted }
    }

    private func moved(under place: String) -> PackField {
        with(path: place + path, shown: shown.moved(under: place))
    }
}

extension ShowWhen {
    /// The conditions of a row's field, which name its siblings.
    fileprivate func moved(under place: String) -> ShowWhen {
        ShowWhen(
            conditions.map { condition in
                Condition(answers: condition.answers.map { Answer(path: place + $0.path, value: $0.value) })
            })
    }
}
