import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Kernel
import Web

/// Everything that was filled in, on one page, before it is handed in.
struct ReviewPage: Sendable {
    let page: PageFrame
    let steps: [StepLink]
    let step: StepHead
    let action: String
    let key: String
    let hasErrors = false
    let errors: [ErrorLink] = []
    let stages: [StagePreview]
    let hasTodo: Bool
    let todoCount: String
    let todo: [Todo]
    let sections: [Section]
    let statement = SubmitRoutes.statement
    let truthError: String?
    let submitLabel: String

    struct Todo: Sendable {
        let label: String
        let message: String
        let href: String
    }

    struct Section: Sendable {
        let title: String
        let href: String?
        let facts: [Fact]
    }

    struct Fact: Sendable {
        let label: String
        let value: String?
        let mono: Bool
        let missing: Bool
        let changed: Bool
        let picture: Picture?
    }

    struct Picture: Sendable {
        let url: String
        let href: String
        let alt: String
    }

    /// - Parameter before: the values of the last submission, to show what changed since.
    init(
        _ page: PageFrame, _ one: OpenApplication, before: JSONValue?, truthMissing: Bool, today: CivilDate,
        at now: Instant
    ) {
        let check = one.pack.check(one.draft.values, on: today)
        self.page = page
        steps = StepLink.all(of: one, current: "review")
        step = StepHead(reviewOf: one)
        action = ApplicationPath.submit(one.application.id)
        key = ID<ReviewPage>.new(at: now).text
        stages = StagePreview.afterSubmission
        todo =
            check.due.map { Todo($0, "还没填", one) }
            + check.findings.compactMap { finding in
                one.form.field(at: finding.path).map { Todo($0, finding.message, one) }
            }
        hasTodo = !todo.isEmpty
        todoCount = String(todo.count)
        sections = one.form.steps.map { step in
            Section(
                title: step.title, href: ApplicationPath.step(one.application.id, step.id),
                facts: step.asked(in: one.draft.values).filter { $0.kind != .list }.map { Fact($0, one, before: before) })
        }
        truthError = truthMissing ? "勾选后才能提交" : nil
        submitLabel = one.rules == .all ? "提交申请" : "重新提交"
    }
}

extension ReviewPage.Todo {
    fileprivate init(_ field: PackField, _ message: String, _ one: OpenApplication) {
        let step = one.form.step(asking: field.path)
        label = field.label
        self.message = message + (step.map { "，在「\($0.title)」" } ?? "")
        href = ApplicationPath.step(one.application.id, step?.id ?? one.firstStep) + "#" + field.elementID
    }
}

extension ReviewPage.Fact {
    fileprivate init(_ field: PackField, _ one: OpenApplication, before: JSONValue?) {
        let present = one.draft.values[field.pointer]
        let text =
            field.kind == .categories
            ? one.pack.names(of: (present?.array ?? []).compactMap(\.string)).joined(separator: "、")
            : present.flatMap(field.display) ?? ""
        let isPicture = field.kind.isPicture && !text.isEmpty
        label = field.label
        value = text.isEmpty || isPicture ? nil : field.masked(text)
        mono = field.kind == .identifier
        missing = text.isEmpty
        changed = before.map { $0[field.pointer] != present } ?? false
        picture =
            isPicture
            ? ReviewPage.Picture(
                url: "/documents/\(text)/picture", href: "/documents/\(text)/picture", alt: field.label)
            : nil
    }
}
