package import CanonicalJSON

/// A published rule pack, compiled: what is asked of whom, and what the stages must do.
package struct Pack: Sendable, Equatable {
    /// SHA-256 of the pack's content, as hex. It never changes, so an application can be pinned to it.
    package let hash: String
    package let title: String
    package let version: String
    package let subjectName: String
    package let creditCodePrefixes: [String]
    package let categories: [PackCategory]
    let steps: [PackStep]
    let screening: Demand

    /// What the chosen categories ask.
    package func form(for chosen: [String]) -> PackForm {
        PackForm(
            steps: steps.map { step in
                PackStep(
                    id: step.id, title: step.title, lead: step.lead, minutes: step.minutes,
                    groups: step.groups.compactMap { group in
                        let fields = group.fields.filter { field in
                            field.categories.isEmpty || field.categories.contains(where: chosen.contains)
                        }
                        return fields.isEmpty ? nil : PackGroup(title: group.title, hint: group.hint, fields: fields)
                    })
            })
    }

    /// The fields that these categories ask for.
    package func fields(for chosen: [String]) -> [PackField] { form(for: chosen).fields }

    /// The categories that stand in the values.
    package func categories(in values: JSONValue) -> [String] {
        guard let field = steps.lazy.flatMap(\.fields).first(where: { $0.kind == .categories }) else { return [] }
        return (values[field.pointer]?.array ?? []).compactMap(\.string)
    }

    /// What the pack demands for these categories; the strictest of them counts.
    package func demands(for chosen: [String]) -> Demands {
        let categories = categories.filter { chosen.contains($0.id) }
        return Demands(
            screening: screening, expert: strictest(categories.map(\.expert)),
            agreement: strictest(categories.map(\.agreement)), deposit: strictest(categories.map(\.deposit)))
    }

    /// The Chinese names of categories.
    package func names(of chosen: [String]) -> [String] {
        categories.filter { chosen.contains($0.id) }.map(\.name)
    }

    private func strictest(_ demands: [Demand]) -> Demand {
        demands.first(where: \.isRequired) ?? demands.first ?? Demand(isRequired: true, rule: "规则包没有说明这个类目")
    }
}

/// Something that a shop may sell.
package struct PackCategory: Sendable, Equatable {
    package let id: String
    package let name: String
    /// What must be at hand.
    package let needs: [String]
    package let note: String?
    let expert: Demand
    let agreement: Demand
    let deposit: Demand

    /// What the category demands that is not built yet, and that an application would therefore wait for.
    package var waits: [String] {
        [(expert, "专家鉴定"), (agreement, "线上合同"), (deposit, "保证金")].filter(\.0.isRequired).map(\.1)
    }
}
