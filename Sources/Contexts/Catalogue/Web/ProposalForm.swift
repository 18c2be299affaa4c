import ChineseIdentifiers
import Kernel
import Web

/// The proposal as it was sent: from when, and which content was looked at.
struct ProposalForm: Sendable {
    let dayText: String
    let day: ShanghaiDay?
    /// The hash of the pack that the page showed.
    let hash: String?
    let findings: [Finding]

    static let dayPath = "/effective"

    /// An empty form, with the earliest day that the law allows.
    init(at now: Instant) {
        let earliest = Publication.earliestDay(at: now)
        self.init(dayText: earliest.text, day: earliest, hash: nil, findings: [])
    }

    init(_ form: Form) {
        let text = form["effective"] ?? ""
        let day = (try? ChineseDate(text))?.date.map { ShanghaiDay($0) }
        let finding = Finding(
            path: Self.dayPath, code: "pack.date_unreadable", message: "看不懂这个日期", hint: "请写成 2026-12-01 或 2026年12月1日")
        self.init(dayText: text, day: day, hash: form["hash"], findings: day == nil ? [finding] : [])
    }

    /// The same form after the refusal of what was sent.
    func refused(_ refusal: Publication.Refusal) -> ProposalForm {
        let problem = refusal.problem
        return adding(Finding(path: Self.dayPath, code: problem.code, message: problem.title, hint: problem.hint))
    }

    /// The same form, after the folder had changed.
    var outdated: ProposalForm {
        adding(
            Finding(
                path: "", code: "pack.folder_changed", message: "规则包的文件刚刚变了，还没有提议",
                hint: "下面是最新的检查结果，看过之后再提议一次"))
    }

    private func adding(_ finding: Finding) -> ProposalForm {
        ProposalForm(dayText: dayText, day: day, hash: hash, findings: findings + [finding])
    }

    private init(dayText: String, day: ShanghaiDay?, hash: String?, findings: [Finding]) {
        (self.dayText, self.day, self.hash, self.findings) = (dayText, day, hash, findings)
    }
}
