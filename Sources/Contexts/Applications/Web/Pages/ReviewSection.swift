import CanonicalJSON
import Catalogue

/// One step on the last page: its answers, and the rows of its lists.
struct ReviewSection: Sendable {
    let title: String
    let href: String?
    let facts: [Fact]
    let rows: [Row]

    /// One row of a list.
    struct Row: Sendable {
        let name: String
        let facts: [Fact]
    }

    struct Fact: Sendable {
        let label: String
        let value: String?
        let mono: Bool
        let missing: Bool
        let changed: Bool
        /// What was chosen, one piece each.
        let chips: [String]
        let picture: Picture?
    }

    struct Picture: Sendable {
        let url: String
        let href: String
        let alt: String
    }

    init(_ step: PackStep, _ one: OpenApplication, before: JSONValue?) {
        let values = one.draft.values
        let fields = step.fields.filter { $0.shown.isAlways || $0.shown.holds(in: values) == .yes }
        title = step.title
        href = ApplicationPath.step(one.application.id, step.id)
        facts = fields.filter { $0.kind != .list }.map { Fact($0, one, before: before) }
        rows = fields.filter { $0.kind == .list }.flatMap { list in
            list.rows(in: values).enumerated().map { position, row in
                Row(
                    name: "\(list.label) \(position + 1)",
                    facts: row.asked(in: values).map { Fact($0, one, before: before) })
            }
        }
    }
}

extension ReviewSection.Fact {
    fileprivate init(_ field: PackField, _ one: OpenApplication, before: JSONValue?) {
        let present = one.draft.values[field.pointer]
        let text = present.flatMap(field.display) ?? ""
        let isPicture = field.kind.isPicture && !text.isEmpty
        chips = field.kind == .categories ? one.pack.names(of: (present?.array ?? []).compactMap(\.string)) : []
        label = field.label
        value = text.isEmpty || isPicture ? nil : field.masked(text)
        mono = field.kind == .identifier
        missing = text.isEmpty && chips.isEmpty
        changed = before.map { $0[field.pointer] != present } ?? false
        picture =
            isPicture ? .init(url: "/documents/\(text)/picture", href: "/documents/\(text)/picture", alt: label) : nil
    }
}
