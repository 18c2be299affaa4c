package import CanonicalJSON

/// What can be said of an unfinished form: nothing that is absent counts as a fault yet.
package struct DraftFindings: Hashable, Sendable {
    /// Faults that stay faults whatever is added.
    package internal(set) var errors: [SchemaError] = []

    /// Remarks of custom formats that refuse nothing.
    package internal(set) var warnings: [SchemaError] = []

    /// What is definitely still asked for, in the schema's order; `instance` is the place of the absent value.
    package internal(set) var missing: [SchemaError] = []

    /// What may yet be asked for, depending on answers that are still open.
    package internal(set) var eventually: [SchemaError] = []

    /// Choices that are still open, each with what its branches lack.
    package internal(set) var alternatives: [DraftAlternatives] = []

    /// Other things that whole validation would refuse now and that additions may still put right.
    package internal(set) var undecided: [SchemaError] = []

    /// Whether whole validation would accept the document as it is.
    package internal(set) var isComplete = false
}

/// An `anyOf` or `oneOf` of which no branch is met yet and several can still be.
package struct DraftAlternatives: Hashable, Sendable {
    /// The place in the document.
    package let instance: JSONPointer

    /// The keyword's place in the schema.
    package let schema: JSONPointer

    /// The branches that are still possible, in the schema's order.
    package let branches: [Branch]

    /// One way to meet the choice.
    package struct Branch: Hashable, Sendable {
        /// The branch's place in the schema.
        package let schema: JSONPointer

        /// What it still lacks.
        package let missing: [SchemaError]
    }
}
