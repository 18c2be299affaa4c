import CanonicalJSON

/// Fields as the tree of their addresses, in canonical order: what a form keeps of some values is found in one walk.
struct FieldTree: Sendable {
    private let branches: [(key: String, node: Node)]

    fileprivate enum Node: Sendable {
        case group(FieldTree)
        case value(PackField)
        /// A list and the fields of one of its rows.
        case list(PackField, FieldTree)
    }

    init(_ fields: [PackField]) { self.init(fields, depth: 0) }

    private init(_ fields: [PackField], depth: Int) {
        let named = fields.filter { $0.pointer.tokens.count > depth }
        branches = Dictionary(grouping: named) { $0.pointer.tokens[depth] }
            .sorted { canonicallyPrecedes($0.key, $1.key) }
            .map { key, fields in
                guard let leaf = fields.first(where: { $0.pointer.tokens.count == depth + 1 }) else {
                    return (key, .group(FieldTree(fields, depth: depth + 1)))
                }
                return (key, leaf.kind == .list ? .list(leaf, FieldTree(leaf.items)) : .value(leaf))
            }
    }

    /// The values that are asked and not blank, and the rows of lists, even empty ones.
    ///
    /// - Parameters:
    ///   - values: what stands at this place of the tree.
    ///   - whole: what the fields' conditions speak of: all values, or a list's row.
    func kept(of values: JSONValue, asking whole: JSONValue) -> JSONObject {
        guard case .object(let members) = values, !members.isEmpty else { return JSONObject() }
        var kept: [(key: String, value: JSONValue)] = []
        for (key, node) in branches {
            guard let value = members[key], let part = node.kept(of: value, asking: whole) else { continue }
            kept.append((key, part))
        }
        return JSONObject(inOrder: kept)
    }
}

extension FieldTree.Node {
    fileprivate func kept(of value: JSONValue, asking whole: JSONValue) -> JSONValue? {
        switch self {
        case .group(let tree):
            let members = tree.kept(of: value, asking: whole)
            return members.isEmpty ? nil : .object(members)
        case .value(let field):
            return !value.isBlank && field.shown.holds(in: whole) == .yes ? value : nil
        case .list(let field, let tree):
            guard field.shown.holds(in: whole) == .yes else { return nil }
            let rows = (value.object ?? JSONObject()).filter { PackField.isRowID($0.key) }
            if rows.isEmpty { return nil }
            return .object(
                JSONObject(inOrder: rows.map { ($0.key, .object(tree.kept(of: $0.value, asking: $0.value))) }))
        }
    }
}
