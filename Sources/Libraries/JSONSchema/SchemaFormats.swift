/// The values of `format` that a schema may ask for, by name.
package struct SchemaFormats: Sendable {
    /// What a check has found in a text.
    package struct Finding: Hashable, Sendable {
        /// A stable name for programs.
        package let code: String
        /// What is wrong, in Chinese.
        package let message: String
        /// What to do about it, in Chinese.
        package let hint: String?
        /// Whether the text is still acceptable.
        package let isWarning: Bool

        /// A finding; a fault unless it says otherwise.
        package init(code: String, message: String, hint: String? = nil, isWarning: Bool = false) {
            self.code = code
            self.message = message
            self.hint = hint
            self.isWarning = isWarning
        }
    }

    /// Looks at a text: nil when all is well. May be called from many threads at once.
    package typealias Check = @Sendable (String) -> Finding?

    private(set) var checks: [String: Check] = [:]

    /// Only the formats of the specification.
    package init() {}

    /// Adds a format, or replaces one of the specification's.
    package subscript(name: String) -> Check? {
        get { checks[name] }
        set { checks[name] = newValue }
    }
}

/// Schemas by address, for `$ref`. Nothing is ever fetched.
package struct SchemaRegistry: Sendable {
    private(set) var documents: [String: JSONDocument] = [:]

    /// Only the meta-schemas of draft 2020-12, which are always known.
    package init() {}

    /// The schema document of an absolute address without fragment.
    package subscript(uri: String) -> JSONDocument? {
        get { documents[uri] }
        set { documents[uri] = newValue }
    }
}
