import Kernel
import Web

/// A person's applications.
struct ApplicationsPage: Sendable {
    let page: PageFrame
    let key: String
    let hasApplications: Bool
    let applications: [Row]

    struct Row: Sendable {
        let company: String
        let state: String
        let tone: String
        let next: String
        let updated: String
        let href: String
    }

    init(_ page: PageFrame, _ mine: [Applications.Overview], at now: Instant) {
        self.page = page
        key = ID<ApplicationsPage>.new(at: now).text
        hasApplications = !mine.isEmpty
        applications = mine.map(Row.init)
    }
}

extension ApplicationsPage.Row {
    fileprivate init(_ one: Applications.Overview) {
        let state = one.application.journey.state
        company = one.company ?? "未命名草稿"
        self.state = state.label
        tone = state.tone
        next = state.nextSentence
        updated = "\(one.savedAt.shortChinese) \(state == .draft ? "保存" : "更新")"
        href = ApplicationPath.progress(one.application.id)
    }
}

extension JourneyState {
    /// The state in a word.
    var label: String {
        switch self {
        case .draft: "草稿"
        case .at(.screening): "机审中"
        case .at(.review): "审核中"
        case .at(.agreement): "等待合同"
        case .at(.deposit): "等待保证金"
        case .at(.opening): "开店中"
        case .held(.agreement, _): "等待合同"
        case .held(.deposit, _): "等待保证金"
        case .held(_, _): "等待启用"
        case .changesRequested: "需要修改"
        case .rejected: "未通过"
        case .open: "已开店"
        case .withdrawn: "已撤回"
        }
    }

    var tone: String {
        switch self {
        case .draft, .at: "info"
        case .held, .changesRequested: "warn"
        case .rejected: "bad"
        case .open: "ok"
        case .withdrawn: "none"
        }
    }

    /// What happens next, in a sentence.
    var nextSentence: String {
        switch self {
        case .draft: "接着填，填完就能提交"
        case .at(.review): "审核员正在看，预计时间写在里面"
        case .at: "正在自动处理，马上就好"
        case .held: "停在尚未启用的一步，资料都保留着"
        case .changesRequested(let comments): "审核员请你改 \(comments.count) 处，改完再提交就好"
        case .rejected: "这次没有通过，原因写在里面"
        case .open: "店铺营业中"
        case .withdrawn: "你撤回了这份申请"
        }
    }
}
