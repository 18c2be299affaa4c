/// The matrix as a Markdown document, for operators and lawyers.
extension PackMatrix {
    package var markdown: String {
        ([head, applicants, routes] + trades.map(section) + [papers]).joined(separator: "\n\n") + "\n"
    }

    private var head: String {
        let contents = trades.map { "[\($0.name)](#\($0.name))" }.joined(separator: " · ")
        return """
            # 规则总表：\(content.title) \(content.version)

            每类主体卖每个类目要填多少、交什么、缴多少、怎么审，以及每条规则的依据。由 `ruzhu packs matrix` 从规则包生成，测试会核对，请不要手改；
            规则包怎么写见 [packs.md](packs.md)。

            [主体](#主体) · [审核路径](#审核路径) · \(contents) · [材料](#材料)

            “字段”是表单里的问题总数，“多”是因为这个类目多问的；一项资质可以用几种材料时，只填选中的那一种。旗舰店、专卖店、专营店另要品牌材料。
            方括号里的数字是每张表下面的依据。
            """
    }

    private var applicants: String {
        let rows = subjects.map { one in
            let fields = one.fields.map { "\($0.shopType.name) \($0.count)" }.joined(separator: "，")
            let deposit = one.subject.paysIndividualDeposit ? "个体" : "企业"
            return [one.subject.name, fields, deposit, content.cite(one.subject.source)]
        }
        return "## 主体\n\n" + table(["主体", "店铺类型和基本字段数", "保证金标准", "依据"], rows)
    }

    private var routes: String {
        "## 审核路径\n\n从宽到严；选了几个类目时，按最严的走。\n\n" + table(["路径", "说明"], content.routes.map { [$0.words, $0.note] })
    }

    private func section(_ trade: Trade) -> String {
        var notes = SourceNotes(content)
        let rows = trade.rows.map { row(of: $0, &notes) }
        let columns = ["类目", "主体", "材料", "字段", "品牌", "保证金", "佣金", "审核"]
        return "## \(trade.name)\n\n" + table(columns, rows) + "\n\n" + notes.list
    }

    private func row(of row: Row, _ notes: inout SourceNotes) -> [String] {
        let category = row.category
        let name = "\(category.name)（\(category.code)）"
        if let denied = category.denied {
            return [name, "都不可以", denied + notes.mark(category.feeSource), "", "", "", "", category.route.name]
        }
        let papers = row.needs.map { need in
            need.any.map(content.paperName).joined(separator: " 或 ") + notes.mark(need.source)
        }
        let same = Set(row.counts).count == 1 ? row.counts.prefix(1) : row.counts[...]
        let counts = same.map(String.init).joined(separator: "、") + (row.extra > 0 ? "（多 \(row.extra)）" : "")
        return [
            name, row.subjects.map(\.name).joined(separator: "、"),
            papers.isEmpty ? "不要额外材料" : papers.joined(separator: "；"), counts,
            category.brandRule.map { "要" + notes.mark($0) } ?? "",
            row.deposit.short + notes.mark(category.feeSource), category.commission.text, category.route.name,
        ]
    }

    private var papers: String {
        let rows = content.qualifications.map { paper in
            let asked = paper.questions.joined(separator: "、")
            return [paper.name, asked.isEmpty ? "表单里已经有" : asked, content.cite(paper.source)]
        }
        return "## 材料\n\n每种材料问什么。\n\n" + table(["材料", "字段", "依据"], rows)
    }

    private func table(_ columns: [String], _ rows: [[String]]) -> String {
        let lines = [columns, columns.map { _ in "---" }] + rows
        return lines.map { cells in
            "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }
}

extension Qualification {
    /// What is asked about the paper.
    package var questions: [String] {
        [number?.label, validity == .none ? nil : "有效期至"].compactMap(\.self) + pictures.map(\.label)
            + (rule.map { ["经营范围含 " + $0.words.prefix(3).joined(separator: "、") + " 等之一"] } ?? [])
            + (promise.map { ["承诺：\($0)"] } ?? [])
    }
}

/// Numbers for the sources of one table.
private struct SourceNotes {
    private let content: PackContent
    private var sources: [String] = []

    init(_ content: PackContent) { self.content = content }

    mutating func mark(_ source: String) -> String {
        if !sources.contains(source) { sources.append(source) }
        return " [\((sources.firstIndex(of: source) ?? 0) + 1)]"
    }

    var list: String {
        "依据：" + sources.enumerated().map { "[\($0 + 1)] \(content.cite($1))" }.joined(separator: "；") + "。"
    }
}
