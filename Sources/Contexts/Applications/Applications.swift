package import Database
package import Kernel

/// The front of this context. (Being written.)
package struct Applications: Sendable {
    /// What was submitted in one round, opened; `nil` if there is no such submission.
    package func submission(
        of application: ID<Application>, round: Int, in tx: borrowing Transaction
    ) throws -> Submission? { nil }
}
