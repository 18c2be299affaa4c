import CanonicalJSON
import Catalogue
import Kernel
import Sealing

extension CasePage.DemandLine {
    /// What screening found, then what the pack asks for: the papers, and the stages.
    static func all(in view: CaseView) -> [CasePage.DemandLine] {
        let pack = view.dossier.pack
        let selection = view.dossier.form.selection
        let demands = pack.demands(for: selection.categories, as: selection.subject)
        let asked = view.dossier.form.asked(in: view.dossier.values.reveal())
        return view.dossier.findings.map(Self.init(finding:)) + asked.compactMap { Self(paper: $0, in: view) }
            + notes(in: view)
            + [
                Self("登记机关查询", demands.screening, needed: "未查询"), Self("专家鉴定", demands.expert, needed: "需要"),
                Self("线上合同", demands.agreement, needed: "需要"), Self("保证金", demands.deposit, needed: "需要"),
            ]
    }

    /// What the pack asks the reviewer to look at: of each paper, and of each category.
    private static func notes(in view: CaseView) -> [CasePage.DemandLine] {
        let content = view.dossier.pack.content
        let form = view.dossier.form
        let shown = Set(
            form.asked(in: view.dossier.values.reveal()).filter { $0.path.hasPrefix("/qualifications/") }
                .compactMap { $0.path.split(separator: "/").dropFirst().first.map(String.init) })
        let papers = content.qualifications.filter { shown.contains($0.id) }.compactMap { paper in
            paper.check.map { (paper.name, $0) }
        }
        let categories = content.categories(of: form.selection.categories).compactMap { category in
            category.reviewerNote.map { (category.name, $0) }
        }
        return (papers + categories).map { name, note in
            CasePage.DemandLine(label: "怎么看「\(name)」", rule: note, state: "提示", tone: "none")
        }
    }

    private init(finding: Finding) {
        self.init(label: finding.message, rule: finding.hint ?? "机器核对", state: "请核对", tone: "warn")
    }

    private init(_ label: String, _ demand: Demand, needed: String) {
        self.init(
            label: label, rule: demand.rule, state: demand.isRequired ? needed : "不需要",
            tone: demand.isRequired ? "warn" : "none")
    }

    /// Pictures, and what only some categories ask for.
    private init?(paper field: PackField, in view: CaseView) {
        guard field.kind.isPicture || !field.categories.isEmpty else { return nil }
        let pack = view.dossier.pack
        let asking = pack.names(of: field.categories.filter(view.dossier.categories.contains))
        let isThere = !(view.dossier.values.reveal()[field.pointer]?.isBlank ?? true)
        let there = field.kind.isPicture ? "已有" : "已填"
        let subject = pack.content.subject(view.dossier.form.selection.subject)?.name ?? ""
        let source = asking.isEmpty ? "主体：\(subject)" : "类目：" + asking.joined(separator: "、")
        self.init(
            label: field.kind.isPicture && !field.label.hasSuffix("照片") ? field.label + "照片" : field.label,
            rule: [source, field.source, "规则包 \(pack.version)"].compactMap(\.self).joined(separator: " · "),
            state: isThere ? there : (field.isRequired ? "缺少" : "未填"),
            tone: isThere ? "ok" : (field.isRequired ? "bad" : "none"))
    }
}
