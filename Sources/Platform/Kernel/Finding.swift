/// One thing that is wrong, and with which field: the same shape from the form, the reviewer and the outside world.
package struct Finding: Hashable, Sendable, Codable {
    /// JSON pointer of the field (RFC 6901), empty for the whole.
    package let path: String
    /// Stable code for machines, such as `uscc.check_digit`.
    package let code: String
    /// What is wrong, in Chinese, for the person who can mend it.
    package let message: String
    /// How to mend it.
    package let hint: String?

    package init(path: String, code: String, message: String, hint: String? = nil) {
        self.path = path
        self.code = code
        self.message = message
        self.hint = hint
    }
}
