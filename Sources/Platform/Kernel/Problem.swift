/// A refusal as its reader sees it: an HTTP status, a stable code and a Chinese sentence with a way out (RFC 9457).
package struct Problem: Error, Hashable, Sendable {
    package let status: Status
    package let code: String
    package let title: String
    package let hint: String?
    package let findings: [Finding]

    package init(_ status: Status, code: String, title: String, hint: String? = nil, findings: [Finding] = []) {
        self.status = status
        self.code = code
        self.title = title
        self.hint = hint
        self.findings = findings
    }

    /// The HTTP statuses that refusals use (RFC 9110).
    package enum Status: Int, Sendable {
        case badRequest = 400
        case unauthorized = 401
        case forbidden = 403
        case notFound = 404
        case methodNotAllowed = 405
        case conflict = 409
        case gone = 410
        case preconditionFailed = 412
        case tooLarge = 413
        case unsupported = 415
        case unprocessable = 422
        case tooMany = 429
        /// Of tus 1.0.0: what came is not what its checksum says.
        case checksumMismatch = 460
        case failed = 500
        case unavailable = 503
    }

    /// There is nothing here, or nothing that this person may see.
    package static let notFound = Problem(
        .notFound, code: "not_found", title: "没有找到这个页面", hint: "链接可能已失效，请回到首页重新进入")
}

/// An error that knows how it should be told to people.
package protocol ProblemConvertible: Error {
    var problem: Problem { get }
}

extension Problem: ProblemConvertible {
    package var problem: Problem { self }
}
