/// Something to say about a typed identifier: a fault or a warning. It never repeats the whole text.
package struct IdentifierFinding: Error, Hashable, Sendable {
    /// A stable name for programs, such as `uscc.check_digit`.
    package let code: String
    /// What is wrong and where, in Chinese, for the person who typed it.
    package let message: String
    /// What to do about it, in Chinese.
    package let hint: String?

    /// A finding with what there is to say.
    package init(code: String, message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    init(_ fault: some IdentifierFault) {
        self.init(code: fault.code, message: fault.message, hint: fault.hint)
    }
}

/// What a grammar says about a text.
///
/// Printing, logging or reflecting it shows no value, because some identifiers are about persons.
package struct IdentifierCheck: Hashable, Sendable {
    /// The normal form; nil exactly when there are faults.
    package let canonical: String?
    /// Why the text is not such an identifier.
    package let faults: [IdentifierFinding]
    /// Oddities of an acceptable identifier, for the reviewer.
    package let warnings: [IdentifierFinding]
    /// The six digits of the division that the identifier names, if it names one.
    package let divisionCode: String?

    /// An acceptable text.
    package init(canonical: String, warnings: [IdentifierFinding] = [], divisionCode: String? = nil) {
        self.canonical = canonical
        faults = []
        self.warnings = warnings
        self.divisionCode = divisionCode
    }

    /// A text that is refused; there is at least one fault.
    package init(faults: [IdentifierFinding]) {
        canonical = nil
        self.faults = faults
        warnings = []
        divisionCode = nil
    }

    /// Whether the text is acceptable, perhaps with warnings.
    package var isValid: Bool { canonical != nil }
}

extension IdentifierCheck: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Only the codes of the findings.
    package var description: String {
        isValid ? "valid, warnings: \(warnings.map(\.code))" : "invalid, faults: \(faults.map(\.code))"
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
