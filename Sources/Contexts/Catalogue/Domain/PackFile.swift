import Yams

/// A pack as it stands in its YAML file.
struct PackFile: Decodable {
    let id: String
    let title: String
    let version: String
    let subject: Subject
    let steps: [Step]
    let categories: [Category]
    let rules: Rules

    struct Subject: Decodable {
        let name: String
        let creditCodePrefixes: [String]
    }

    struct Step: Decodable {
        let id: String
        let title: String
        let lead: String
        let minutes: Int
        let groups: [Group]
    }

    struct Group: Decodable {
        let title: String
        let hint: String?
        let fields: [Field]
    }

    struct Field: Decodable {
        let path: String
        let label: String
        let kind: String
        let required: Bool?
        let hint: String?
        let least: Int?
        let most: Int?
        let reads: String?
        let categories: [String]?
    }

    struct Category: Decodable {
        let id: String
        let name: String
        let needs: [String]
        let note: String?
        let rules: CategoryRules
    }

    struct CategoryRules: Decodable {
        let expert: Rule
        let agreement: Rule
        let deposit: Rule
    }

    struct Rules: Decodable {
        let screening: Rule
    }

    struct Rule: Decodable {
        let required: Bool
        let rule: String

        var demand: Demand { Demand(isRequired: required, rule: rule) }
    }
}

/// What a pack file says that can't be.
package struct PackFault: Error, Equatable {
    package let message: String
}

extension Pack {
    /// Compiles a pack from its YAML text.
    /// - Throws: `PackFault` for a field of unknown kind, a path that occurs twice, a category that does not exist;
    ///   the YAML reader's errors for text that is no pack.
    package init(yaml text: String, hash: String) throws {
        let file = try YAMLDecoder().decode(PackFile.self, from: text)
        let known = Set(file.categories.map(\.id))
        var seen: Set<String> = []
        self.hash = hash
        title = file.title
        version = file.version
        subjectName = file.subject.name
        creditCodePrefixes = file.subject.creditCodePrefixes
        screening = file.rules.screening.demand
        categories = file.categories.map { category in
            PackCategory(
                id: category.id, name: category.name, needs: category.needs, note: category.note,
                expert: category.rules.expert.demand, agreement: category.rules.agreement.demand,
                deposit: category.rules.deposit.demand)
        }
        steps = try file.steps.map { step in
            let groups = try step.groups.map { group in
                let fields = try group.fields.map { try PackField($0, categories: known, seen: &seen) }
                return PackGroup(title: group.title, hint: group.hint, fields: fields)
            }
            return PackStep(id: step.id, title: step.title, lead: step.lead, minutes: step.minutes, groups: groups)
        }
    }
}

extension PackField {
    fileprivate init(_ field: PackFile.Field, categories known: Set<String>, seen: inout Set<String>) throws {
        guard let kind = FieldKind(rawValue: field.kind) else {
            throw PackFault(message: "\(field.path): unknown kind \(field.kind)")
        }
        guard field.path.hasPrefix("/"), seen.insert(field.path).inserted else {
            throw PackFault(message: "\(field.path): not a pointer, or asked twice")
        }
        for category in field.categories ?? [] where !known.contains(category) {
            throw PackFault(message: "\(field.path): unknown category \(category)")
        }
        self.init(
            path: field.path, label: field.label, kind: kind, isRequired: field.required ?? true, hint: field.hint,
            least: field.least ?? 1, most: field.most ?? 200, reads: field.reads, categories: field.categories ?? [])
    }
}

/// A pack's name and version.
struct PackIdentity: Decodable {
    let id: String
    let version: String

    init(yaml text: String) throws { self = try YAMLDecoder().decode(Self.self, from: text) }
}
