extension IdentifierGrammar {
    /// A grammar whose judge is a type of this library.
    ///
    /// - Parameter remarks: What else there is to say about an accepted value.
    init<Value: ParsedIdentifier>(
        _ type: Value.Type, id: String, name: String, help: String, good: [String], bad: [Refused],
        remarks: @escaping @Sendable (Value) -> ValueRemarks = { _ in ValueRemarks() }
    ) {
        let isConfidential = type is any ConfidentialIdentifier.Type
        self.init(
            id: id, name: name, help: help, isConfidential: isConfidential, good: good, bad: bad,
            mask: { text in isConfidential ? (try? Value(text).masked) ?? "***" : text },
            judge: { text in
                do throws(Value.Fault) {
                    let value = try Value(text)
                    let remarks = remarks(value)
                    if !remarks.faults.isEmpty { return IdentifierCheck(faults: remarks.faults) }
                    return IdentifierCheck(
                        canonical: value.plain, warnings: remarks.warnings, divisionCode: remarks.divisionCode)
                } catch {
                    return IdentifierCheck(faults: [Self.finding(for: error, in: text, name: name)])
                }
            })
    }

    /// The fault with the wrong character named, where there is one.
    private static func finding(
        for fault: some IdentifierFault, in text: String, name: String
    ) -> IdentifierFinding {
        let bytes = NormalText(text).bytes
        guard let position = fault.wrongPosition ?? (fault.meansFirstNonDigit ? NormalText(text).firstNonDigit : nil),
            bytes.indices.contains(position - 1)
        else { return IdentifierFinding(fault) }
        let expected = fault.expectedCharacter
        let found = Unicode.Scalar(bytes[position - 1])
        let message = WrongCharacter(position: position, expected: expected, found: found).message
        return IdentifierFinding(code: fault.code, message: name + message, hint: fault.hint)
    }
}
