import Applications

/// What a reviewer decided, checked and complete.
enum Decision: Sendable, Equatable {
    case approve
    /// Comments by field path, at least one.
    case requestChanges([String: String])
    case reject(RejectionReason, note: String?)

    var verdict: Verdict {
        switch self {
        case .approve: .approved
        case .requestChanges: .changesRequested
        case .reject: .rejected
        }
    }
}

/// A decision without its words: for columns, lists and counting.
enum Verdict: String, Sendable, CaseIterable {
    case approved
    case changesRequested = "changes_requested"
    case rejected

    /// The Chinese word.
    var name: String {
        switch self {
        case .approved: "通过"
        case .changesRequested: "要求修改"
        case .rejected: "驳回"
        }
    }
}
