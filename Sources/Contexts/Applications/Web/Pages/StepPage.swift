import CanonicalJSON
import Catalogue
import Kernel
import Web

/// One step of the form, as the template knows it.
struct StepPage: Sendable {
    let page: PageFrame
    let steps: [StepLink]
    let step: StepHead
    let action: String
    let multipart: Bool
    let polling: Bool
    let key: String
    let hasErrors: Bool
    let errors: [ErrorLink]
    let change: Change?
    let picture: Plate?
    let fields: String
    let laterLabel = "保存并稍后继续"
    let nextLabel: String
    let needs: [Need]
    let stages: [StagePreview]

    struct Change: Sendable {
        let title: String
        let message: String
    }

    /// The picture beside the fields that were read from it.
    struct Plate: Sendable {
        let url: String
        let alt: String
        let width: String
        let height: String
        let boxes: [Box]
    }

    struct Box: Sendable {
        let path: String
        let doubtful: Bool
        let x: String
        let y: String
        let width: String
        let height: String
    }

    struct Need: Sendable {
        let label: String
        let state: String
        let tone: String
    }

    init(
        _ page: PageFrame, _ one: OpenApplication, _ step: PackStep, pictures: [String: PictureState],
        faults: [Finding],
        comments: [String: String], pages: Pages, at now: Instant
    ) throws {
        var markup = FieldMarkup(
            one, pictures: pictures, faults: faults, comments: comments, pages: pages, icons: page.assets.icons)
        self.page = page
        self.steps = StepLink.all(of: one, current: step.id)
        self.step = StepHead(one, step)
        action = ApplicationPath.step(one.application.id, step.id)
        let asked = step.asked(in: one.draft.values)
        multipart = asked.contains { $0.kind.isPicture }
        polling = asked.contains { pictures[$0.path]?.stateReading ?? false }
        key = ID<StepPage>.new(at: now).text
        errors = faults.map { ErrorLink($0, one) }
        hasErrors = !errors.isEmpty
        change =
            Change(one, comments: comments)
            ?? Change(stillReading: pictures.values.contains(where: \.stateReading), step)
        picture = step.fields.contains { $0.reads != nil } ? Plate(one, step, pictures) : nil
        fields = try markup.write(step)
        nextLabel = one.rules == .all ? "下一步" : "改好了，去提交"
        needs = one.form.steps.enumerated().flatMap { position, other in
            other.asked(in: one.draft.values).filter { field in
                field.isRequired && field.kind != .list && (field.kind.isPicture || other.id == step.id)
            }.map { field in
                Need(
                    field, isDone: !(one.draft.values[field.pointer]?.isBlank ?? true), isHere: other.id == step.id,
                    position + 1)
            }
        }
        stages = StagePreview.afterSubmission
    }
}

extension StepPage.Need {
    fileprivate init(_ field: PackField, isDone: Bool, isHere: Bool, _ number: Int) {
        label = field.label
        state = isDone ? "已填" : isHere ? "现在要" : "第 \(number) 步"
        tone = isDone ? "ok" : isHere ? "info" : "none"
    }
}

extension StepPage.Change {
    fileprivate init?(_ one: OpenApplication, comments: [String: String]) {
        guard case .named(let paths, _) = one.rules else { return nil }
        title = "只需改 \(paths.count) 处"
        message = "其他内容都没问题，已经锁定，不用重填。"
    }
}

extension StepPage.Change {
    /// The fields of this step are being read from a picture at this moment.
    fileprivate init?(stillReading: Bool, _ step: PackStep) {
        guard stillReading, step.fields.contains(where: { $0.reads != nil }) else { return nil }
        title = "照片还在读取"
        message = "一般几秒钟就好；刷新这一页，读出的内容就会填进来。"
    }
}

extension StepPage.Plate {
    fileprivate init?(_ one: OpenApplication, _ step: PackStep, _ pictures: [String: PictureState]) {
        guard let licence = one.asked.first(where: { $0.kind == .licence }), let state = pictures[licence.path]
        else { return nil }
        url = state.url
        alt = "你上传的营业执照照片"
        width = String(state.width)
        height = String(state.height)
        boxes = step.fields.compactMap { field in
            guard let read = one.draft.read[field.path], read.box.count == 4 else { return nil }
            return StepPage.Box(
                path: field.path, doubtful: one.draft.isDoubtful(field), x: String(read.box[0]), y: String(read.box[1]),
                width: String(read.box[2]), height: String(read.box[3]))
        }
    }
}

/// A line of the list of errors on top.
struct ErrorLink: Sendable {
    let path: String
    let label: String
    let message: String
    let href: String

    init(_ finding: Finding, _ one: OpenApplication) {
        let field = one.form.field(at: finding.path)
        path = finding.path
        label = field?.label ?? "这一页"
        message = finding.message
        href = "#" + (field?.elementID ?? "main")
    }
}

/// One of the steps in the rail.
struct StepLink: Sendable {
    let number: String
    let title: String
    let minutes: String
    let href: String?
    let done: Bool
    let current: Bool
    let todo: Bool

    static func all(of one: OpenApplication, current: String) -> [StepLink] {
        let asked = one.form.steps.enumerated().map { position, step in
            let isDone = !step.isWanting(one.draft.values)
            let isCurrent = step.id == current
            return StepLink(
                number: String(position + 1), title: step.title, minutes: "约 \(step.minutes) 分钟",
                href: isCurrent ? nil : ApplicationPath.step(one.application.id, step.id), done: isDone && !isCurrent,
                current: isCurrent, todo: !isDone && !isCurrent)
        }
        let last = StepLink(
            number: String(asked.count + 1), title: "检查并提交", minutes: "约 1 分钟",
            href: current == "review" ? nil : ApplicationPath.review(one.application.id), done: false,
            current: current == "review", todo: current != "review")
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

    init(_ one: OpenApplication, _ step: PackStep) {
        let steps = one.form.steps
        let position = steps.firstIndex { $0.id == step.id } ?? 0
        slug = step.id
        number = String(position + 1)
        count = String(steps.count + 1)
        title = step.title
        lead = one.rules == .all ? step.lead : "只改审核员标出来的地方就好。"
        remaining = "还要约 \(steps[position...].map(\.minutes).reduce(1, +)) 分钟"
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
