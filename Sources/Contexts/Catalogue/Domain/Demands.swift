/// What a pack says about the stages, for a choice of categories.
package struct Demands: Sendable, Equatable {
    package let screening: Demand
    package let expert: Demand
    package let agreement: Demand
    package let deposit: Demand
}

/// Whether something is asked for, and the pack's rule that says so.
package struct Demand: Sendable, Equatable {
    package let isRequired: Bool
    /// The rule in Chinese, with its source; shown to applicants and reviewers.
    package let rule: String

    package init(isRequired: Bool, rule: String) {
        self.isRequired = isRequired
        self.rule = rule
    }
}
