import CanonicalJSON
import Catalogue
import Kernel
import Web

/// Where an application stands, told like the way of a parcel.
struct ProgressPage: Sendable {
    let page: PageFrame
    let company: String
    let number: String
    let state: String
    let tone: String
    let turn: Turn
    let hasChanges: Bool
    let changesCount: String
    let changes: [Change]
    let rejection: Rejection?
    let nodes: [ProgressNode]
    /// Where the expected times come from.
    let basis: String?
    let events: [Line]
    let withdraw: Withdraw?

    /// Whose turn it is, and what to do now.
    struct Turn: Sendable {
        let tone: String
        let whose: String
        let title: String
        let detail: String
        let action: Action?
    }

    struct Action: Sendable {
        let label: String
        let href: String
    }

    struct Change: Sendable {
        let label: String
        let reason: String
        let hint: String?
        let href: String
    }

    struct Rejection: Sendable {
        let reasons: [Reason]
        let appeal: String
    }

    struct Reason: Sendable {
        let title: String
        let detail: String
    }

    struct Line: Sendable {
        let time: String
        let title: String
        let detail: String?
    }

    struct Withdraw: Sendable {
        let note: String
        let action: String
        let key: String
    }

    init(_ page: PageFrame, _ one: OpenApplication, _ story: Applications.Story, at now: Instant) {
        let journey = one.application.journey
        let comments = one.openedComments
        self.page = page
        company = one.pack.title(of: one.draft.values) ?? "未命名草稿"
        number = one.number
        state = journey.state.label
        tone = journey.state.tone
        let steps = ProgressStep.all(of: one, story)
        turn = Turn(one, story, steps, at: now)
        changes = one.asked.filter { comments[$0.path] != nil }.map { field in
            Change(
                label: field.label, reason: comments[field.path] ?? "", hint: field.hint,
                href: ApplicationPath.step(one.application.id, one.form.step(asking: field.path)?.id ?? one.firstStep)
                    + "#" + field.elementID)
        }
        hasChanges = !changes.isEmpty
        changesCount = String(changes.count)
        rejection = Rejection(one)
        nodes = steps.map { ProgressNode($0, at: now) }
        basis = story.outlook.words
        events = story.milestones.reversed().map(Line.init)
        withdraw =
            switch journey.state {
            case .draft, .at, .held, .changesRequested:
                Withdraw(
                    note: "撤回后审核就停了，这份申请到此为止；要再入驻，请重新开始一份。", action: ApplicationPath.withdraw(one.application.id),
                    key: ID<ProgressPage>.new(at: now).text)
            case .rejected, .open, .withdrawn: nil
            }
    }
}

extension OpenApplication {
    /// What people read out on the phone.
    var number: String {
        let day = application.createdAt.iso8601.prefix(10).filter { $0 != "-" }
        return "RZ-\(day)-\(application.id.text.suffix(6).uppercased())"
    }
}

extension ProgressPage.Turn {
    fileprivate init(
        _ one: OpenApplication, _ story: Applications.Story, _ steps: [ProgressStep], at now: Instant
    ) {
        let id = one.application.id
        let state = one.application.journey.state
        tone = state.tone == "none" ? "info" : state.tone
        switch state {
        case .draft:
            (whose, title, detail) = ("轮到你", "还没有提交", "填完就能提交。")
            action = .init(label: "接着填", href: one.nextStepPath)
        case .at(.review):
            (whose, title) = ("轮到审核员", "资料正在审核")
            let expected = steps.first { $0.state == .current }?.expected(at: now)
            detail = (expected.map { "\($0)。" } ?? "") + "你现在不用做什么，有结果会发短信告诉你。"
            action = nil
        case .at:
            (whose, title, detail, action) = ("系统处理中", "正在自动处理", "一般几秒钟就好，刷新可以看到新的进展。", nil)
        case .held(_, let rule):
            (whose, title) = ("轮到平台", "停在尚未启用的一步")
            detail = "\(rule)。这一项尚未启用，你的资料都保留着，启用后会接着走，并发短信告诉你。"
            action = nil
        case .changesRequested(let comments):
            (whose, title) = ("轮到你", "有 \(comments.count) 处要改一下")
            detail = "其他内容都没问题，不用重填。改完提交，会再审一次。"
            action = .init(label: "去修改", href: one.firstCommentedPath ?? ApplicationPath.review(id))
        case .rejected:
            (whose, title, detail) = ("已结束", "这次没有通过", "原因写在下面。情况变了可以重新申请。")
            action = .init(label: "我的申请", href: "/applications")
        case .open:
            let shop = one.draft.values[["shop", "name"]]?.string ?? "店铺"
            (whose, title) = ("恭喜", "「\(shop)」开张了")
            detail = "营业执照信息已按《电子商务法》第十五条公示。"
            action = story.shop.map { .init(label: "去我的店铺", href: $0) }
        case .withdrawn:
            (whose, title, detail) = ("已结束", "你撤回了这份申请", "要再入驻，可以在“我的申请”里重新开始一份。")
            action = .init(label: "我的申请", href: "/applications")
        }
    }
}

extension OpenApplication {
    /// The step with the first field that the reviewer named.
    fileprivate var firstCommentedPath: String? {
        let comments = openedComments
        guard let field = asked.first(where: { comments[$0.path] != nil }),
            let step = form.step(asking: field.path)
        else { return nil }
        return ApplicationPath.step(application.id, step.id) + "#" + field.elementID
    }
}

extension ProgressPage.Rejection {
    fileprivate init?(_ one: OpenApplication) {
        guard case .rejected(let refusal) = one.application.journey.state else { return nil }
        reasons = [.init(title: RejectionReason.text(of: refusal.code), detail: one.opened(refusal.note) ?? "")]
        appeal = "觉得不对？可以申请人工复核：把申请编号 \(one.number) 告诉平台客服，申请再看一次。"
    }
}

extension ProgressPage.Line {
    fileprivate init(_ milestone: Milestone) {
        time = milestone.at.shortChinese
        let stage = milestone.stage?.title ?? ""
        switch milestone.what {
        case .created: (title, detail) = ("你开始填写", nil)
        case .submitted: (title, detail) = ("你提交了申请", "第 \(milestone.round) 次提交")
        case .passed: (title, detail) = ("\(stage)通过", nil)
        case .notRequired: (title, detail) = ("\(stage)：本类目无需", milestone.detail)
        case .held: (title, detail) = ("停在\(stage)：尚未启用", milestone.detail)
        case .changesRequested: (title, detail) = ("审核员请你修改", nil)
        case .rejected: (title, detail) = ("审核未通过", milestone.detail.map(RejectionReason.text))
        case .opened: (title, detail) = ("店铺开张", nil)
        case .withdrawn: (title, detail) = ("你撤回了申请", nil)
        case .rulesChanged: (title, detail) = ("换到新规则", milestone.detail.map { "规则包 \($0)" })
        }
    }
}

extension Stage {
    /// The stage as applicants know it.
    var title: String {
        switch self {
        case .screening: "机审"
        case .review: "类目复核"
        case .agreement: "合同"
        case .deposit: "保证金"
        case .opening: "开店"
        }
    }
}

extension Outlook {
    /// Where its times come from; and that a coming year's days off are not announced yet, if they reach into one.
    fileprivate var words: String? {
        guard let last = windows.values.max(by: { $0.latest < $1.latest }) else { return nil }
        let unannounced = isAnnounced ? "" : "\(last.latest.inShanghai.year) 年的放假安排还没有公布，先按周末和法定节日算。"
        return last.basis.text + unannounced
    }
}
