import CanonicalJSON
import Catalogue
import FormData
import Web

/// How a form sends the value of a field: what its widget is made of.
///
/// - dates: `name.year`, `name.month`, `name.day`, or one text
/// - 长期: `name.forever`
/// - a promise or a choice among several: an empty `name` before the boxes, so that nothing ticked is told apart from
///   nothing shown
struct FieldInput: Sendable {
    let form: Form
    let field: PackField

    /// Whether the page that was sent in showed the field at all.
    var wasShown: Bool {
        switch field.kind {
        case .date, .expiry: form.fields[field.name] != nil || form.fields[part("year")] != nil
        case .categories, .consent: !form.fields.all(field.name).isEmpty
        case .list, .licence, .picture: false
        default: form.fields[field.name] != nil
        }
    }

    /// What was sent; nil for nothing.
    func value(among categories: [String]) -> JSONValue? {
        switch field.kind {
        case .categories:
            let ticked = form.fields.all(field.name)
            return .array(categories.filter(ticked.contains).map { .string($0) })
        case .consent: return form.fields.all(field.name).contains("yes") ? true : nil
        case .date, .expiry: return text.flatMap(field.value)
        default: return form[field.name].flatMap(field.value)
        }
    }

    /// A text far beyond what the field may hold.
    var isOverlong: Bool {
        if (form.fields[field.name]?.utf8.count ?? 0) > field.mostBytes { return true }
        return (field.kind == .date || field.kind == .expiry)
            && ["year", "month", "day"].contains { (form.fields[part($0)]?.utf8.count ?? 0) > 16 }
    }

    /// Nothing was typed.
    var isBlank: Bool {
        switch field.kind {
        case .date, .expiry: text == nil
        default: form[field.name] == nil
        }
    }

    /// A date's parts as one text. Parts that are missing leave their place empty, so that what was typed is kept.
    private var text: String? {
        if let whole = form[field.name] { return whole }
        if form[part("forever")] == "yes" { return PackField.indefinitely }
        let parts = ["year", "month", "day"].map { form[part($0)] ?? "" }
        return parts.allSatisfy(\.isEmpty) ? nil : parts.joined(separator: "-")
    }

    private func part(_ name: String) -> String { "\(field.name).\(name)" }
}
