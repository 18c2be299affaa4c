import Accounts
import Applications
import Catalogue
import Kernel
import Sealing

extension CasePage.LogLine {
    /// What happened to an application in all its rounds, the newest first.
    static func all(of dossier: CaseDossier) -> [CasePage.LogLine] {
        dossier.acts.flatMap { lines(for: $0, of: dossier) }
    }

    private static func lines(for act: ActRecord, of dossier: CaseDossier) -> [CasePage.LogLine] {
        guard let round = dossier.rounds[act.caseID] else { return [] }
        let name = dossier.name(act.reviewer)
        let time = act.at.shortChinese
        switch act.act {
        case .opened:
            return [
                CasePage.LogLine(time: time, title: "机器核对完成", detail: "登记信息未查询"),
                CasePage.LogLine(
                    time: round.submittedAt.shortChinese, title: round.round > 1 ? "申请人重新提交" : "申请人提交",
                    detail: round.id == dossier.subject.id ? changes(in: dossier) : nil),
            ]
        case .claimed: return [CasePage.LogLine(time: time, title: "\(name) 领取", detail: nil)]
        case .released: return [CasePage.LogLine(time: time, title: "\(name) 放回", detail: nil)]
        case .closed: return [CasePage.LogLine(time: time, title: "申请人撤回", detail: nil)]
        case .decided:
            guard case .decided(let ruling) = round.state else { return [] }
            return [
                CasePage.LogLine(
                    time: time, title: "\(name) \(ruling.verdict.name)", detail: words(of: round, in: dossier))
            ]
        }
    }

    /// `改了 1 处：住所`.
    private static func changes(in dossier: CaseDossier) -> String? {
        guard dossier.subject.round > 1 else { return nil }
        let changes = dossier.changes.reveal()
        let asked = dossier.form.asked(in: dossier.values.reveal())
        let labels = asked.filter { changes.contains($0.path) }.map(\.label)
        return labels.isEmpty ? "没有改动" : "改了 \(labels.count) 处：" + labels.joined(separator: "、")
    }

    /// `住所：门牌号看不清；…`, or the reason of a rejection.
    private static func words(of round: Case, in dossier: CaseDossier) -> String? {
        guard let words = dossier.words.reveal()[round.round] else { return nil }
        let form = dossier.form
        var parts = words.reason.map { [$0.text] } ?? []
        for path in words.comments.keys.sorted() {
            let label = form.field(at: path)?.label ?? path
            parts.append(label + "：" + (words.comments[path] ?? ""))
        }
        if let note = words.note { parts.append(note) }
        return parts.isEmpty ? nil : parts.joined(separator: "；")
    }
}
