import Yams

/// A node of a pack's YAML with its place, which gathers what is wrong instead of stopping at the first fault.
struct PackNode {
    private let node: Node
    private let file: String
    private let fallback: Int
    let notes: PackNotes

    init(_ node: Node, file: String, line: Int, notes: PackNotes) {
        self.node = node
        self.file = file
        fallback = line
        self.notes = notes
    }

    var place: PackPlace { PackPlace(file: file, line: node.mark?.line ?? fallback) }

    func fault(_ kind: PackFault.Kind, _ message: String) { notes.add(PackFault(kind, at: place, message)) }

    // MARK: Kinds

    var isMapping: Bool { node.mapping != nil }

    /// The text of a scalar, whatever YAML would make of it.
    var text: String? { node.scalar?.string }

    var elements: [PackNode]? { node.sequence.map { $0.map(inside) } }

    private func inside(_ node: Node) -> PackNode { PackNode(node, file: file, line: place.line, notes: notes) }

    // MARK: Members

    /// Says that only these keys are known.
    func allows(_ keys: Set<String>) {
        guard let mapping = node.mapping else {
            return fault(.wrongType, "这里应该是“键: 值”的一组内容")
        }
        for key in mapping.keys where !keys.contains(key.scalar?.string ?? "") {
            inside(key).fault(
                .unknownKey, "不认识“\(key.scalar?.string ?? "?")”，这里可以写：\(keys.sorted().joined(separator: "、"))")
        }
    }

    subscript(key: String) -> PackNode? {
        guard let mapping = node.mapping, let found = mapping[Node(key)] else { return nil }
        return inside(found)
    }

    var members: [(key: String, value: PackNode)] {
        node.mapping.map { $0.map { ($0.key.scalar?.string ?? "", inside($0.value)) } } ?? []
    }

    /// A text that must be there.
    func string(_ key: String) -> String {
        guard let member = self[key] else {
            fault(.missingText, "少了“\(key)”")
            return ""
        }
        guard let text = member.text, !text.isEmpty else {
            member.fault(.missingText, "“\(key)”要写上文字")
            return ""
        }
        return text
    }

    /// A text that may be left out.
    func optional(_ key: String) -> String? { self[key] == nil ? nil : string(key) }

    /// A whole number within bounds.
    func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil) -> Int {
        guard let member = self[key] else {
            if fallback == nil { fault(.missingText, "少了“\(key)”") }
            return fallback ?? range.lowerBound
        }
        guard let value = member.text.flatMap({ Int($0) }) else {
            member.fault(.wrongType, "“\(key)”应为整数")
            return range.lowerBound
        }
        guard range.contains(value) else {
            member.fault(.outOfRange, "“\(key)”应在 \(range.lowerBound) 到 \(range.upperBound) 之间，现在是 \(value)")
            return range.lowerBound
        }
        return value
    }

    func flag(_ key: String, default fallback: Bool = false) -> Bool {
        guard let member = self[key] else { return fallback }
        switch member.text {
        case "true": return true
        case "false": return false
        default:
            member.fault(.wrongType, "“\(key)”应为 true 或 false")
            return fallback
        }
    }

    /// A list of nodes; nothing if it was left out.
    func list(_ key: String) -> [PackNode] {
        guard let member = self[key] else { return [] }
        guard let elements = member.elements else {
            member.fault(.wrongType, "“\(key)”应该是一个列表")
            return []
        }
        return elements
    }

    /// A list of texts, each with its node.
    func names(_ key: String) -> [(name: String, node: PackNode)] {
        list(key).compactMap { element in
            guard let text = element.text, !text.isEmpty else {
                element.fault(.wrongType, "“\(key)”里应该都是文字")
                return nil
            }
            return (text, element)
        }
    }

    /// An id: kebab-case, of its own among those seen.
    func id(_ key: String = "id", among seen: inout Set<String>) -> String {
        let id = string(key)
        if id.isEmpty { return id }
        let isKebab = id.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 }
        if !isKebab { self[key]?.fault(.badName, "编号“\(id)”只能用小写字母、数字和连字符") }
        if !seen.insert(id).inserted { self[key]?.fault(.duplicate, "编号“\(id)”用了两次") }
        return id
    }
}

/// The faults that were found so far. It lives only while one pack is read.
final class PackNotes {
    private(set) var faults: [PackFault] = []

    func add(_ fault: PackFault) {
        if !faults.contains(fault) { faults.append(fault) }
    }
}
