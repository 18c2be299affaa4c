import Accounts
import Kernel
import Web

/// What the queue's template may know.
struct QueuePage: Sendable {
    let page: PageFrame
    let tabs: [Tab]
    let message: Message?
    let hasRows: Bool
    let caption: String
    let waitedLabel: String
    let rows: [Row]
    let emptyTitle: String?
    let emptyText: String?

    struct Tab: Sendable {
        let label: String
        let href: String
        let count: String
        let current: Bool
    }

    struct Message: Sendable {
        let tone: String
        let text: String
    }

    struct Row: Sendable {
        let company: String
        let categories: String
        let round: String
        let waitingSince: String
        let waited: String
        let tone: String
        let claimedBy: String?
        let href: String
        let claimable: Bool
        let claimAction: String
        let key: String
        let action: String
    }

    private static func count(_ number: Int) -> String {
        number < QueueStore.countedAtMost ? String(number) : "\(QueueStore.countedAtMost - 1)+"
    }

    init(page: PageFrame, _ view: QueueView) {
        self.page = page
        tabs = QueueTab.allCases.map { tab in
            Tab(
                label: tab.label, href: ReviewPath.queue(tab), count: Self.count(view.counts[tab] ?? 0),
                current: tab == view.tab)
        }
        message = view.after.flatMap(Message.init(after:))
        rows = view.cases.map { Row($0, in: view) }
        hasRows = !rows.isEmpty
        caption = view.tab.caption
        waitedLabel = view.tab == .done ? "用时" : "已等待"
        emptyTitle = hasRows ? nil : view.tab.emptyTitle
        emptyText = hasRows ? nil : "有新的申请会出现在这里，刷新即可。"
    }
}

extension QueuePage.Row {
    fileprivate init(_ subject: Case, in view: QueueView) {
        let time = WaitingTime(from: subject.submittedAt, to: subject.endedAt ?? view.now)
        let isFree = subject.isFree(at: view.now)
        company = subject.company
        categories = subject.categories.joined(separator: "、")
        round = "第 \(subject.round) 次"
        waitingSince = subject.submittedAt.shortChinese
        waited = time.text
        tone = time.tone.rawValue
        claimedBy = isFree ? nil : Self.holder(of: subject, in: view)
        href = ReviewPath.page(subject.id)
        claimable = isFree && subject.person != view.viewer
        claimAction = ReviewPath.act(.claim, on: subject.id)
        key = RandomToken.make(bytes: 9)
        action = view.tab == .mine ? "继续审核" : "查看"
    }

    private static func holder(of subject: Case, in view: QueueView) -> String? {
        switch subject.state {
        case .waiting: nil
        case .closed: "申请人已撤回"
        case .claimed(let claim): name(claim.reviewer, in: view)
        case .decided(let ruling): name(ruling.reviewer, in: view) + " · " + ruling.verdict.name
        }
    }

    private static func name(_ reviewer: ID<Person>, in view: QueueView) -> String {
        (view.names[reviewer] ?? "审核员") + (reviewer == view.viewer ? "（我）" : "")
    }
}

extension QueuePage.Message {
    fileprivate init?(after decided: Case) {
        guard case .decided(let ruling) = decided.state else { return nil }
        tone = "ok"
        text = ruling.verdict.done + "「\(decided.company)」，申请人会收到消息。"
    }
}

extension QueueTab {
    fileprivate var label: String {
        switch self {
        case .waiting: "待领取"
        case .mine: "我的"
        case .done: "已处理"
        }
    }

    fileprivate var caption: String {
        switch self {
        case .waiting: "待领取的审核单，等得最久的在前"
        case .mine: "我领取的审核单，等得最久的在前"
        case .done: "已处理的审核单，最近的在前"
        }
    }

    fileprivate var emptyTitle: String {
        switch self {
        case .waiting: "都处理完了"
        case .mine: "您手上没有审核单"
        case .done: "还没有处理过的审核单"
        }
    }
}
