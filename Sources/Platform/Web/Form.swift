package import FormData
package import Hummingbird
import Kernel
import NIOCore
package import Work

/// A form that came from our own page: it can't be made without the token.
package struct Form: Sendable {
    package let fields: FormFields
    private let token: String?

    /// The text in a field, without blanks around it; `nil` if it is missing or empty.
    package subscript(name: String) -> String? {
        guard let text = fields[name] else { return nil }
        let trimmed = text.trimmingPrefix(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        return String(trimmed[...last])
    }

    /// The key that marks this write for `principal`, from the form's `_key` or the `Idempotency-Key` header.
    package func idempotencyKey(principal: String, act: String) -> IdempotencyKey? {
        token.flatMap { IdempotencyKey(principal: principal, act: act, token: $0) }
    }

    fileprivate init(_ fields: FormFields, key: String?) {
        self.fields = fields
        self.token = fields["_key"] ?? key
    }
}

extension Request {
    /// The key that marks this write for `principal`, from the `Idempotency-Key` header; for programs.
    package func idempotencyKey(principal: String, act: String) -> IdempotencyKey? {
        headers[.idempotencyKey].flatMap { IdempotencyKey(principal: principal, act: act, token: $0) }
    }

    /// Whether the body is more than a form's texts, or hides its length.
    package var isLarge: Bool { (headers[.contentLength].flatMap(Int.init) ?? .max) > 256 * 1_024 }

    /// Reads the body as a form.
    ///
    /// - Parameter limit: the largest body in bytes.
    /// - Throws: `Problem` (413, 415, 400) for a body that can't be read, `AccessRefused.foreignForm` without our token.
    package func form(in context: some PageContext, limit: Int = 256 * 1024) async throws -> Form {
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw Problem.bodyTooLarge }
        let buffer: ByteBuffer
        do {
            buffer = try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.bodyTooLarge
        }
        let fields: FormFields
        do {
            fields = try FormFields(body: Array(buffer.readableBytesView), contentType: headers[.contentType] ?? "")
        } catch {
            throw Problem(error)
        }
        let sent = fields["_csrf"] ?? headers[.csrfToken]
        guard context.web.formToken.matches(sent) else { throw AccessRefused.foreignForm }
        return Form(fields, key: headers[.idempotencyKey])
    }
}

extension Problem {
    static let bodyTooLarge = Problem(
        .tooLarge, code: "body.too_large", title: "提交的内容太大", hint: "图片请不超过 12 MB，文字请精简后再提交")

    fileprivate init(_ fault: FormFault) {
        self.init(
            Status(rawValue: fault.status) ?? .badRequest, code: fault.rawValue, title: fault.message, hint: fault.hint)
    }
}
