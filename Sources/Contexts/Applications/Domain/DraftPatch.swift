import CanonicalJSON
import Catalogue
import Kernel

/// A change to a draft as programs send it: a JSON merge patch (RFC 7396) of its values. Every member is taken, or none.
struct DraftPatch: Sendable {
    private let leaves: [Leaf]

    private struct Leaf {
        let pointer: JSONPointer
        let path: String
        /// nil removes what is there.
        let value: JSONValue?
    }

    /// What can't be taken, field by field.
    struct Refused: ProblemConvertible {
        let findings: [Finding]

        var problem: Problem {
            Problem(
                .unprocessable, code: "draft.refused", title: "有内容不能保存，这一次什么都没有改", hint: "请按列出的项目改正后再发一次",
                findings: findings)
        }
    }

    /// - Throws: `Problem` if the patch is no object.
    init(_ patch: JSONValue) throws {
        guard patch.object != nil else {
            throw Problem(.badRequest, code: "draft.not_object", title: "修改应是一个 JSON 对象", hint: "请按 RFC 7396 发送要改的成员")
        }
        var leaves: [Leaf] = []
        Self.collect(patch, at: [], into: &leaves)
        self.leaves = leaves
    }

    private static func collect(_ value: JSONValue, at tokens: [String], into leaves: inout [Leaf]) {
        if case .object(let members) = value, !members.isEmpty || tokens.isEmpty {
            for member in members { collect(member.value, at: tokens + [member.key], into: &leaves) }
        } else {
            let pointer = JSONPointer(tokens: tokens)
            leaves.append(Leaf(pointer: pointer, path: pointer.description, value: value == .null ? nil : value))
        }
    }

    /// The draft with the patch in it. What it says decides which form it is checked against.
    /// - Throws: `Refused` with all that can't be taken.
    func draft(on one: OpenApplication) throws(Refused) -> Draft {
        var draft = one.draft
        for leaf in leaves where PackContent.selectionPaths.contains(leaf.path) {
            draft.put(leaf.value, at: leaf.pointer)
        }
        let form = one.pack.form(in: draft.values)
        draft = one.draft
        var findings: [Finding] = []
        for leaf in leaves {
            if let finding = Self.write(leaf, into: &draft, one, form) { findings.append(finding) }
        }
        guard findings.isEmpty else { throw Refused(findings: findings) }
        return draft
    }

    private static func write(
        _ leaf: Leaf, into draft: inout Draft, _ one: OpenApplication, _ form: PackForm
    ) -> Finding? {
        let present = draft.values[leaf.pointer]
        if present == leaf.value { return nil }
        if leaf.path == PackContent.subjectPath {
            guard one.rules == .all else { return finding(leaf, .locked) }
            guard let id = leaf.value?.string, one.pack.content.subject(id) != nil else {
                return finding(leaf, .unknown)
            }
            draft.choose(subject: id)
            return nil
        }
        guard let place = Place(leaf.pointer, leaf.path, in: form) else { return finding(leaf, .unknown) }
        guard one.rules.allows(place.field) else { return finding(leaf, .locked) }
        switch place {
        case .row(let list, let id):
            guard let value = leaf.value else {
                draft.removeRow(id, from: list)
                return nil
            }
            guard value == [:], draft.values[list.pointer]?.object?.count ?? 0 < list.most else {
                return finding(leaf, .type)
            }
            draft.put(value, at: leaf.pointer)
        case .value(let field):
            guard !field.kind.isPicture || leaf.value == nil else { return finding(leaf, .picture) }
            guard let value = leaf.value else {
                draft.set(field, to: nil)
                return nil
            }
            guard let normal = normal(value, of: field) else { return finding(leaf, .type) }
            if let text = normal.string, text.utf8.count > field.mostBytes { return finding(leaf, .length) }
            draft.set(field, to: normal)
        }
        return nil
    }

    /// Where a leaf belongs.
    private enum Place {
        case value(PackField)
        case row(list: PackField, id: String)

        var field: PackField {
            switch self {
            case .value(let field): field
            case .row(let list, _): list
            }
        }

        init?(_ pointer: JSONPointer, _ path: String, in form: PackForm) {
            if let field = form.field(at: path), field.kind != .list {
                self = .value(field)
            } else if let id = pointer.tokens.last, PackField.isRowID(id), let parent = pointer.parent,
                let list = form.field(at: parent.description), list.kind == .list
            {
                self = .row(list: list, id: id)
            } else {
                return nil
            }
        }
    }

    /// The value in its normal form; nil for a type that the field can't hold.
    private static func normal(_ value: JSONValue, of field: PackField) -> JSONValue? {
        switch (field.kind, value) {
        case (.categories, .string): nil
        case (_, .string(let text)): field.value(of: text)
        case (.categories, .array(let items)): items.allSatisfy { $0.string != nil } ? value : nil
        case (.consent, .bool): value == true ? value : nil
        case (.number, .number(let number)), (.money, .number(let number)): number.integer == nil ? nil : value
        default: nil
        }
    }

    private enum Fault: String {
        case unknown, locked, picture, length, type

        var words: (message: String, hint: String) {
            switch self {
            case .unknown: ("这份申请没有这一项，或没有这个选项", "可填的项目见 /api/forms；列表的行用 r0001 这样的编号")
            case .locked: ("这一项现在不能改", "退回修改时只能改指出的和空着的项目")
            case .picture: ("照片不能写在这里", "请用上传接口传照片")
            case .length: ("内容太长，没有保存", "请精简后再试")
            case .type: ("值的类型不对", "应有的类型见 /api/forms 的 schema")
            }
        }
    }

    private static func finding(_ leaf: Leaf, _ fault: Fault) -> Finding {
        Finding(path: leaf.path, code: "field.\(fault.rawValue)", message: fault.words.message, hint: fault.words.hint)
    }
}

extension PackField {
    /// Far beyond what the field may hold: such a text is not kept at all.
    var mostBytes: Int { max(1_024, min(most, 10_000) * 8) }
}
