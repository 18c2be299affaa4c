import Web

extension PictureState {
    /// The part of the page that shows how far the reading is; the page asks for it again while it goes on.
    var markup: String {
        var html = HTMLWriter()
        html.write(self)
        return html.text
    }
}

extension HTMLWriter {
    /// What a picture field shows once a picture is there.
    mutating func write(_ picture: PictureState) {
        raw("<div class=\"picture\"")
        attribute("id", picture.id + "-state")
        if picture.stateReading {
            attribute("hx-get", picture.statusHref)
            raw(" hx-trigger=\"every 1s\" hx-swap=\"outerHTML\"")
        }
        raw("><div class=\"picture-row\">")
        writeThumb(picture)
        raw("<div role=\"status\">")
        writeNews(picture)
        raw("</div></div>")
        if !picture.found.isEmpty {
            raw("<dl class=\"found\">")
            for found in picture.found {
                raw("<div><dt>")
                text(found.label)
                raw("</dt><dd>")
                text(found.value)
                if found.doubtful { raw(" <span class=\"tag tag-warn\">请核对</span>") }
                raw("</dd></div>")
            }
            raw("</dl>")
        }
        raw("</div>")
    }

    private mutating func writeThumb(_ picture: PictureState) {
        if picture.stateReading {
            raw("<span class=\"scan\"><img width=\"160\" height=\"120\" alt=\"刚上传的照片\"")
            attribute("src", picture.url)
            raw("></span>")
        } else {
            raw("<a target=\"_blank\" rel=\"noopener\"")
            attribute("href", picture.originalHref)
            raw("><img width=\"160\" height=\"120\" alt=\"查看刚上传的照片\"")
            attribute("src", picture.url)
            raw("></a>")
        }
    }

    private mutating func writeNews(_ picture: PictureState) {
        if picture.stateReading {
            raw("<span class=\"tag tag-info\">正在读取</span>")
        } else if picture.stateFailed {
            raw("<span class=\"tag tag-warn\">没能读出来</span>")
        } else if picture.stateUnavailable {
            raw("<span class=\"tag tag-warn\">自动识别暂不可用</span>")
        } else {
            raw("<span class=\"tag tag-ok\">")
            text(picture.found.isEmpty ? "已收到" : "读出 \(picture.foundCount) 项")
            raw("</span>")
        }
        raw("<p>")
        text(picture.message)
        raw("</p>")
        guard picture.stateReading else { return }
        raw("<noscript><p><a")
        attribute("href", picture.refreshHref)
        raw(">刷新看结果</a></p></noscript>")
    }
}
