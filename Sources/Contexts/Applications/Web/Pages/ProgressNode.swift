import Kernel
import WorkingTime

/// A step of the way, as the page shows it.
struct ProgressNode: Sendable {
    let title: String
    let detail: String?
    let time: String?
    /// Whose turn it is, at the step that is due and those to come.
    let whose: String?
    /// When it is expected to be done.
    let expected: String?
    let tag: String?
    let done: Bool
    let now: Bool
    let todo: Bool
    let held: Bool
    let failed: Bool
    let skipped: Bool

    init(_ step: ProgressStep, at now: Instant) {
        title = step.title
        detail = step.detail
        time = step.at?.shortChinese
        whose = step.state == .current || step.state == .waiting ? step.whose.text : nil
        expected = step.expected(at: now)
        tag = step.state == .skipped ? (step.whose == .payment ? "尚未启用" : "本类目无需") : nil
        done = step.state == .done
        self.now = step.state == .current || step.state == .held
        todo = step.state == .waiting
        held = step.state == .held
        failed = step.state == .failed
        skipped = step.state == .skipped
    }
}

extension ProgressStep {
    /// When it is expected to be done, in words; nil if nobody can say.
    func expected(at now: Instant) -> String? {
        guard let window else { return nil }
        if isLate(at: now) {
            return window.basis == .standard ? "比默认估计久了，可以联系平台客服" : "比平时久：十份里有九份这时已经办好"
        }
        return state == .current && whose == .system ? "一般几秒钟" : "预计\(window.latest.text(by: now)) 前"
    }

    /// Whether it takes longer than nine of ten do.
    func isLate(at now: Instant) -> Bool {
        guard let window else { return false }
        return state == .current && now > window.latest + .seconds(300)
    }
}

extension StageEstimate.Basis {
    /// Where an estimate comes from.
    var text: String {
        switch self {
        case .standard: "默认估计：本平台同类申请还不到 \(RecentRounds.enough) 份，先按规则包承诺的时间说。"
        case .own(let cases, .route): "按本平台最近 \(cases) 份走同样流程的申请估计，十份里有九份不会更久。"
        case .own(let cases, .category): "按本平台最近 \(cases) 份同类目的申请估计，十份里有九份不会更久。"
        case .own(let cases, .weekday): "按本平台最近 \(cases) 份同类目、同在这个星期几提交的申请估计，十份里有九份不会更久。"
        }
    }
}

extension Instant {
    /// `今天 15:30`, or `11月24日 周二 15:30` behind a blank, rounded up to half an hour.
    fileprivate func text(by now: Instant) -> String {
        let half: Int64 = 1_800_000
        let rounded = Instant(milliseconds: (milliseconds + half - 1) / half * half)
        let time = rounded.inShanghai
        let clock = "\(time.hour):\(time.minute < 10 ? "0" : "")\(time.minute)"
        let day = WorkingCalendar.day(of: rounded.milliseconds).day
        if day == WorkingCalendar.day(of: now.milliseconds).day { return "今天 \(clock)" }
        let weekday = ["一", "二", "三", "四", "五", "六", "日"][day.weekday - 1]
        return " \(time.month)月\(time.day)日 周\(weekday) \(clock)"
    }
}
