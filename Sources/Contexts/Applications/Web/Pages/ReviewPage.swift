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
    let sections: [ReviewSection]
    let statement = SubmitRoutes.statement
    let truthError: String?
    let submitLabel: String

    struct Todo: Sendable {
        let label: String
        let message: String
        let href: String
    }

    /// - Parameter before: the values of the last submission, to show what changed since.
    init(
        _ page: PageFrame, _ one: OpenApplication, before: JSONValue?, truthMissing: Bool, today: CivilDate,
        at now: Instant
    ) {
        let check = one.pack.check(one.draft.values, on: today)
        let places = FieldPlaces(one)
        self.page = page
        steps = StepLink.all(of: one, current: "review", StepCounts(check, places))
        step = StepHead(reviewOf: one)
        action = ApplicationPath.submit(one.application.id)
        key = ID<ReviewPage>.new(at: now).text
        stages = StagePreview.afterSubmission
        todo =
            check.due.compactMap { Todo($0.path, "还没填", one, places) }
            + check.findings.compactMap { Todo($0.path, $0.message, one, places) }
        hasTodo = !todo.isEmpty
        todoCount = String(todo.count)
        sections = one.form.steps.map { ReviewSection($0, one, before: before) }
        truthError = truthMissing ? "勾选后才能提交" : nil
        submitLabel = one.rules == .all ? "提交申请" : "重新提交"
    }
}

extension ReviewPage.Todo {
    fileprivate init?(_ path: String, _ message: String, _ one: OpenApplication, _ places: FieldPlaces) {
        guard let place = places[path] else { return nil }
        label = place.label
        self.message = "\(message)，在「\(place.step.title)」"
        href = places.href(path, one)
    }
}
