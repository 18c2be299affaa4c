import Catalogue
import Kernel

/// A place on the way from submission to the open shop.
struct ProgressNode: Sendable {
    let title: String
    let detail: String?
    let time: String?
    let tag: String?
    let done: Bool
    let now: Bool
    let todo: Bool
    let held: Bool
    let failed: Bool
    let skipped: Bool

    private enum Look { case done, now, todo, held, failed, skipped }

    private init(_ title: String, _ look: Look, detail: String? = nil, time: Instant? = nil) {
        self.title = title
        self.detail = detail
        self.time = time?.shortChinese
        tag = look == .skipped ? "本类目无需" : nil
        done = look == .done
        now = look == .now || look == .held
        todo = look == .todo
        held = look == .held
        failed = look == .failed
        skipped = look == .skipped
    }

    /// The handing-in and the five stages, in order.
    static func all(of one: OpenApplication, _ story: Applications.Story) -> [ProgressNode] {
        let round = one.application.journey.round
        let current = story.milestones.filter { $0.round == round }
        let submitted = current.last { $0.what == .submitted }
        let demands = one.pack.demands(
            for: one.form.selection.categories, as: one.form.selection.subject)
        let first = ProgressNode("提交", submitted == nil ? .now : .done, time: submitted?.at)
        return [first]
            + Stage.allCases.map { stage in
                node(
                    stage, one.application.journey.state, current.last { $0.stage == stage }, demands.demand(of: stage))
            }
    }

    private static func node(
        _ stage: Stage, _ state: JourneyState, _ report: Milestone?, _ demand: Demand?
    ) -> ProgressNode {
        let title = stage.title
        switch report?.what {
        case .passed: return ProgressNode(title, .done, detail: "通过", time: report?.at)
        case .notRequired: return ProgressNode(title, .skipped, detail: report?.detail)
        case .changesRequested: return ProgressNode(title, .now, detail: "等你改完", time: report?.at)
        case .rejected: return ProgressNode(title, .failed, detail: "未通过", time: report?.at)
        case .held where state.stage == stage:
            return ProgressNode(title, .held, detail: "尚未启用，暂时停在这里", time: report?.at)
        default: break
        }
        if state.stage == stage { return ProgressNode(title, .now, detail: "正在处理") }
        if let demand, !demand.isRequired { return ProgressNode(title, .skipped, detail: demand.rule) }
        return ProgressNode(title, .todo, detail: demand?.rule)
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
