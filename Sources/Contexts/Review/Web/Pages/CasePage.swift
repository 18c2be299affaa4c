import Applications
import Catalogue
import Kernel
import Web

/// What a case's template may know.
struct CasePage: Sendable {
    let page: PageFrame
    let company: String
    let state: String
    let tone: String
    let categories: [String]
    let round: String
    let waited: String
    let banner: Banner?
    let hasErrors: Bool
    let errors: [ErrorLine]
    let picture: Picture?
    let groups: [Group]
    let demands: [DemandLine]
    let events: [LogLine]
    let revealAction: String
    let revealKey: String
    let releaseAction: String
    let releaseKey: String
    let decisionAction: String
    let decisionKey: String
    let canDecide: Bool
    let reasons: [Reason]
    let reasonError: String?
    let note: String

    struct Banner: Sendable {
        let tone: String
        let title: String
        let detail: String?
        let claim: Claim?

        struct Claim: Sendable {
            let action: String
            let key: String
        }
    }

    struct ErrorLine: Sendable {
        let path: String
        let label: String
        let message: String
        let href: String
    }

    struct Group: Sendable {
        let title: String
        let fields: [FieldLine]
    }

    struct DemandLine: Sendable {
        let label: String
        let rule: String
        let state: String
        let tone: String
    }

    struct LogLine: Sendable, Equatable {
        let time: String
        let title: String
        let detail: String?
    }

    struct Reason: Sendable {
        let code: String
        let label: String
        let selected: Bool
    }

    init(page: PageFrame, _ view: CaseView) {
        let subject = view.subject
        let time = WaitingTime(from: subject.submittedAt, to: subject.endedAt ?? view.now)
        self.page = page
        company = subject.company
        (state, tone) = subject.label
        categories = subject.categories
        round = "第 \(subject.round) 次提交"
        waited = (subject.endedAt == nil ? "已等 " : "历时 ") + time.text
        banner = Banner(view)
        errors = view.visit.findings.map { ErrorLine($0, in: view) }
        hasErrors = !errors.isEmpty
        picture = Picture(view)
        groups = view.groups.compactMap { Group($0, in: view) }
        demands = DemandLine.all(in: view)
        events = LogLine.all(of: view.dossier)
        revealAction = ReviewPath.act(.reveal, on: subject.id)
        revealKey = RandomToken.make(bytes: 9)
        releaseAction = ReviewPath.act(.release, on: subject.id)
        releaseKey = RandomToken.make(bytes: 9)
        decisionAction = ReviewPath.act(.decision, on: subject.id)
        decisionKey = RandomToken.make(bytes: 9)
        canDecide = view.canDecide
        reasons = RejectionReason.allCases.map { code in
            Reason(code: code.rawValue, label: code.text, selected: view.visit.draft?.reason == code.rawValue)
        }
        reasonError = view.visit.findings.first { $0.path == "/reason" }?.message
        note = view.visit.draft?.note ?? ""
    }
}

extension CasePage.ErrorLine {
    fileprivate init(_ finding: Finding, in view: CaseView) {
        path = finding.path
        message = finding.message + (finding.hint.map { "，" + $0 } ?? "")
        switch finding.path {
        case "": (label, href) = ("决定", "#decision")
        case "/reason": (label, href) = ("驳回原因", "#reason")
        case "/note": (label, href) = ("给申请人的话", "#note")
        default:
            label = view.field(at: finding.path)?.label ?? "意见"
            href = "#" + CasePage.FieldLine.id(for: finding.path)
        }
    }
}
