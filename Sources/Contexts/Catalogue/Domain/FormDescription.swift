package import CanonicalJSON
import Kernel

/// A form as programs read it: the schema of the values, and beside it how the questions are laid out. Nothing is said
/// twice: what may stand in a field and what is wanted is in the schema alone.
extension PackForm {
    /// `{pack, version, selection, schema, ui: {steps}, alternatives, route, deposit, commission}`; amounts in fen,
    /// commissions in hundredths of a per cent.
    package func description(of pack: Pack) -> JSONValue {
        let content = pack.content
        return [
            "pack": .string(pack.hash), "version": .string(pack.version),
            "selection": [
                "subject": .string(selection.subject), "shop_type": .string(selection.shopType),
                "categories": .array(selection.categories.map { .string($0) }),
            ],
            "schema": schema.json, "ui": ["steps": .array(steps.map(\.description))],
            "alternatives": .array(
                choices.map { choice in
                    [
                        "path": .string(choice.field.path),
                        "any": .array(choice.options.map { .string($0.qualification) }),
                    ]
                }),
            "route": content.route(for: selection.categories).map { .string($0.id) } ?? .null,
            "deposit": .number(JSONNumber(content.deposit(for: selection).fen)),
            "commission": .array(
                content.categories(of: selection.categories).map { category in
                    [
                        "category": .string(category.id),
                        "basis_points": .number(JSONNumber(Int64(category.commission.value))),
                    ]
                }),
        ]
    }
}

extension PackStep {
    fileprivate var description: JSONValue {
        [
            "id": .string(id), "title": .string(title), "lead": .string(lead),
            "minutes": .number(JSONNumber(Int64(minutes))), "groups": .array(groups.map(\.description)),
        ]
    }
}

extension PackGroup {
    fileprivate var description: JSONValue {
        var group: JSONValue = ["title": .string(title), "fields": .array(fields.map(\.description))]
        group["hint"] = hint.map { .string($0) }
        return group
    }
}

extension PackField {
    fileprivate var description: JSONValue {
        var field: JSONValue = ["path": .string(path), "label": .string(label), "widget": .string(kind.rawValue)]
        field["hint"] = hint.map { .string($0) }
        field["source"] = source.map { .string($0) }
        field["examples"] = examples.map { ["good": .string($0.good), "bad": .string($0.bad)] }
        if !options.isEmpty, kind != .categories { field["options"] = .array(options.map(\.description)) }
        if !shown.isAlways { field["show_when"] = shown.description }
        if !items.isEmpty { field["items"] = .array(items.map(\.description)) }
        return field
    }
}

extension PackOption {
    fileprivate var description: JSONValue {
        var option: JSONValue = ["value": .string(value), "label": .string(label)]
        option["note"] = note.map { .string($0) }
        return option
    }
}

extension ShowWhen {
    /// All of a list of conditions, in each one of its answers: `[[{path, is}]]`.
    fileprivate var description: JSONValue {
        .array(
            conditions.map { condition in
                .array(condition.answers.map { ["path": .string($0.path), "is": .string($0.value)] })
            })
    }
}
