package import CanonicalJSON
import HTTPTypes
package import Hummingbird
package import Kernel
import Logging

/// Turns what routes throw into an answer for people or for machines; nothing escapes as a bare 500.
package struct ProblemMiddleware: RouterMiddleware {
    package typealias Context = WebContext

    private let pages: Pages

    package init(pages: Pages) { self.pages = pages }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = problem(for: error, request, context)
            var response = answer(to: request, context: context, problem: problem)
            if problem.status == .unavailable { response.headers[.retryAfter] = "3" }
            return response
        }
    }

    private func problem(for error: any Error, _ request: Request, _ context: WebContext) -> Problem {
        if let known = error as? any ProblemConvertible {
            let problem = known.problem
            if problem.status == .unavailable {
                context.logger.warning("Request was turned away", metadata: ["code": "\(problem.code)"])
            }
            return problem
        }
        if let http = error as? any HTTPResponseError { return Problem(status: http.status) }
        // The error's own words may repeat what somebody typed, so only its type is logged.
        context.logger.error(
            "Request failed",
            metadata: ["request": "\(context.web.requestID)", "error": "\(type(of: error))"])
        return .unexpected
    }

    private func answer(to request: Request, context: WebContext, problem: Problem) -> Response {
        guard request.wantsHTML else { return problem.document(requestID: context.web.requestID) }
        guard problem.status == .unauthorized else { return pages.problem(problem, context: context) }
        let door = problem.code == AccessRefused.notStaff.rawValue ? "/staff/sign-in" : "/sign-in"
        let way = door + "?next=" + request.uri.path.percentEncodedForQuery
        // What a form sent can't be sent again after signing in, so the page says so instead of leading away.
        return request.method == .get ? .see(way) : pages.problem(problem, context: context, back: (way, "去登录"))
    }
}

extension Problem {
    static let unexpected = Problem(
        .failed, code: "unexpected", title: "系统出了点问题，您的资料没有丢失", hint: "请稍后再试；若仍不行，请把请求编号告诉客服")

    init(status: HTTPResponse.Status) {
        switch status.code {
        case 404: self = .notFound
        case 405: self.init(.methodNotAllowed, code: "method_not_allowed", title: "这个地址不支持该操作")
        case 413: self = .bodyTooLarge
        case 415: self.init(.unsupported, code: "body.unsupported", title: "无法识别提交的内容格式")
        case 400..<500: self.init(.badRequest, code: "bad_request", title: "请求有误，未做任何更改")
        default: self = .unexpected
        }
    }

    /// The problem as `application/problem+json` (RFC 9457).
    func document(requestID: String) -> Response {
        var document: JSONValue = [
            "type": "about:blank", "title": .string(title), "status": .number(JSONNumber(Int64(status.rawValue))),
            "code": .string(code), "requestId": .string(requestID),
        ]
        if let hint { document["detail"] = .string(hint) }
        if !findings.isEmpty { document["errors"] = .array(findings.map(\.json)) }
        var response = Response.bytes(document.canonicalBytes, type: "application/problem+json")
        response.status = .init(code: status.rawValue)
        return response
    }
}

extension Finding {
    /// `{path, code, message, hint}`.
    package var json: JSONValue {
        [
            "path": .string(path), "code": .string(code), "message": .string(message),
            "hint": hint.map { .string($0) } ?? .null,
        ]
    }
}
