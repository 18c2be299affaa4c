package import CanonicalJSON

/// The form that a pack makes of a selection: steps of groups of fields. Fields of categories that were not chosen are
/// not in it; their values stay in the draft and out of the submission.
package struct PackForm: Sendable {
    package let selection: Selection
    package let steps: [PackStep]
    /// Who applies: an answer that was given before the form.
    package let subject: PackField
    /// The groups of alternatives that the selection leaves open, such as “one of three permits”.
    package let choices: [QualificationChoice]
    /// The same questions as a schema, for the values.
    package let schema: FormSchema

    /// All fields, in the order in which they are asked; a list stands for its rows.
    package let fields: [PackField]
    private let byPath: [String: PackField]
    private let lists: [PackField]
    /// The fields that are not always asked.
    let conditional: [PackField]
    let tree: FieldTree

    init(
        selection: Selection, steps: [PackStep], subject: PackField, choices: [QualificationChoice], schema: FormSchema
    ) {
        (self.selection, self.steps, self.subject) = (selection, steps, subject)
        (self.choices, self.schema) = (choices, schema)
        fields = steps.flatMap(\.fields)
        byPath = Dictionary(fields.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        lists = fields.filter { $0.kind == .list }
        conditional = fields.filter { !$0.shown.isAlways }
        tree = FieldTree(fields)
    }

    package func step(_ id: String) -> PackStep? { steps.first { $0.id == id } }

    /// The field at a path, in a list's row too.
    package func field(at path: String) -> PackField? {
        byPath[path] ?? lists.lazy.compactMap { $0.field(at: path) }.first
    }

    package func step(asking path: String) -> PackStep? { steps.first { $0.field(at: path) != nil } }

    /// The fields that these values make the form ask, rows included.
    package func asked(in values: JSONValue) -> [PackField] { fields.asked(in: values) }
}

extension [PackField] {
    /// Those of the fields that the values make a form ask, rows included.
    func asked(in values: JSONValue) -> [PackField] {
        var asked: [PackField] = []
        asked.reserveCapacity(count)
        for field in self where field.shown.holds(in: values) == .yes {
            asked.append(field)
            if field.kind == .list { for row in field.rows(in: values) { asked += row.asked(in: values) } }
        }
        return asked
    }
}

/// A need that several papers can meet, and the field where the applicant says which.
package struct QualificationChoice: Sendable, Equatable {
    package let field: PackField
    package let options: [Option]

    package struct Option: Sendable, Equatable {
        package let qualification: String
        package let name: String
        /// The fields that choosing it brings.
        package let paths: [String]
    }
}

/// One page of the form.
package struct PackStep: Sendable, Equatable {
    package let id: String
    package let title: String
    package let lead: String
    package let minutes: Int
    package let groups: [PackGroup]

    package let fields: [PackField]

    init(id: String, title: String, lead: String, minutes: Int, groups: [PackGroup]) {
        (self.id, self.title, self.lead, self.minutes) = (id, title, lead, minutes)
        self.groups = groups
        fields = groups.flatMap(\.fields)
    }

    package func asked(in values: JSONValue) -> [PackField] { fields.asked(in: values) }

    func field(at path: String) -> PackField? { fields.lazy.compactMap { $0.field(at: path) }.first }
}

/// Fields under one heading.
package struct PackGroup: Sendable, Equatable {
    package let title: String
    package let hint: String?
    package let fields: [PackField]

    package init(title: String, hint: String?, fields: [PackField]) {
        self.title = title
        self.hint = hint
        self.fields = fields
    }

    /// The fields that these values make the group ask, rows included.
    package func asked(in values: JSONValue) -> [PackField] { fields.asked(in: values) }
}
