import CanonicalJSON
import Catalogue
import Web

/// What is sold: found by typing, or by opening its trade; what was chosen stands on top with what it brings.
extension FieldMarkup {
    mutating func writeCategories(_ look: FieldLook) {
        let shelf = CategoryShelf.of(one.pack, subject: one.form.selection.subject)
        let chosen = Set((look.value?.array ?? []).compactMap(\.string))
        open(look, .group, isWide: true)
        writeLabel(look, .group)
        writeHint(look)
        writeAbove(look)
        html.raw("<input type=\"hidden\" value=\"\"")
        html.attribute("name", look.sentName)
        html.raw("><div class=\"categories\" data-categories>")
        writeChosen(shelf, chosen)
        if look.isOpen {
            writeFinder(look)
            for trade in shelf.trades { write(trade, chosen, look) }
        }
        html.raw("</div>")
        close(look, .group)
    }

    private mutating func writeChosen(_ shelf: CategoryShelf, _ chosen: Set<String>) {
        html.raw("<ul class=\"chosen\" aria-label=\"已选的类目\">")
        if !chosen.isEmpty {
            for leaf in shelf.trades.lazy.flatMap(\.leaves) where chosen.contains(leaf.id) {
                html.raw("<li><b>")
                html.text(leaf.name)
                html.raw("</b>")
                element("small", leaf.refusal ?? leaf.note)
                html.raw("</li>")
            }
        }
        html.raw("</ul>")
    }

    /// Works with a script only; without one, its place tells what to do instead.
    private mutating func writeFinder(_ look: FieldLook) {
        html.raw("<div class=\"finder\"><label class=\"vh\"")
        html.attribute("for", look.id + "-find")
        html.raw(">找类目</label><input class=\"input\" type=\"search\" autocomplete=\"off\" enterkeyhint=\"search\"")
        html.attribute("id", look.id + "-find")
        html.raw(" placeholder=\"找：名称、拼音或首字母，如 零食、ls\"><noscript><p>展开行业，勾选要卖的类目</p></noscript>")
        html.raw("<p class=\"vh\" role=\"status\"></p></div>")
    }

    private mutating func write(_ trade: CategoryShelf.Trade, _ chosen: Set<String>, _ look: FieldLook) {
        let count = trade.leaves.count { chosen.contains($0.id) }
        html.raw("<details class=\"trade\"")
        html.flag("open", count > 0)
        html.raw("><summary><b>")
        html.text(trade.name)
        html.raw("</b><span class=\"count\">")
        if count > 0 { html.text("已选 \(count)") }
        html.raw("</span></summary><div class=\"choices\">")
        for leaf in trade.leaves { write(leaf, isChosen: chosen.contains(leaf.id), look) }
        html.raw("</div></details>")
    }

    private mutating func write(_ leaf: CategoryShelf.Leaf, isChosen: Bool, _ look: FieldLook) {
        // What can't be sold stays there to be unticked.
        guard leaf.refusal == nil || isChosen else {
            html.raw("<div class=\"choice refused\"")
            html.attribute("data-words", leaf.words)
            html.raw("><span>")
            html.text(leaf.name)
            element("small", leaf.refusal ?? "")
            html.raw("</span></div>")
            return
        }
        html.raw("<label class=\"choice\"")
        html.attribute("data-words", leaf.words)
        html.raw("><input type=\"checkbox\"")
        html.attribute("name", look.name)
        html.attribute("value", leaf.id)
        html.flag("checked", isChosen)
        html.raw("><span>")
        html.text(leaf.name)
        element("small", leaf.refusal ?? leaf.note)
        html.raw("</span></label>")
    }
}
