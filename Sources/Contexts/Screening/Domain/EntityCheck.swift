import Applications
import CanonicalJSON
import ChineseIdentifiers
import Kernel

/// What can be said about a company without asking anybody outside: about its code, and about other applications.
struct EntityCheck: Sendable, Equatable {
    /// Whether this kind of subject has a code at all; natural persons and companies from abroad have none.
    let hasCode: Bool
    /// The code as it was submitted; `nil` if it can't be read as one.
    let creditCode: CreditCode?
    /// The pack's prefixes for its kind of subject, such as `91` for companies.
    let expectedPrefixes: [String]
    /// Applications of other people with the same code that are underway or led to an open shop.
    let others: [ID<Application>]

    /// For the reviewer: reasons to look twice. None of them refuses an application by itself.
    var findings: [Finding] {
        guard hasCode else { return [] }
        guard let creditCode else {
            return [
                Finding(
                    path: Self.path, code: "screening.credit_code_unreadable", message: "统一社会信用代码无法识别",
                    hint: "请与证照逐位核对")
            ]
        }
        var findings = creditCode.warnings.map {
            Finding(path: Self.path, code: $0.rawValue, message: $0.message, hint: nil)
        }
        if !expectedPrefixes.isEmpty, !expectedPrefixes.contains(where: creditCode.plain.hasPrefix) {
            let kind = creditCode.registrationKind?.name ?? "未知类别"
            findings.append(
                Finding(
                    path: Self.path, code: "screening.registration_prefix", message: "统一社会信用代码的登记类别是「\(kind)」",
                    hint: "申请人选的主体，代码以 \(expectedPrefixes.joined(separator: "、")) 开头，请核对主体类型"))
        }
        if !others.isEmpty {
            findings.append(
                Finding(
                    path: Self.path, code: "screening.duplicate_entity", message: "同一主体另有 \(others.count) 份申请在办理或已开店",
                    hint: "由其他人提交，请核对是否本人授权、是否重复入驻"))
        }
        return findings
    }

    /// What the check saw, for replaying it later. The registry's answer is kept as what it is: not asked.
    func features(of request: StageRequested, at now: Instant) -> JSONValue {
        [
            "kind": "screening.check", "application": .string(request.application.text),
            "round": .number(JSONNumber(Int64(request.round))), "pack": .string(request.pack),
            "creditCode": creditCode.map { .string($0.plain) } ?? .null,
            "registrationKind": creditCode?.registrationKind.map { .string($0.rawValue) } ?? .null,
            "otherApplications": .array(others.map { .string($0.text) }), "registry": "not_asked",
            "findings": .array(findings.map { .string($0.code) }), "checkedAt": .string(now.iso8601),
        ]
    }

    static let path = "/licence/creditCode"
}
