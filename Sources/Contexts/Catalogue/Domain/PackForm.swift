package import CanonicalJSON

/// The form that a pack makes of a choice of categories: steps of groups of fields. Fields of categories that were not
/// chosen are not in it; their values stay in the draft and out of the submission.
package struct PackForm: Sendable, Equatable {
    package let steps: [PackStep]

    /// All fields, in the order in which they are asked.
    package var fields: [PackField] { steps.flatMap(\.fields) }

    package func step(_ id: String) -> PackStep? { steps.first { $0.id == id } }
    package func field(at path: String) -> PackField? { fields.first { $0.path == path } }
    package func step(asking path: String) -> PackStep? {
        steps.first { step in step.fields.contains { $0.path == path } }
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
}

/// Fields under one heading.
package struct PackGroup: Sendable, Equatable {
    package let title: String
    package let hint: String?
    package let fields: [PackField]
}

/// One question.
package struct PackField: Sendable, Equatable {
    /// JSON pointer of the value.
    package let path: String
    package let label: String
    package let kind: FieldKind
    package let isRequired: Bool
    package let hint: String?
    package let least: Int
    package let most: Int
    /// What a licence's picture calls this value, if it can be read from it.
    package let reads: String?
    /// The categories that ask for it; empty for all.
    package let categories: [String]

    package init(
        path: String, label: String, kind: FieldKind, isRequired: Bool, hint: String?, least: Int, most: Int,
        reads: String?, categories: [String]
    ) {
        self.path = path
        self.label = label
        self.kind = kind
        self.isRequired = isRequired
        self.hint = hint
        self.least = least
        self.most = most
        self.reads = reads
        self.categories = categories
    }

    /// The address of the value.
    package var pointer: JSONPointer { JSONPointer(tokens: path.split(separator: "/").map(String.init)) }
    /// The name of its input: the path with dots.
    package var name: String { path.split(separator: "/").joined(separator: ".") }
}
