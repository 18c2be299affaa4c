package import HTTPTypes

extension HTTPField.Name {
    private static func known(_ name: String) -> HTTPField.Name {
        // A literal of these letters is always a field name; the fallback only spares a force unwrap.
        HTTPField.Name(name) ?? .userAgent
    }

    package static let csrfToken = known("X-CSRF-Token")
    package static let idempotencyKey = known("Idempotency-Key")
    package static let requestID = known("X-Request-ID")
    package static let forwardedFor = known("X-Forwarded-For")
    package static let permissionsPolicy = known("Permissions-Policy")
    package static let referrerPolicy = known("Referrer-Policy")
}
