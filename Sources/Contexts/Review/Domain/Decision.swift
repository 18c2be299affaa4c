/// What a reviewer decided, checked and complete.
enum Decision: Sendable, Equatable {
    case approve
    /// Comments by field path, at least one.
    case requestChanges([String: String])
    case reject(ReasonCode, note: String?)

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

/// Why an application is rejected (驳回原因码).
enum ReasonCode: String, Sendable, CaseIterable {
    case subjectMismatch = "subject.mismatch"
    case licenceUnclear = "licence.unclear"
    case licenceForgedSuspected = "licence.forged_suspected"
    case categoryNotCovered = "category.not_covered"
    case prohibited
    case other

    /// The reason in Chinese, as applicants read it.
    var text: String {
        switch self {
        case .subjectMismatch: "主体信息与证照不一致"
        case .licenceUnclear: "证照不清晰或不完整"
        case .licenceForgedSuspected: "证照真实性存疑"
        case .categoryNotCovered: "经营范围不含所选类目"
        case .prohibited: "禁止入驻的商品或服务"
        case .other: "其他原因"
        }
    }
}
