package import Kernel

/// One line of an application's history.
package struct Milestone: Sendable, Equatable {
    package let at: Instant
    package let round: Int
    package let what: What
    package let stage: Stage?
    /// What the rules or the stage said, in Chinese; never what somebody typed.
    package let detail: String?

    package enum What: String, Sendable, CaseIterable {
        case created
        case submitted
        case passed
        case notRequired = "not_required"
        case held
        case changesRequested = "changes_requested"
        case rejected
        case opened
        case withdrawn
        /// The applicant chose to follow newer rules.
        case rulesChanged = "rules_changed"
    }
}
