import Catalogue
import Kernel

/// A place on the way from submission to the open shop: how it stands, whose turn it is there, and when it is expected.
struct ProgressStep: Sendable {
    let id: String
    let title: String
    let state: State
    let whose: Whose
    let detail: String?
    /// When it was done, or stopped.
    let at: Instant?
    /// When it is expected to be done.
    let window: TimeWindow?

    enum State: String, Sendable {
        case done
        case current
        case waiting
        /// The pack demands what can't be done here yet.
        case held
        case failed
        /// Not required, or not offered here.
        case skipped
    }

    enum Whose: String, Sendable {
        case applicant, system, reviewer, payment

        var text: String {
            switch self {
            case .applicant: "轮到你"
            case .system: "系统自动"
            case .reviewer: "轮到审核员"
            case .payment: "支付机构"
            }
        }
    }

    /// The handing-in, the five stages, and the registration with the payment channel, in order.
    static func all(of one: OpenApplication, _ story: Applications.Story) -> [ProgressStep] {
        let round = one.application.journey.round
        let current = story.milestones.filter { $0.round == round }
        let submitted = current.last { $0.what == .submitted }
        let demands = one.pack.demands(for: one.form.selection.categories, as: one.form.selection.subject)
        let first = ProgressStep(
            id: "submission", title: "提交", state: submitted == nil ? .current : .done, whose: .applicant,
            detail: nil, at: submitted?.at, window: nil)
        // No stage of the journey yet: said as it is, not left out.
        let payment = ProgressStep(
            id: "payment", title: "支付进件", state: .skipped, whose: .payment, detail: "不影响这次开店", at: nil,
            window: nil)
        let stages = Stage.allCases.map { stage in
            step(
                stage, one.application.journey.state, current.last { $0.stage == stage }, demands.demand(of: stage),
                story.outlook.windows[stage])
        }
        return [first] + stages.dropLast() + [payment] + stages.suffix(1)
    }

    private static func step(
        _ stage: Stage, _ state: JourneyState, _ report: Milestone?, _ demand: Demand?, _ window: TimeWindow?
    ) -> ProgressStep {
        func make(_ look: State, _ detail: String?, at: Instant? = nil, window: TimeWindow? = nil) -> ProgressStep {
            ProgressStep(
                id: stage.rawValue, title: stage.title, state: look,
                whose: report?.what == .changesRequested ? .applicant : stage.whose, detail: detail, at: at,
                window: window)
        }
        switch report?.what {
        case .passed: return make(.done, "通过", at: report?.at)
        case .notRequired: return make(.skipped, report?.detail)
        case .changesRequested: return make(.current, "等你改完", at: report?.at)
        case .rejected: return make(.failed, "未通过", at: report?.at)
        case .held where state.stage == stage: return make(.held, "尚未启用，暂时停在这里", at: report?.at)
        default: break
        }
        if state.stage == stage { return make(.current, "正在处理", window: window) }
        if let demand, !demand.isRequired { return make(.skipped, demand.rule) }
        return make(.waiting, demand?.rule, window: window)
    }
}

extension Stage {
    fileprivate var whose: ProgressStep.Whose {
        switch self {
        case .screening, .opening: .system
        case .review: .reviewer
        case .agreement, .deposit: .applicant
        }
    }
}

extension Demands {
    /// What the pack says about a stage that it may ask for or not.
    fileprivate func demand(of stage: Stage) -> Demand? {
        switch stage {
        case .agreement: agreement
        case .deposit: deposit
        case .screening, .review, .opening: nil
        }
    }
}
