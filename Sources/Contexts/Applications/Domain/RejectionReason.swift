/// Why an application is rejected (驳回原因码). The raw value is the stable code.
package enum RejectionReason: String, Sendable, CaseIterable {
    case subjectMismatch = "subject.mismatch"
    case licenceUnclear = "licence.unclear"
    case licenceForgedSuspected = "licence.forged_suspected"
    case categoryNotCovered = "category.not_covered"
    case prohibited
    case other

    /// The reason in Chinese, as reviewers choose it and applicants read it.
    package var text: String {
        switch self {
        case .subjectMismatch: "主体信息与证照不一致"
        case .licenceUnclear: "证照不清晰或不完整"
        case .licenceForgedSuspected: "证照真实性存疑"
        case .categoryNotCovered: "经营范围不包含所选类目"
        case .prohibited: "属于禁止入驻的商品或服务"
        case .other: "其他原因"
        }
    }

    /// The words for a code; a code from an older version has none of its own.
    static func text(of code: String) -> String { (RejectionReason(rawValue: code) ?? .other).text }
}
