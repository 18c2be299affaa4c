import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Documents
import FormData
import Kernel
import Web

/// What a person sent in for one step.
struct StepAnswers: Sendable {
    let form: Form
    let step: String
    let today: CivilDate

    /// A picture that was kept, and the field that it answers.
    struct Picture: Sendable {
        let field: PackField
        let upload: Documents.Upload
    }

    /// What the person wants to happen after saving.
    enum Wish: Sendable, Equatable {
        case next
        /// 保存并稍后继续.
        case later
        /// The page saves by itself while somebody fills it in.
        case autosave
        case upload
        case addRow(list: String)
        case removeRow(list: String, id: String)
    }

    var wish: Wish {
        switch form["go"] {
        case "later": return .later
        case "auto": return .autosave
        case "upload": return .upload
        case let text? where text.hasPrefix("add:"): return .addRow(list: String(text.dropFirst(4)))
        case let text? where text.hasPrefix("remove:"):
            let path = text.dropFirst(7)
            guard let slash = path.lastIndex(of: "/") else { return .next }
            return .removeRow(list: String(path[..<slash]), id: String(path[path.index(after: slash)...]))
        default: return .next
        }
    }

    /// The fields that the step asks of these answers.
    func fields(in one: OpenApplication) -> [PackField] { one.form.step(step)?.asked(in: one.draft.values) ?? [] }

    func file(for field: PackField) -> FormFile? {
        guard let file = form.fields.file("file." + field.name) ?? form.fields.file(field.name), !file.bytes.isEmpty
        else { return nil }
        return file
    }

    /// The upload in parts that a field's picture came in.
    func upload(for field: PackField) -> String? { form["upload." + field.name] }

    /// The draft with these answers in it. Fields that are locked, and fields that the page did not show, keep their
    /// value.
    func draft(on one: OpenApplication, with pictures: [Picture]) throws -> Draft {
        guard let asking = one.form.step(step) else { throw Problem.notFound }
        var draft = one.draft
        let known = one.pack.content.categories.map(\.id)
        for field in fields(in: one) where one.rules.allows(field) {
            if let picture = pictures.first(where: { $0.field.path == field.path }) {
                draft.set(field, to: .string(picture.upload.document.id.text))
            }
            let input = FieldInput(form: form, field: field)
            guard input.wasShown, !input.isOverlong, !isOlderThanReading(input, one.draft) else { continue }
            draft.set(field, to: input.value(among: known))
        }
        switch wish {
        case .addRow(let list):
            if let list = row(list, of: asking, one) { draft.addRow(to: list) }
        case .removeRow(let list, let id):
            if let list = row(list, of: asking, one) { draft.removeRow(id, from: list) }
        // What came back blank was not looked at: the page may be older than the reading.
        case .next: draft.confirm(fields(in: one).filter { !FieldInput(form: form, field: $0).isBlank })
        // Who leaves, or puts a photo in, has said nothing about what was read.
        case .later, .autosave, .upload: break
        }
        return draft
    }

    private func row(_ path: String, of step: PackStep, _ one: OpenApplication) -> PackField? {
        step.fields.first { $0.path == path && $0.kind == .list && one.rules.allows($0) }
    }

    /// The form was shown before the picture was read: that it came back empty says nothing about what was read since.
    /// The page names the reading that it shows in `_seen`; who empties a field of that one has erased it.
    private func isOlderThanReading(_ input: FieldInput, _ draft: Draft) -> Bool {
        input.isBlank && draft.isRecognised(input.field) && !draft.confirmed.contains(input.field.path)
            && form["_seen"] != draft.read[input.field.path]?.document
    }

    /// What is wrong with what now stands in this step. What is only missing is no fault in a draft.
    func faults(in one: OpenApplication) -> [Finding] {
        let overlong = fields(in: one).filter { FieldInput(form: form, field: $0).isOverlong }.map { field in
            Finding(
                path: field.path, code: "field.length", message: "\(field.label)太长，没有保存",
                hint: "最多 \(field.most) 个字")
        }
        let asking = one.form.step(step)
        return overlong
            + one.pack.check(one.draft.values, on: today).findings.filter { finding in
                asking?.asks(finding.path) ?? false
            }
    }

    /// Where to go on: to the same step after an upload or when the answers brought new questions into it, otherwise to
    /// the next one.
    func destination(from before: OpenApplication, to after: OpenApplication) -> String {
        let id = after.application.id
        if wish == .upload { return ApplicationPath.step(id, step) }
        let known = Set(fields(in: before).map(\.path))
        if let new = fields(in: after).first(where: { !known.contains($0.path) }) {
            return ApplicationPath.step(id, step) + "#" + new.elementID
        }
        if case .removeRow(let list, _) = wish {
            return ApplicationPath.step(id, step) + "#" + PackField.elementID(of: list)
        }
        if case .addRow = wish { return ApplicationPath.step(id, step) }
        let steps = after.form.steps.map(\.id)
        guard let position = steps.firstIndex(of: step), position + 1 < steps.count else {
            return ApplicationPath.review(id)
        }
        if case .named = after.rules { return ApplicationPath.review(id) }
        return ApplicationPath.step(id, steps[position + 1])
    }
}

extension PackStep {
    /// Whether a field of this step, or one in a row of its lists, has this path.
    func asks(_ path: String) -> Bool {
        fields.contains { $0.path == path || ($0.kind == .list && path.hasPrefix($0.path + "/")) }
    }
}

extension PackField {
    /// The id of its element on the page.
    var elementID: String { Self.elementID(of: path) }

    static func elementID(of path: String) -> String { "f-" + path.split(separator: "/").joined(separator: "-") }
}
