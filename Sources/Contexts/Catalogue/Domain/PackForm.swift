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
    package var fields: [PackField] { steps.flatMap(\.fields) }

    package func step(_ id: String) -> PackStep? { steps.first { $0.id == id } }

    /// The field at a path, in a list's row too.
    package func field(at path: String) -> PackField? { steps.lazy.compactMap { $0.field(at: path) }.first }

    package func step(asking path: String) -> PackStep? { steps.first { $0.field(at: path) != nil } }

    /// The fields that these values make the form ask, rows included.
    package func asked(in values: JSONValue) -> [PackField] { steps.flatMap { $0.asked(in: values) } }
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

    package var fields: [PackField] { groups.flatMap(\.fields) }

    package func asked(in values: JSONValue) -> [PackField] { groups.flatMap { $0.asked(in: values) } }

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
    package func asked(in values: JSONValue) -> [PackField] {
        fields.filter { $0.shown.holds(in: values) == .yes }.flatMap { field -> [PackField] in
            guard field.kind == .list else { return [field] }
            return [field] + field.rows(in: values).flatMap { $0.asked(in: values) }
        }
    }
}
