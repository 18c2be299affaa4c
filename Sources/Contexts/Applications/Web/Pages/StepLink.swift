import Catalogue
import Kernel

/// One of the steps in the rail.
struct StepLink: Sendable {
    let number: String
    let title: String
    /// How long it takes, and how much is missing.
    let state: String
    let href: String?
    let done: Bool
    let current: Bool

    static func all(of one: OpenApplication, current: String, _ counts: StepCounts) -> [StepLink] {
        let asked = one.form.steps.enumerated().map { position, step in
            let missing = counts.text(step.id)
            let isCurrent = step.id == current
            return StepLink(
                number: String(position + 1), title: step.title,
                state: missing.map { "\($0) · 约 \(step.minutes) 分钟" } ?? "已填好",
                href: isCurrent ? nil : ApplicationPath.step(one.application.id, step.id),
                done: missing == nil && !isCurrent, current: isCurrent)
        }
        let isLast = current == "review"
        let last = StepLink(
            number: String(asked.count + 1), title: "检查并提交", state: "约 1 分钟",
            href: isLast ? nil : ApplicationPath.review(one.application.id), done: false, current: isLast)
        return asked + [last]
    }
}

/// What stands over a step.
struct StepHead: Sendable {
    let slug: String
    let number: String
    let count: String
    let title: String
    let lead: String
    let remaining: String

    init(_ one: OpenApplication, _ step: PackStep, _ counts: StepCounts) {
        let steps = one.form.steps
        let position = steps.firstIndex { $0.id == step.id } ?? 0
        slug = step.id
        number = String(position + 1)
        count = String(steps.count + 1)
        title = step.title
        lead = one.rules == .all ? step.lead : "只改审核员标出来的地方就好。"
        let minutes = "还要约 \(steps[position...].map(\.minutes).reduce(1, +)) 分钟"
        remaining = counts.text(step.id).map { "\($0) · \(minutes)" } ?? minutes
    }

    /// The last page.
    init(reviewOf one: OpenApplication) {
        let count = one.form.steps.count + 1
        slug = "review"
        number = String(count)
        self.count = String(count)
        title = "检查并提交"
        lead = "看一眼，没问题就提交。"
        remaining = "最后一步"
    }
}

/// A line of the list of errors on top.
struct ErrorLink: Sendable {
    let path: String
    let label: String
    let message: String
    let href: String

    init(_ finding: Finding, _ places: FieldPlaces) {
        let place = places[finding.path]
        path = finding.path
        label = place?.label ?? "这一页"
        message = finding.message
        href = place == nil ? "#main" : "#" + PackField.elementID(of: finding.path)
    }
}
