import Catalogue
import Web

/// A day in three parts of our own: the browsers' pickers are slow for dates of long ago. An end may also be 长期.
extension FieldMarkup {
    mutating func writeDate(_ look: FieldLook) {
        let parts = DateParts(look.plain)
        open(look, .group, isWide: false, class: "date")
        writeLabel(look, .group)
        writeAbove(look)
        html.raw("<div class=\"date-parts\">")
        write(parts.year, "year", "年", 4, look)
        write(parts.month, "month", "月", 2, look)
        write(parts.day, "day", "日", 2, look)
        html.raw("</div>")
        writeHint(look)
        if look.field.kind == .expiry, look.field.format != PackField.dated {
            html.raw("<label class=\"check\"><input type=\"checkbox\" value=\"yes\"")
            html.attribute("name", look.sentName.map { $0 + ".forever" })
            html.flag("checked", look.plain == PackField.indefinitely)
            html.flag("disabled", !look.isOpen)
            html.raw("><span>长期有效</span></label>")
        }
        close(look, .group)
    }

    private mutating func write(
        _ text: String, _ part: String, _ unit: String, _ digits: Int, _ look: FieldLook
    ) {
        let id = look.id + "-" + part
        html.raw("<span class=\"part\"><input class=\"input\" inputmode=\"numeric\" autocomplete=\"off\"")
        html.attribute("id", id)
        html.attribute("name", look.sentName.map { $0 + "." + part })
        html.attribute("value", text)
        html.attribute("maxlength", String(digits))
        html.flag("readonly", !look.isOpen)
        html.flag("aria-invalid=\"true\"", look.fault != nil)
        html.raw("><label")
        html.attribute("for", id)
        html.raw(">")
        html.text(unit)
        html.raw("</label></span>")
    }
}

/// What stands in the parts of a date: of a whole day, of one half typed, or of what a picture said.
struct DateParts: Equatable {
    let year: String
    let month: String
    let day: String

    init(_ text: String) {
        let typed = text.split(separator: "-", omittingEmptySubsequences: false)
        // Parts that were left empty keep their place.
        let parts = typed.count == 3 ? typed : text.split { !($0.isASCII && $0.isNumber) }
        (year, month, day) = (Self.part(0, of: parts), Self.part(1, of: parts), Self.part(2, of: parts))
    }

    private static func part(_ index: Int, of parts: [Substring]) -> String {
        guard parts.indices.contains(index) else { return "" }
        let digits = parts[index].prefix(index == 0 ? 4 : 2)
        return String(index > 0 && digits.count == 2 && digits.first == "0" ? digits.dropFirst() : digits)
    }
}
