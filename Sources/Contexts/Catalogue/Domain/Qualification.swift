/// A paper, a word or a promise that a category may ask for.
package struct Qualification: Sendable, Equatable {
    package let id: String
    package let name: String
    /// For the applicant: where to get it and what to look at.
    package let help: String?
    package let number: Number?
    package let validity: Validity
    package let pictures: [Picture]
    /// What the reviewer looks at.
    package let check: String?
    package let rule: ScopeRule?
    package let promise: String?
    package let minutes: Int
    /// The id of the rule that knows it.
    package let source: String
    /// Asked by the form itself, and listed for completeness.
    package let isAskedByForm: Bool

    /// The paper's number.
    package struct Number: Sendable, Equatable {
        package let label: String
        /// A name in `IdentifierGrammar`; nil for free text.
        package let format: String?
        package let hint: String?
        package let least: Int
        package let most: Int
    }

    /// How long the paper counts.
    package enum Validity: String, Sendable, CaseIterable {
        /// Until a day.
        case dated
        /// Until a day, or for an indefinite time.
        case open
        /// It says nothing of an end.
        case none
    }

    /// One picture of the paper.
    package struct Picture: Sendable, Equatable {
        package let id: String
        package let label: String
        package let hint: String?
        package let examples: PictureExamples?
        /// Whether it is asked of everybody; another picture is only for some of what is sold.
        package let isRequired: Bool

        package init(
            id: String, label: String, hint: String?, examples: PictureExamples?, isRequired: Bool = true
        ) {
            self.id = id
            self.label = label
            self.hint = hint
            self.examples = examples
            self.isRequired = isRequired
        }
    }

    /// What must stand in a text of the form.
    package struct ScopeRule: Sendable, Equatable {
        package let path: String
        package let words: [String]
        package let otherwise: String
    }
}
