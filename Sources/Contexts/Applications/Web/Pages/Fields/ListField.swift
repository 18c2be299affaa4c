import Catalogue
import Web

/// A repeating group. Rows keep their ids, so that what is typed into one stays there when another goes.
extension FieldMarkup {
    mutating func writeList(_ look: FieldLook) {
        let list = look.field
        let rows = list.rows(in: one.draft.values)
        open(look, .group, isWide: true, class: "list")
        writeLabel(look, .group)
        writeHint(look)
        writeAbove(look)
        let mayRemove = look.isOpen && (rows.count > 1 || !list.isRequired)
        for (position, row) in rows.enumerated() {
            write(row, "\(list.label) \(position + 1)", of: list, mayRemove: mayRemove)
        }
        if look.isOpen, rows.count < list.most {
            html.raw("<button class=\"btn btn-wide add\" type=\"submit\" name=\"go\" formnovalidate")
            html.attribute("value", "add:" + list.path)
            html.raw(">")
            icon("plus")
            html.text(rows.isEmpty ? "加一个\(list.label)" : "再加一个\(list.label)")
            html.raw("</button>")
        }
        close(look, .group)
    }

    private mutating func write(_ row: ListRow, _ title: String, of list: PackField, mayRemove: Bool) {
        html.raw("<fieldset class=\"row-box\" tabindex=\"-1\"")
        html.attribute("id", PackField.elementID(of: row.path))
        html.attribute("data-box", row.path)
        html.raw("><legend class=\"row-title\">")
        html.text(title)
        html.raw("</legend>")
        writePairs(looks(of: row.fields))
        if mayRemove {
            html.raw("<button class=\"btn btn-quiet btn-bad remove\" type=\"submit\" name=\"go\" formnovalidate")
            html.attribute("value", "remove:" + row.path)
            html.attribute("aria-label", "删除\(title)")
            html.raw(">删除这一项</button>")
        }
        html.raw("</fieldset>\n")
    }
}
