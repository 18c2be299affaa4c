import Catalogue
import Web

/// A photo: where it is taken, how it should look, and what became of it.
extension FieldMarkup {
    mutating func writePicture(_ look: FieldLook) {
        html.raw("<div class=\"field wide")
        if look.fault != nil { html.raw(" has-error") }
        if !look.isOpen { html.raw(" is-locked") }
        html.raw("\" data-photo tabindex=\"-1\"")
        html.attribute("data-box", look.field.path)
        html.attribute("id", look.id)
        html.raw(">")
        if look.field.kind == .picture {
            html.raw("<p class=\"label\">")
            html.text(look.field.label)
            if !look.field.isRequired { html.raw("<span class=\"optional\">选填</span>") }
            html.raw("</p>")
        }
        writeHint(look)
        writeAbove(look)
        if let state = pictures[look.field.path] {
            html.write(state)
            if look.isOpen {
                html.raw("<details class=\"fold\"><summary>换一张照片</summary>")
                writePick(look)
                html.raw("</details>")
            }
        } else {
            if look.isOpen { writeEmpty(look) }
            if look.field.kind == .licence { html.raw(PictureDrawing.tips) }
        }
        close(look, .line)
    }

    private mutating func writeEmpty(_ look: FieldLook) {
        let isLicence = look.field.kind == .licence
        html.raw(isLicence ? "<div class=\"shot\">" : "<div class=\"shot shot-small\">")
        html.raw(isLicence ? PictureDrawing.licence : PictureDrawing.paper)
        if isLicence {
            html.raw("<p>四个角都拍进来，字能看清就行</p>")
        } else if let examples = look.field.examples {
            html.raw("<ul class=\"examples\"><li class=\"good\">")
            icon("check")
            html.raw("<span><b>这样可以：</b>")
            html.text(examples.good)
            html.raw("</span></li><li class=\"bad\">")
            icon("x")
            html.raw("<span><b>这样不行：</b>")
            html.text(examples.bad)
            html.raw("</span></li></ul>")
        } else {
            html.raw("<p>拍全、拍清楚就行</p>")
        }
        writePick(look)
        html.raw("</div>")
    }

    private mutating func writePick(_ look: FieldLook) {
        html.raw("<div class=\"shot-go\">")
        // The licence is what its page is about; a page of many papers has no first among them.
        html.raw(look.field.kind == .licence ? "<div class=\"pick btn btn-go\">" : "<div class=\"pick btn\">")
        html.raw("<input type=\"file\" accept=\"image/*\" required")
        html.attribute("id", look.id + "-file")
        html.attribute("name", "file." + look.name)
        html.attribute("aria-label", "\(look.field.label)：拍照或选择照片")
        describe(look)
        html.raw("><span class=\"unpicked\" aria-hidden=\"true\">拍照或选择照片</span>")
        html.raw("<span class=\"picked\" aria-hidden=\"true\">照片选好了</span></div>")
        html.raw("<div class=\"sending-box\" hidden><p role=\"status\"></p>")
        html.raw("<progress max=\"100\" value=\"0\" aria-label=\"上传进度\"></progress></div>")
        html.raw("<button class=\"btn btn-wide\" type=\"submit\" name=\"go\" value=\"upload\" data-retry hidden>")
        html.raw("再传一次</button><noscript>")
        html.raw("<button class=\"btn btn-wide\" type=\"submit\" name=\"go\" value=\"upload\">上传这张照片</button>")
        html.raw("</noscript></div>")
    }
}
