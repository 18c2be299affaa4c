import Kernel

/// One line of the summary above a form.
struct FieldError: Sendable {
    let label: String
    let message: String
    /// The field's anchor.
    let href: String
}

/// Findings as this context's forms show them.
struct FieldErrors: Sendable {
    private let findings: [Finding]

    init(_ findings: [Finding]) { self.findings = findings }

    private static let labels = ["/phone": "手机号", "/consent": "同意书", "/code": "短信验证码"]

    var summary: [FieldError] {
        findings.map { finding in
            FieldError(
                label: Self.labels[finding.path] ?? "", message: finding.message,
                href: "#" + finding.path.drop { $0 == "/" })
        }
    }

    /// What stands below one field.
    func text(at path: String) -> String? {
        findings.first { $0.path == path }.map { finding in
            finding.hint.map { finding.message + "。" + $0 } ?? finding.message
        }
    }
}
