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

    /// 保存并稍后继续.
    var goesLater: Bool { form["go"] == "later" }

    func fields(in one: OpenApplication) -> [PackField] { one.form.step(step)?.fields ?? [] }

    func file(for field: PackField) -> FormFile? {
        guard let file = form.fields.file("file." + field.name) ?? form.fields.file(field.name), !file.bytes.isEmpty
        else { return nil }
        return file
    }

    /// The draft with these answers in it. Fields that are locked keep their value.
    func draft(on one: OpenApplication, with pictures: [Picture]) throws -> Draft {
        guard one.form.step(step) != nil else { throw Problem.notFound }
        var draft = one.draft
        for field in fields(in: one) where one.rules.allows(field) {
            if field.kind.isPicture {
                guard let picture = pictures.first(where: { $0.field.path == field.path }) else { continue }
                draft.set(field, to: .string(picture.upload.document.id.text))
            } else if field.kind == .categories {
                let known = one.pack.categories.map(\.id).filter(form.fields.all(field.name).contains)
                draft.set(field, to: .array(known.map { .string($0) }))
            } else if form.fields[field.name] != nil, !isOverlong(field), !isOlderThanReading(field, one.draft) {
                draft.set(field, to: form[field.name].map { .string(one.pack.normalised($0, for: field, on: today)) })
            }
        }
        // Only who goes on has seen the fields; leaving, or putting a photo in, says nothing about them.
        if form["go"] == nil || form["go"] == "next" { draft.confirm(fields(in: one)) }
        return draft
    }

    /// A text far beyond what the field may hold is told and not kept.
    private func isOverlong(_ field: PackField) -> Bool {
        (form.fields[field.name]?.utf8.count ?? 0) > max(1_024, field.most * 8)
    }

    /// The form was shown before the picture was read: that it came back empty says nothing about what was read since.
    private func isOlderThanReading(_ field: PackField, _ draft: Draft) -> Bool {
        form[field.name] == nil && draft.isRecognised(field) && !draft.confirmed.contains(field.path)
    }

    /// What is wrong with what now stands in this step. What is only missing is no fault in a draft.
    func faults(in one: OpenApplication) -> [Finding] {
        let paths = Set(fields(in: one).map(\.path))
        let overlong = fields(in: one).filter(isOverlong).map { field in
            Finding(
                path: field.path, code: "field.length", message: "\(field.label)太长，没有保存",
                hint: "最多 \(field.most) 个字")
        }
        return overlong + one.pack.check(one.draft.values, on: today).findings.filter { paths.contains($0.path) }
    }

    /// Where to go on: to the same step after an upload or when the answers brought new questions into it, otherwise to
    /// the next one.
    func destination(from before: OpenApplication, to after: OpenApplication) -> String {
        let id = after.application.id
        if form["go"] == "upload" { return ApplicationPath.step(id, step) }
        let known = Set(fields(in: before).map(\.path))
        let asked = after.form.step(step)?.fields ?? []
        if let new = asked.first(where: { !known.contains($0.path) }) {
            return ApplicationPath.step(id, step) + "#" + new.elementID
        }
        let steps = after.form.steps.map(\.id)
        guard let position = steps.firstIndex(of: step), position + 1 < steps.count else {
            return ApplicationPath.review(id)
        }
        if case .named = after.rules { return ApplicationPath.review(id) }
        return ApplicationPath.step(id, steps[position + 1])
    }
}

extension PackField {
    /// The id of its element on the page.
    var elementID: String { "f-" + path.split(separator: "/").joined(separator: "-") }
}
