import Catalogue
import Kernel
import Web

/// What is still wanted, by urgency, with a way to each.
struct RequirementsPage: Sendable {
    let page: PageFrame
    let company: String
    let progressHref: String
    let number: String
    let isDone: Bool
    let deadline: String?
    let isLate: Bool
    let sections: [Section]
    let choices: [Choice]
    let hasChoices: Bool
    let updates: [Update]

    struct Section: Sendable {
        let title: String
        let note: String
        let tone: String
        let items: [Item]
    }

    struct Item: Sendable {
        let label: String
        let detail: String?
        let href: String
    }

    struct Choice: Sendable {
        let label: String
        let href: String
        let options: [Option]
    }

    struct Option: Sendable {
        let name: String
        let brings: String
    }

    /// Rules that hold already or will hold.
    struct Update: Sendable {
        let title: String
        let detail: String
        let added: [String]
        let dropped: [String]
        let action: String?
    }

    init(_ page: PageFrame, _ one: OpenApplication, _ list: RequirementList, at now: Instant) {
        let groups = one.form.groupTitles
        func items(_ fields: [PackField]) -> [Item] {
            fields.map { field in
                let reasons = [groups[field.path], field.source.map { "依据：\($0)" }].compactMap(\.self)
                return Item(
                    label: field.label, detail: reasons.isEmpty ? nil : reasons.joined(separator: "，"),
                    href: one.href(to: field.path))
            }
        }
        let open = Set(list.alternatives.map(\.field.path))
        self.page = page
        company = one.pack.title(of: one.draft.values) ?? "未命名草稿"
        number = one.number
        progressHref = ApplicationPath.progress(one.application.id)
        deadline = list.deadline.map { "请在 \($0.shortChinese) 之前完成" }
        isLate = !list.pastDue.isEmpty
        let errors = list.errors.map { finding in
            Item(
                label: one.form.field(at: finding.path)?.label ?? "这份申请",
                detail: [finding.message, finding.hint].compactMap(\.self).joined(separator: "。"),
                href: one.href(to: finding.path))
        }
        sections = [
            Section(title: "要改的", note: "填了，但不对", tone: "bad", items: errors),
            Section(
                title: "现在要的", note: "填好就能提交", tone: "warn",
                items: items(list.currentlyDue.filter { !open.contains($0.path) })),
            Section(title: "可能会要的", note: "看前面怎么选", tone: "none", items: items(list.eventuallyDue)),
            Section(title: "正在核对的", note: "不用你做什么", tone: "info", items: items(list.pendingVerification)),
        ].filter { !$0.items.isEmpty }
        choices = list.alternatives.map { Choice($0, one) }
        hasChoices = !choices.isEmpty
        isDone = one.rules != .none && list.currentlyDue.isEmpty && list.errors.isEmpty
        updates = list.future.map { Update($0, one, at: now) }
    }
}

extension RequirementsPage.Choice {
    fileprivate init(_ choice: QualificationChoice, _ one: OpenApplication) {
        label = choice.field.label
        href = one.href(to: choice.field.path)
        options = choice.options.map { option in
            let labels = option.paths.compactMap { one.form.field(at: $0)?.label }
            return .init(name: option.name, brings: labels.isEmpty ? "不用另交材料" : labels.joined(separator: "、"))
        }
    }
}

extension RequirementsPage.Update {
    fileprivate init(_ rules: RequirementList.FutureRules, _ one: OpenApplication, at now: Instant) {
        let isInForce = rules.effectiveAt <= now
        title = isInForce ? "新规则 \(rules.version) 已经生效" : "新规则 \(rules.version) 将在 \(rules.effectiveAt.shortChinese) 生效"
        added = rules.added.map(\.label)
        dropped = rules.dropped.map(\.label)
        detail =
            added.isEmpty && dropped.isEmpty
            ? "对这份申请没有影响。" : isInForce ? "你的申请仍按原来的规则办，也可以换到新规则。" : "在那之前提交，按现在的规则办。"
        let isMine = one.application.journey.state.isWithApplicant
        action = isInForce && isMine ? ApplicationPath.rules(one.application.id) : nil
    }
}

extension OpenApplication {
    /// The page and place where a field is asked.
    func href(to path: String) -> String {
        let step = form.steps.first { $0.asks(path) }?.id ?? firstStep
        return ApplicationPath.step(application.id, step) + "#" + PackField.elementID(of: path)
    }
}

extension PackForm {
    /// What heads each question, since many papers have a number and a photo.
    fileprivate var groupTitles: [String: String] {
        let titled = steps.flatMap(\.groups).flatMap { group in group.fields.map { ($0.path, group.title) } }
        return Dictionary(titled, uniquingKeysWith: { first, _ in first })
    }
}
