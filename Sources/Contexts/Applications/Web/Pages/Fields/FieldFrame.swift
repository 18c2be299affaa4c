import Catalogue
import Kernel
import Web

/// What stands around every input: label, hint, the reviewer's words, faults, and why it is asked.
extension FieldMarkup {
    /// Whether a field is one input with a label, or several under a legend.
    enum Shape {
        case line
        case group
    }

    mutating func open(_ look: FieldLook, _ shape: Shape, isWide: Bool, class style: String? = nil) {
        html.raw(shape == .line ? "<div class=\"field" : "<fieldset class=\"field")
        if isWide || look.isDoubtful { html.raw(" wide") }
        if let style {
            html.raw(" ")
            html.text(style)
        }
        if look.isDoubtful { html.raw(" is-doubtful") }
        if look.fault != nil { html.raw(" has-error") }
        if !look.isOpen { html.raw(" is-locked") }
        html.raw("\"")
        html.attribute("data-box", look.field.path)
        guard shape == .group else { return html.raw(">") }
        html.attribute("id", look.id)
        html.raw(" tabindex=\"-1\"")
        describe(look)
        html.raw(">")
    }

    mutating func close(_ look: FieldLook, _ shape: Shape) {
        writeNote(look)
        if look.field.source != nil, look.field.source != groupSource { writeReason(of: look) }
        html.raw(shape == .line ? "</div>\n" : "</fieldset>\n")
    }

    /// The label of an input, or the legend of a group. One that only repeats its heading is for readers aloud.
    mutating func writeLabel(_ look: FieldLook, _ shape: Shape, isNamed: Bool = false) {
        switch shape {
        case .line:
            html.raw("<label class=\"label\"")
            html.attribute("for", look.id)
            html.raw(">")
        case .group: html.raw(isNamed ? "<legend class=\"vh\">" : "<legend class=\"label\">")
        }
        html.text(look.field.label)
        if !look.field.isRequired { html.raw("<span class=\"optional\">选填</span>") }
        if look.isRecognised { html.raw("<span class=\"tag tag-info\">自动识别</span>") }
        if look.isDoubtful { html.raw("<span class=\"tag tag-warn\">请核对</span>") }
        html.raw(shape == .line ? "</label>" : "</legend>")
    }

    /// How to fill it in. Before what is chosen or photographed; under what is typed, so that inputs side by side stand
    /// on one line.
    mutating func writeHint(_ look: FieldLook) {
        guard let hint = look.hint else { return }
        html.raw("<p class=\"hint\"")
        html.attribute("id", look.id + "-hint")
        html.raw(">")
        html.text(hint)
        html.raw("</p>")
    }

    /// Between the label and the input: what the reviewer said, and what the picture shows.
    mutating func writeAbove(_ look: FieldLook) {
        if let comment = look.comment {
            html.raw("<p class=\"said\"")
            html.attribute("id", look.id + "-said")
            html.raw(">")
            icon("message-2")
            html.raw("<span>审核员：")
            html.text(comment)
            html.raw("</span></p>")
        }
        guard look.isDoubtful, let read = one.draft.read[look.field.path] else { return }
        html.raw("<span class=\"crop\"><img height=\"40\"")
        html.attribute("src", "/documents/\(read.document)/crops/\(read.name.percentEncodedForQuery)")
        html.attribute("alt", "照片上的「\(look.field.label)」")
        html.raw("></span>")
    }

    /// Ties an input to its hint, the reviewer's words and its faults.
    mutating func describe(_ look: FieldLook) {
        html.raw(" aria-describedby=\"")
        if look.hint != nil {
            html.text(look.id)
            html.raw("-hint ")
        }
        if look.comment != nil {
            html.text(look.id)
            html.raw("-said ")
        }
        html.text(look.id)
        html.raw("-note\"")
    }

    /// What is wrong. Its place stays while nothing is, so that a saving page can fill it.
    mutating func writeNote(_ look: FieldLook) {
        html.raw("<div class=\"says\"")
        html.attribute("id", look.id + "-note")
        html.raw(">")
        if let fault = look.fault {
            html.raw("<p class=\"error\">")
            html.text(fault.message)
            if let hint = fault.hint {
                html.raw("。")
                html.text(hint)
            }
            html.raw("</p>")
        }
        if !look.isOpen { html.raw("<p class=\"muted\">这一项没有问题，不用改</p>") }
        html.raw("</div>")
    }

    /// 为什么要填: the rule that asks, and the categories that brought it.
    mutating func writeReason(of look: FieldLook) {
        guard let source = look.field.source else { return }
        html.raw("<details class=\"why\"><summary>为什么要填</summary><p>")
        if !look.field.categories.isEmpty {
            html.text("因为要卖\(one.pack.names(of: look.field.categories).joined(separator: "、"))。")
        }
        html.raw("依据：")
        html.text(source)
        html.raw("</p></details>")
    }

    mutating func icon(_ name: StaticString) {
        html.raw("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"")
        html.text(icons)
        html.raw("#")
        html.raw(name)
        html.raw("\"/></svg>")
    }

    mutating func element(_ name: StaticString, _ text: String, class style: String? = nil) {
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
