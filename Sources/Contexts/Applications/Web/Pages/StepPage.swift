import CanonicalJSON
import Catalogue
import ChineseIdentifiers
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
    /// The picture whose reading the page shows; empty for none.
    let seen: String
    let hasErrors: Bool
    let errors: [ErrorLink]
    let change: Change?
    let picture: LicencePlate?
    let fields: String
    let saved: String
    let laterLabel = "保存并稍后继续"
    let nextLabel: String
    let needs: NeedsPanel
    let stages: [StagePreview]

    struct Change: Sendable {
        let title: String
        let message: String
    }

    init(
        _ page: PageFrame, _ one: OpenApplication, _ step: PackStep, pictures: [String: PictureState],
        faults: [Finding], comments: [String: String], newRules: String? = nil, at now: Instant
    ) {
        let check = one.pack.check(one.draft.values, on: CivilDate(now))
        let places = FieldPlaces(one)
        let counts = StepCounts(check, places)
        var markup = FieldMarkup(
            one, pictures: pictures, faults: faults + check.findings, comments: comments, icons: page.assets.icons)
        self.page = page
        steps = StepLink.all(of: one, current: step.id, counts)
        self.step = StepHead(one, step, counts)
        action = ApplicationPath.step(one.application.id, step.id)
        let asked = step.asked(in: one.draft.values)
        multipart = asked.contains { $0.kind.isPicture }
        polling = asked.contains { pictures[$0.path]?.stateReading ?? false }
        key = ID<StepPage>.new(at: now).text
        seen = asked.lazy.compactMap { one.draft.read[$0.path]?.document }.first ?? ""
        errors = faults.map { ErrorLink($0, places) }
        hasErrors = !errors.isEmpty
        let isRead = step.fields.contains { $0.reads != nil }
        change = Change(one) ?? (isRead ? Change(stillReading: pictures) : nil) ?? newRules.map(Change.init(newRules:))
        picture = isRead ? LicencePlate(one, step, pictures) : nil
        fields = markup.write(step)
        saved = "已保存 \(one.savedAt.clock)"
        nextLabel = one.rules == .all ? "下一步" : "改好了，去提交"
        needs = NeedsPanel(check, one, step, places, counts)
        stages = StagePreview.afterSubmission
    }
}

extension StepPage.Change {
    fileprivate init?(_ one: OpenApplication) {
        guard case .changesRequested(let comments) = one.application.journey.state else { return nil }
        title = "只需改 \(comments.count) 处"
        message = "其他内容都没问题，已经锁定，不用重填。"
    }

    /// Newer rules hold for those who begin now.
    fileprivate init(newRules version: String) {
        title = "新规则 \(version) 已经生效"
        message = "你的申请仍按原来的规则办。在“看全部要求和期限”里可以看到差别，也可以换到新规则。"
    }

    /// The fields of this step are being read from a picture at this moment.
    fileprivate init?(stillReading pictures: [String: PictureState]) {
        guard pictures.values.contains(where: \.stateReading) else { return nil }
        title = "照片还在读取"
        message = "一般几秒钟就好；刷新这一页，读出的内容就会填进来。"
    }
}

extension Instant {
    /// The time of day in Shanghai, such as `14:03`.
    fileprivate var clock: String { String(shortChinese.suffix(5)) }
}
