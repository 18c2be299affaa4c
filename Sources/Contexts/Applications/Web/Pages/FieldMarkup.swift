import Catalogue
import Kernel
import Web

/// Writes the fields of a step. The markup is that of `fields.mustache`, which shows every kind.
struct FieldMarkup {
    private var html = HTMLWriter()
    private let one: OpenApplication
    private let pictures: [String: PictureState]
    private let faults: [String: Finding]
    private let comments: [String: String]
    private let pages: Pages
    private let icons: String

    init(
        _ one: OpenApplication, pictures: [String: PictureState], faults: [Finding], comments: [String: String],
        pages: Pages, icons: String
    ) {
        self.one = one
        self.pictures = pictures
        self.faults = Dictionary(faults.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        self.comments = comments
        self.pages = pages
        self.icons = icons
    }

    /// The groups of a step as markup. Doubtful fields come first in their group.
    mutating func write(_ step: PackStep) throws -> String {
        for group in step.groups {
            html.raw(#"<section class="card group"><header><h2>"#)
            html.text(group.title)
            html.raw("</h2>")
            if let hint = group.hint { element("p", hint) }
            html.raw(#"</header><div class="pairs">"#)
            let doubtful = group.fields.filter(one.draft.isDoubtful)
            for field in doubtful + group.fields.filter({ !one.draft.isDoubtful($0) }) { try write(field) }
            html.raw("</div></section>\n")
        }
        return html.text
    }

    private mutating func write(_ field: PackField) throws {
        let isOpen = one.rules.allows(field)
        switch field.kind {
        case .licence, .picture: try writePicture(field, isOpen: isOpen)
        case .categories: writeChoices(field, isOpen: isOpen)
        default: writeInput(field, isOpen: isOpen)
        }
    }

    // MARK: Texts

    private mutating func writeInput(_ field: PackField, isOpen: Bool) {
        let isWide = field.kind == .longText || (field.kind == .text && field.most > 60)
        let fault = faults[field.path]
        openField(field, isWide: isWide, isOpen: isOpen, extra: one.draft.isDoubtful(field))
        html.raw("<label class=\"label\"")
        html.attribute("for", field.elementID)
        html.raw(">")
        writeLabel(field)
        html.raw("</label>")
        writeAbove(field)
        writeCrop(field)
        html.raw(field.kind == .longText ? "<textarea class=\"input\"" : "<input class=\"")
        let value = one.draft.display(field)
        // A locked personal value is shown masked: there is nothing to type here.
        let shown = isOpen ? value : field.masked(value)
        if field.kind == .longText {
            html.attribute("rows", field.most > 500 ? "4" : "2")
        } else {
            html.raw(field.kind == .identifier ? "input mono\"" : "input\"")
            html.attribute("value", shown)
            html.attribute("autocomplete", field.kind == .personName ? "name" : "off")
            if field.kind == .identifier {
                html.raw(" data-upper autocapitalize=\"characters\" spellcheck=\"false\"")
            }
        }
        html.attribute("id", field.elementID)
        html.attribute("name", field.name)
        html.attribute("maxlength", field.kind == .text || field.kind == .longText ? String(field.most) : "60")
        html.flag("required", field.isRequired)
        html.flag("readonly", !isOpen)
        html.attribute("aria-invalid", fault == nil ? nil : "true")
        writeDescribedBy(field)
        html.raw(">")
        if field.kind == .longText {
            html.text(shown)
            html.raw("</textarea>")
        }
        closeField(field, isOpen: isOpen)
    }

    private mutating func writeLabel(_ field: PackField) {
        html.text(field.label)
        if !field.isRequired { html.raw(#"<span class="optional">选填</span>"#) }
        if one.draft.isRecognised(field) { html.raw(#"<span class="tag tag-info">自动识别</span>"#) }
        if one.draft.isDoubtful(field) { html.raw(#"<span class="tag tag-warn">请核对</span>"#) }
    }

    private mutating func writeCrop(_ field: PackField) {
        guard one.draft.isDoubtful(field), let read = one.draft.read[field.path] else { return }
        html.raw(#"<span class="crop"><img height="40""#)
        html.attribute("src", "/documents/\(read.document)/crops/\(read.name.percentEncodedForQuery)")
        html.attribute("alt", "照片上的「\(field.label)」")
        html.raw("></span>")
    }

    // MARK: Choices

    private mutating func writeChoices(_ field: PackField, isOpen: Bool) {
        let chosen = one.pack.categories(in: one.draft.values)
        html.raw("<fieldset class=\"field wide")
        if faults[field.path] != nil { html.raw(" has-error") }
        if !isOpen { html.raw(" is-locked") }
        html.raw("\" tabindex=\"-1\"")
        html.attribute("id", field.elementID)
        html.attribute("data-box", field.path)
        writeDescribedBy(field)
        html.raw(#"><legend class="label">"#)
        html.text(field.label)
        html.raw("</legend>")
        writeAbove(field)
        html.raw(#"<div class="choices">"#)
        for category in one.pack.content.categories {
            html.raw(#"<label class="choice"><input type="checkbox""#)
            html.attribute("name", field.name)
            html.attribute("value", category.id)
            html.flag("checked", chosen.contains(category.id))
            html.flag("disabled", !isOpen)
            html.raw("><span>")
            html.text(category.name)
            element("small", one.pack.content.papers(for: category).joined(separator: "、"))
            html.raw("</span></label>")
        }
        html.raw("</div>")
        writeNote(field, isOpen: isOpen)
        html.raw("</fieldset>\n")
    }

    // MARK: Pictures

    private mutating func writePicture(_ field: PackField, isOpen: Bool) throws {
        html.raw("<div class=\"field wide")
        if faults[field.path] != nil { html.raw(" has-error") }
        html.raw("\" data-photo>")
        if field.kind == .picture { element("p", field.label, class: "label") }
        writeAbove(field)
        let pick = PicturePick(id: field.elementID, name: "file." + field.name, label: field.label)
        if let state = pictures[field.path] {
            html.markup(try pages.fragment("picture-state", state))
            writeNote(field, isOpen: isOpen)
            if isOpen {
                html.raw(#"<details class="fold"><summary>换一张照片</summary>"#)
                html.markup(try pages.fragment("picture-pick", pick))
                html.raw("</details>")
            }
        } else {
            if isOpen { html.markup(try pages.fragment("picture-empty", pick)) }
            writeNote(field, isOpen: isOpen)
            if field.kind == .licence { html.markup(try pages.fragment("picture-tips", pick)) }
        }
        html.raw("</div>\n")
    }

    // MARK: Around a field

    private mutating func openField(_ field: PackField, isWide: Bool, isOpen: Bool, extra isDoubtful: Bool) {
        html.raw("<div class=\"field")
        if isWide { html.raw(" wide") }
        if isDoubtful { html.raw(" is-doubtful") }
        if faults[field.path] != nil { html.raw(" has-error") }
        if !isOpen { html.raw(" is-locked") }
        html.raw("\"")
        html.attribute("data-box", field.path)
        html.raw(">")
    }

    private mutating func closeField(_ field: PackField, isOpen: Bool) {
        writeNote(field, isOpen: isOpen)
        html.raw("</div>\n")
    }

    private mutating func writeAbove(_ field: PackField) {
        if let hint = field.hint {
            html.raw("<p class=\"hint\"")
            html.attribute("id", field.elementID + "-hint")
            html.raw(">")
            html.text(hint)
            html.raw("</p>")
        }
        guard let comment = comments[field.path] else { return }
        html.raw("<p class=\"said\"")
        html.attribute("id", field.elementID + "-said")
        html.raw(#"><svg class="icon" aria-hidden="true"><use"#)
        html.attribute("href", icons + "#message-2")
        html.raw("/></svg><span>审核员：")
        html.text(comment)
        html.raw("</span></p>")
    }

    private mutating func writeDescribedBy(_ field: PackField) {
        var ids = field.hint == nil ? [] : [field.elementID + "-hint"]
        if comments[field.path] != nil { ids.append(field.elementID + "-said") }
        ids.append(field.elementID + "-note")
        html.attribute("aria-describedby", ids.joined(separator: " "))
    }

    private mutating func writeNote(_ field: PackField, isOpen: Bool) {
        html.raw("<div")
        html.attribute("id", field.elementID + "-note")
        html.raw(">")
        if let fault = faults[field.path] {
            element("p", [fault.message, fault.hint].compactMap(\.self).joined(separator: "。"), class: "error")
        }
        if !isOpen { element("p", "这一项没有问题，不用改", class: "muted") }
        html.raw("</div>")
    }

    private mutating func element(_ name: StaticString, _ text: String, class style: String? = nil) {
        html.raw("<")
        html.raw(name)
        html.attribute("class", style)
        html.raw(">")
        html.text(text)
        html.raw("</")
        html.raw(name)
        html.raw(">")
    }
}

/// What the file input of a picture field needs.
struct PicturePick: Sendable {
    let id: String
    let name: String
    let label: String
}
