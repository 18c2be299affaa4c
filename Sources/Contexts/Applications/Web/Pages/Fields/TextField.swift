import Catalogue
import ChineseIdentifiers
import Web

/// Fields of one line or of several: texts, names, numbers, amounts, codes, places and banks.
extension FieldMarkup {
    mutating func writeText(_ look: FieldLook) {
        let style = TextStyle(look.field)
        open(look, .line, isWide: style.isWide)
        writeLabel(look, .line)
        writeAbove(look)
        if style.unit != nil { html.raw("<span class=\"unit\">") }
        html.raw(style.lines > 1 ? "<textarea class=\"input" : "<input class=\"input")
        html.raw(style.isCode ? " mono\"" : "\"")
        html.attribute("id", look.id)
        html.attribute("name", look.sentName)
        if style.lines > 1 {
            html.attribute("rows", String(style.lines))
        } else {
            html.attribute("value", look.text)
            html.attribute("inputmode", style.inputMode)
            html.attribute("autocomplete", style.autocomplete)
            html.attribute("data-suggest", look.isOpen ? style.suggestions : nil)
            html.flag("data-card", look.isOpen && look.field.format == "bank-card")
            html.flag("data-upper autocapitalize=\"characters\" spellcheck=\"false\"", style.isUpper)
        }
        html.attribute("maxlength", String(style.most))
        html.flag("required", look.field.isRequired)
        html.flag("readonly", !look.isOpen)
        html.flag("aria-invalid=\"true\"", look.fault != nil)
        describe(look)
        html.raw(">")
        if style.lines > 1 {
            html.text(look.text)
            html.raw("</textarea>")
        }
        if let unit = style.unit {
            element("span", unit)
            html.raw("</span>")
        }
        writeHint(look)
        close(look, .line)
    }
}

/// How a text is typed: the keyboard, the letters and the room for it.
private struct TextStyle {
    let isWide: Bool
    let lines: Int
    let isCode: Bool
    let isUpper: Bool
    let inputMode: String?
    let autocomplete: String
    let suggestions: String?
    let unit: String?
    let most: Int

    init(_ field: PackField) {
        let letters = field.format.map(CodeLetters.of)
        isWide = field.kind == .longText || (field.kind == .text && field.most > 60)
        lines = field.kind == .longText ? (field.most > 500 ? 4 : 2) : 1
        isCode = field.kind == .identifier
        isUpper = letters == .capitals
        unit = field.kind == .money ? "元" : nil
        switch field.kind {
        case .number: inputMode = "numeric"
        case .money: inputMode = "decimal"
        case .identifier where letters == .digits: inputMode = "numeric"
        default: inputMode = nil
        }
        switch field.kind {
        case .personName: autocomplete = "name"
        case .identifier where field.format == "mobile": autocomplete = "tel-national"
        default: autocomplete = "off"
        }
        switch field.kind {
        case .region: suggestions = SuggestionPath.regions
        case .bank: suggestions = SuggestionPath.banks
        default: suggestions = nil
        }
        switch field.kind {
        case .text, .longText, .bank: most = field.most
        case .number, .money: most = 20
        // Spaces and dashes are typed too, and taken out afterwards.
        default: most = 60
        }
    }
}

/// What a code is made of, for the keyboard.
enum CodeLetters: Sendable {
    case digits
    case capitals
    /// Chinese characters too.
    case any

    /// The letters of a grammar, told from what it accepts.
    static func of(_ format: String) -> CodeLetters { byFormat[format] ?? .any }

    private static let byFormat = Dictionary(
        IdentifierGrammar.all.map { ($0.id, CodeLetters($0)) }, uniquingKeysWith: { first, _ in first })

    private init(_ grammar: IdentifierGrammar) {
        let examples = grammar.good.compactMap { grammar.check($0).canonical }
        let isPlain = examples.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
        let isDigits = examples.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        // The check character of an ID card may be an X.
        self = !isPlain ? .any : isDigits && grammar.id != "resident-id" ? .digits : .capitals
    }
}
