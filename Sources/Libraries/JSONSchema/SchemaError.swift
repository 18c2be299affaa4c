package import CanonicalJSON

/// One fault of a document, for programs (code, pointers) and for people who fill in forms (message, hint).
package struct SchemaError: Hashable, Sendable {
    /// The place in the document.
    package let instance: JSONPointer

    /// The keyword's place within the schema document that it is written in.
    package let schema: JSONPointer

    /// That document's address; empty for the schema itself when it has none.
    package let document: String

    /// The keyword, such as `minLength`.
    package let keyword: String

    /// A stable name: `schema.` and the keyword's name in snake case, or what a custom format says.
    package let code: String

    /// What is wrong, in Chinese.
    package let message: String

    /// What to do about it, in Chinese, when a custom format knows.
    package let hint: String?

    /// Whether it is only worth a second look. Warnings come from custom formats.
    package let isWarning: Bool
}

/// What whole validation finds.
package struct SchemaFindings: Hashable, Sendable {
    /// Faults; none when the document is valid.
    package internal(set) var errors: [SchemaError] = []

    /// Remarks of custom formats that refuse nothing.
    package internal(set) var warnings: [SchemaError] = []
}

/// Why a schema can't be used.
package struct SchemaFault: Error, Hashable, Sendable {
    /// The kinds of faults; raw values are stable codes.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A keyword's value is not what the specification allows.
        case keyword = "schema.keyword"
        /// A reference leads to nothing in the schema or the registry.
        case reference = "schema.reference"
        /// A reference leads back to itself without stepping into the document.
        case cycle = "schema.cycle"
        /// A regular expression is faulty, or can't be run in linear time.
        case pattern = "schema.pattern"
        /// The schema asks for a vocabulary or dialect that is not known.
        case vocabulary = "schema.vocabulary"
        case tooLarge = "schema.too_large"
    }

    /// What is wrong.
    package let reason: Reason

    /// The place within the schema document.
    package let schema: JSONPointer

    /// That document's address; empty for the schema itself when it has none.
    package let document: String

    /// What is wrong, in Chinese.
    package let message: String

    /// A stable name for programs.
    package var code: String { reason.rawValue }
}
