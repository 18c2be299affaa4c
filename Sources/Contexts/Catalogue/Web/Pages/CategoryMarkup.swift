import Kernel
import Web

/// Writes what holds for categories: too many values for a template, and all of one shape.
struct CategoryMarkup {
    private let content: PackContent

    /// The level of an entry's heading on its page.
    enum Heading {
        case second
        case third
    }

    init(_ content: PackContent) { self.content = content }

    func write(_ categories: ArraySlice<PackCategory>, heading: Heading) -> String {
        var writer = HTMLWriter()
        for category in categories { write(category, heading, &writer) }
        return writer.text
    }

    private func write(_ category: PackCategory, _ heading: Heading, _ writer: inout HTMLWriter) {
        writer.raw("<article class=\"card rule\"")
        writer.attribute("id", category.id)
        writer.raw("><header>")
        writer.raw(heading == .second ? "<h2>" : "<h3>")
        writer.text(category.name)
        writer.raw(heading == .second ? "</h2>" : "</h3>")
        writer.raw("<span class=\"tag")
        writer.raw(category.route.tone)
        writer.raw("\">")
        writer.text(category.route.name)
        writer.raw("</span><p class=\"muted\">")
        writer.text("\(category.place) · 编号 \(category.code)")
        writer.raw("</p></header>")
        if let denied = category.denied {
            writer.raw("<p class=\"note note-bad\">")
            writer.text("不能入驻：\(denied)")
            writer.raw("</p>")
        } else {
            facts(of: category, &writer)
        }
        if let note = category.note {
            writer.raw("<p class=\"rule-note\">")
            writer.text(note)
            writer.raw("</p>")
        }
        writer.raw("</article>")
    }

    private func facts(of category: PackCategory, _ writer: inout HTMLWriter) {
        writer.raw("<dl class=\"facts\">")
        Self.fact("谁可以卖", &writer) { $0.text(content.names(ofSubjects: category.subjects).joined(separator: "、")) }
        Self.fact("要交的材料", &writer) { writer in papers(of: category, &writer) }
        Self.fact("品牌", &writer) { writer in
            guard let source = category.brandRule else { return writer.text("不要品牌材料（旗舰店、专卖店等品牌店除外）") }
            writer.text("自有商标，或从品牌方到你的完整授权")
            Self.cite(content.cite(source), &writer)
        }
        Self.fact("保证金", &writer) { writer in
            writer.text(deposit(of: category))
            Self.cite(content.cite(category.feeSource), &writer)
        }
        Self.fact("佣金", &writer) { writer in
            writer.text("每笔 \(category.commission.text)")
            Self.cite(content.cite(category.feeSource), &writer)
        }
        Self.fact("怎么审", &writer) { $0.text(category.route.words) }
        writer.raw("</dl>")
    }

    private static func fact(
        _ label: StaticString, _ writer: inout HTMLWriter, _ value: (inout HTMLWriter) -> Void
    ) {
        writer.raw("<div><dt>")
        writer.raw(label)
        writer.raw("</dt><dd>")
        value(&writer)
        writer.raw("</dd></div>")
    }

    private func papers(of category: PackCategory, _ writer: inout HTMLWriter) {
        guard !category.needs.isEmpty else { return writer.text("不要额外材料") }
        writer.raw("<ul class=\"rule-papers\">")
        for need in category.needs {
            writer.raw("<li>")
            if need.any.count > 1 { writer.raw("<span class=\"tag tag-info\">任选一种</span> ") }
            writer.text(need.any.map(content.paperName).joined(separator: " 或 "))
            if let audience = content.audience(of: need) { writer.text("（\(audience)）") }
            Self.cite(content.cite(need.source), &writer)
            writer.raw("</li>")
        }
        writer.raw("</ul>")
    }

    private static func cite(_ source: String, _ writer: inout HTMLWriter) {
        writer.raw("<small>依据：")
        writer.text(source)
        writer.raw("</small>")
    }

    private func deposit(of category: PackCategory) -> String {
        [false, true].compactMap { individual -> String? in
            let payers = content.payers(of: category, individual: individual).map(\.name)
            let amount = individual ? category.deposit.individual : category.deposit.enterprise
            return payers.isEmpty ? nil : "\(payers.joined(separator: "、")) \(amount.fen == 0 ? "免缴" : amount.short)"
        }.joined(separator: "；")
    }
}

extension ReviewRoute {
    fileprivate var tone: StaticString {
        if isDenial { return " tag-bad" }
        if hasExpert { return " tag-warn" }
        return people == 1 && hours <= 2 ? " tag-ok" : " tag-info"
    }
}
