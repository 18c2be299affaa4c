/// The Unicode properties of ECMA-262 that RE2 has too.
enum UnicodePropertyName {
    /// The class of `\p{name}`; nil when it is unknown.
    static func characterClass(_ text: String) -> ECMAPattern.CharacterClass? {
        var found = ECMAPattern.CharacterClass()
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        switch (parts.count, parts[0]) {
        case (1, "Any"): found.ranges = ScalarSet.everything.ranges
        case (1, "ASCII"): found.ranges = [0...0x7F]
        case (1, _), (2, "General_Category"), (2, "gc"):
            guard let category = category(parts[parts.count - 1]) else { return nil }
            found.properties = [.init(name: category, isNegated: false)]
        case (2, "Script"), (2, "sc"):
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ ASCII.isLetter($0) || $0 == 0x5F }) else { return nil }
            found.properties = [.init(name: parts[1], isNegated: false)]
        default: return nil
        }
        return found
    }

    private static func category(_ name: String) -> String? {
        if categories.values.contains(name) { return name }
        return categories[name]
    }

    private static let categories = [
        "Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt",
        "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn",
        "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "digit": "Nd",
        "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc",
        "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
        "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm",
        "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z",
        "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc",
        "cntrl": "Cc", "Format": "Cf", "Private_Use": "Co",
    ]
}
