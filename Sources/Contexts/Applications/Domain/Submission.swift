package import Accounts
package import CanonicalJSON
package import Kernel
package import Sealing

/// What was submitted in one round, as it was frozen then.
package struct Submission: Sendable {
    package let application: ID<Application>
    package let person: ID<Person>
    package let round: Int
    /// Content hash of the rule pack.
    package let pack: String
    package let categories: [String]
    package let submittedAt: Instant
    /// The form's values: nested objects whose leaves are texts, lists of texts and document ids.
    package let values: Secret<JSONValue>
}
