import Accounts
import Kernel
import Web

extension Case {
    /// The state as a tag: its word and its tone.
    var label: (word: String, tone: String) {
        switch state {
        case .waiting: ("待领取", "warn")
        case .claimed: ("审核中", "info")
        case .decided(let ruling): (ruling.verdict.done, ruling.verdict.tone)
        case .closed: ("已撤回", "none")
        }
    }
}

extension Verdict {
    fileprivate var tone: String {
        switch self {
        case .approved: "ok"
        case .changesRequested: "warn"
        case .rejected: "bad"
        }
    }
}

extension CasePage.Banner {
    /// What the viewer must know before anything else; nothing while the viewer works on the case.
    init?(_ view: CaseView) {
        let subject = view.subject
        switch subject.state {
        case .waiting where subject.person == view.visit.viewer:
            self.init(tone: "warn", title: "这是您自己的申请", detail: "请由其他审核员处理。", claim: nil)
        case .waiting:
            self.init(
                tone: "info", title: "还没有人领取", detail: Self.lately(view) + "领取后才能写意见和做决定。",
                claim: .init(subject))
        case .claimed(let claim) where claim.reviewer == view.visit.viewer:
            return nil
        case .claimed(let claim) where claim.hasLapsed(at: view.now):
            self.init(
                tone: "info", title: "\(view.dossier.name(claim.reviewer)) 领取后超过 30 分钟没有操作",
                detail: Self.lately(view) + "可以重新领取，由您继续审。",
                claim: subject.person == view.visit.viewer ? nil : .init(subject))
        case .claimed(let claim):
            self.init(
                tone: "warn", title: "\(view.dossier.name(claim.reviewer)) 正在审这一单",
                detail: "\(claim.since.shortChinese) 领取，您可以看，不能操作。", claim: nil)
        case .decided(let ruling):
            self.init(
                tone: ruling.verdict.tone, title: "这一单\(ruling.verdict.done)",
                detail: "\(view.dossier.name(ruling.reviewer)) 于 \(ruling.at.shortChinese) 决定。", claim: nil)
        case .closed(let at):
            self.init(
                tone: "warn", title: "申请人已撤回", detail: "\(at.shortChinese) 撤回，这一单已关闭，不用再处理。", claim: nil)
        }
    }

    /// A word about the case that was decided a moment ago.
    private static func lately(_ view: CaseView) -> String {
        guard let after = view.after, case .decided(let ruling) = after.state else { return "" }
        return "刚才那一单「\(after.company)」\(ruling.verdict.done)。"
    }
}

extension CasePage.Banner.Claim {
    fileprivate init(_ subject: Case) {
        action = ReviewPath.act(.claim, on: subject.id)
        key = RandomToken.make(bytes: 9)
    }
}
