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
    /// Stands for the whole frozen submission: SHA-256 of its commitments, as hex.
    package let digest: String
    /// The form's values: nested objects whose leaves are texts, lists of texts and document ids.
    package let values: Secret<JSONValue>

    package init(
        application: ID<Application>, person: ID<Person>, round: Int, pack: String, categories: [String],
        submittedAt: Instant, digest: String, values: Secret<JSONValue>
    ) {
        self.application = application
        self.person = person
        self.round = round
        self.pack = pack
        self.categories = categories
        self.submittedAt = submittedAt
        self.digest = digest
        self.values = values
    }
}
