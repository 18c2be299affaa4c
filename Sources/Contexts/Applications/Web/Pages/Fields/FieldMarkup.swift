import CanonicalJSON
import Catalogue
import Kernel
import Web

/// Writes the questions of a step, straight into bytes: a form may ask more than a hundred.
///
/// Each widget has a file of its own beside this one.
struct FieldMarkup {
    var html = HTMLWriter()
    let one: OpenApplication
    let pictures: [String: PictureState]
    let faults: [String: Finding]
    let comments: [String: String]
    /// The address of the icon sprite.
    let icons: String
    /// Why the group asks, when all its fields have the same reason; then they don't repeat it.
    var groupSource: String?

    init(
        _ one: OpenApplication, pictures: [String: PictureState], faults: [Finding], comments: [String: String],
        icons: String
    ) {
        self.one = one
        self.pictures = pictures
        self.faults = Dictionary(faults.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        self.comments = comments
        self.icons = icons
    }

    /// The groups of a step that are asked now.
    mutating func write(_ step: PackStep) -> String {
        for group in step.groups { write(group) }
        return html.text
    }

    private mutating func write(_ group: PackGroup) {
        let looks = looks(of: group.fields)
        guard let first = looks.first else { return }
        groupSource =
            looks.count > 1 && looks.allSatisfy { $0.field.source == first.field.source } ? first.field.source : nil
        html.raw("<section class=\"card group\"")
        html.attribute("data-group", first.field.path)
        html.raw("><header><h2>")
        html.text(group.title)
        html.raw("</h2>")
        if let hint = group.hint { element("p", hint) }
        if groupSource != nil { writeReason(of: first) }
        html.raw("</header>")
        writePairs(looks, under: group.title)
        html.raw("</section>\n")
    }

    /// Fields side by side, doubtful ones first.
    mutating func writePairs(_ looks: [FieldLook], under title: String? = nil) {
        html.raw("<div class=\"pairs\">")
        for look in looks where look.isDoubtful { write(look, under: title) }
        for look in looks where !look.isDoubtful { write(look, under: title) }
        html.raw("</div>")
    }

    private mutating func write(_ look: FieldLook, under title: String?) {
        let isNamed = look.field.label == title
        switch look.field.kind {
        case .text, .longText, .number, .money, .personName, .identifier, .region, .bank: writeText(look)
        case .date, .expiry: writeDate(look)
        case .choice: writeChoice(look, isNamed: isNamed)
        case .consent: writeConsent(look)
        case .categories: writeCategories(look)
        case .licence, .picture: writePicture(look)
        case .list: writeList(look)
        }
    }

    /// What the fields show now; those that the answers don't ask are left out.
    func looks(of fields: [PackField]) -> [FieldLook] {
        let values = one.draft.values
        return fields.compactMap { field in
            guard field.shown.isAlways || field.shown.holds(in: values) == .yes else { return nil }
            return FieldLook(field, one, fault: faults[field.path], comment: comments[field.path])
        }
    }
}
