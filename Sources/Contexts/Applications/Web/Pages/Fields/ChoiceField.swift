import CanonicalJSON
import Catalogue
import Web

/// One of some options: as cards while there are few, as a menu when there are many. And promises, which are given or not.
extension FieldMarkup {
    private static let mostCards = 8

    mutating func writeChoice(_ look: FieldLook, isNamed: Bool) {
        if look.field.options.count > Self.mostCards { return writeMenu(look) }
        open(look, .group, isWide: true)
        writeLabel(look, .group, isNamed: isNamed)
        writeHint(look)
        writeAbove(look)
        html.raw("<div class=\"choices\">")
        // The only way is chosen already.
        let chosen = look.field.options.count == 1 ? look.field.options[0].value : look.plain
        for option in look.field.options { writeCard(option, isChosen: option.value == chosen, look) }
        if !look.field.isRequired {
            writeCard(PackOption(value: "", label: "不选"), isChosen: chosen.isEmpty, look)
        }
        html.raw("</div>")
        close(look, .group)
    }

    private mutating func writeCard(_ option: PackOption, isChosen: Bool, _ look: FieldLook) {
        html.raw("<label class=\"choice\"><input type=\"radio\"")
        html.attribute("name", look.sentName)
        html.attribute("value", option.value)
        html.flag("checked", isChosen)
        html.flag("disabled", !look.isOpen)
        html.raw("><span>")
        html.text(option.label)
        if let note = option.note { element("small", note) }
        html.raw("</span></label>")
    }

    private mutating func writeMenu(_ look: FieldLook) {
        open(look, .line, isWide: false)
        writeLabel(look, .line)
        writeAbove(look)
        html.raw("<select class=\"input\"")
        html.attribute("id", look.id)
        html.attribute("name", look.sentName)
        html.flag("required", look.field.isRequired)
        html.flag("disabled", !look.isOpen)
        html.flag("aria-invalid=\"true\"", look.fault != nil)
        describe(look)
        html.raw("><option value=\"\">请选择</option>")
        for option in look.field.options {
            html.raw("<option")
            html.attribute("value", option.value)
            html.flag("selected", option.value == look.plain)
            html.raw(">")
            html.text(option.note.map { "\(option.label)（\($0)）" } ?? option.label)
            html.raw("</option>")
        }
        html.raw("</select>")
        writeHint(look)
        close(look, .line)
    }

    mutating func writeConsent(_ look: FieldLook) {
        open(look, .line, isWide: true, class: "promise")
        writeHint(look)
        writeAbove(look)
        // An empty value before the box tells “not promised” from “not asked”.
        html.raw("<input type=\"hidden\" value=\"\"")
        html.attribute("name", look.sentName)
        html.raw("><label class=\"check\"")
        html.attribute("for", look.id)
        html.raw("><input type=\"checkbox\" value=\"yes\"")
        html.attribute("id", look.id)
        html.attribute("name", look.sentName)
        html.flag("checked", look.value?.bool == true)
        html.flag("required", look.field.isRequired)
        html.flag("disabled", !look.isOpen)
        html.flag("aria-invalid=\"true\"", look.fault != nil)
        describe(look)
        html.raw("><span>")
        html.text(look.field.label)
        html.raw("</span></label>")
        close(look, .line)
    }
}
