package import CanonicalJSON

/// One question. Forms are walked for every answer that is saved, so fields are shared and never copied.
package final class PackField: Sendable {
    /// JSON pointer of the value. In a list's row it is relative to the row until `row(_:of:)` makes it whole.
    package let path: String
    /// The address of the value.
    package let pointer: JSONPointer
    package let label: String
    package let kind: FieldKind
    package let isRequired: Bool
    package let hint: String?
    /// Fewest characters of a text, rows of a list, or value of a number.
    package let least: Int
    /// Most characters of a text, rows of a list, or value of a number.
    package let most: Int
    /// What a licence's picture calls this value, if it can be read from it.
    package let reads: String?
    /// The grammar of an identifier: a name in `IdentifierGrammar`, or nil for free text.
    package let format: String?
    /// What can be chosen.
    package let options: [PackOption]
    /// When the question is asked; nothing means always.
    package let shown: ShowWhen
    /// The questions of one row of a list.
    package let items: [PackField]
    /// What a good and a bad picture look like.
    package let examples: PictureExamples?
    /// What the text has to contain, one of them; the business scope of a licence.
    package let rules: [ContentRule]
    /// The categories that ask for it; empty for all.
    package let categories: [String]
    /// The rule that asks for it, in Chinese with its source.
    package let source: String?
    /// Whether a text is about a person or an account, though its kind does not tell.
    package let isPrivate: Bool

    package init(
        path: String, label: String, kind: FieldKind, isRequired: Bool = true, hint: String? = nil, least: Int = 1,
        most: Int = 200, reads: String? = nil, format: String? = nil, options: [PackOption] = [],
        shown: ShowWhen = .always, items: [PackField] = [], examples: PictureExamples? = nil,
        rules: [ContentRule] = [], categories: [String] = [], source: String? = nil,
        isPrivate: Bool = false
    ) {
        self.path = path
        pointer = JSONPointer(tokens: path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) })
        self.label = label
        self.kind = kind
        self.isRequired = isRequired
        self.hint = hint
        self.least = least
        self.most = most
        self.reads = reads
        self.format = format
        self.options = options
        self.shown = shown
        self.items = items
        self.examples = examples
        self.rules = rules
        self.categories = categories
        self.source = source
        self.isPrivate = isPrivate
    }

    /// The name of its input: the path with dots.
    package var name: String { pointer.tokens.joined(separator: ".") }

    /// The field with some of it changed.
    func with(
        path: String? = nil, options: [PackOption]? = nil, shown: ShowWhen? = nil, rules: [ContentRule]? = nil,
        source: String?? = nil
    ) -> PackField {
        PackField(
            path: path ?? self.path, label: label, kind: kind, isRequired: isRequired, hint: hint, least: least,
            most: most, reads: reads, format: format, options: options ?? self.options, shown: shown ?? self.shown,
            items: items, examples: examples, rules: rules ?? self.rules, categories: categories,
            source: source ?? self.source, isPrivate: isPrivate)
    }
}

extension PackField: Equatable {
    package static func == (left: PackField, right: PackField) -> Bool {
        left === right
            || (left.path == right.path && left.label == right.label && left.kind == right.kind
                && left.isRequired == right.isRequired && left.hint == right.hint && left.least == right.least
                && left.most == right.most && left.reads == right.reads && left.format == right.format
                && left.options == right.options && left.shown == right.shown && left.items == right.items
                && left.examples == right.examples && left.rules == right.rules
                && left.categories == right.categories && left.source == right.source
                && left.isPrivate == right.isPrivate)
    }
}

/// Something that can be chosen.
package struct PackOption: Sendable, Equatable {
    package let value: String
    package let label: String
    package let note: String?

    package init(value: String, label: String, note: String? = nil) {
        self.value = value
        self.label = label
        self.note = note
    }
}

/// What makes a picture good, and what makes it useless, in words.
package struct PictureExamples: Sendable, Equatable {
    package let good: String
    package let bad: String
}

/// What a text has to match, on a condition.
package struct ContentRule: Sendable, Equatable {
    /// An ECMA-262 pattern.
    package let pattern: String
    package let code: String
    /// What is wrong with a text that does not match, in Chinese.
    package let message: String
    package let hint: String?
    package let shown: ShowWhen

    package init(pattern: String, code: String, message: String, hint: String? = nil, shown: ShowWhen = .always) {
        self.pattern = pattern
        self.code = code
        self.message = message
        self.hint = hint
        self.shown = shown
    }

    /// The text has to hold one of some words.
    package init(words: [String], otherwise: String, shown: ShowWhen) {
        self.init(
            pattern: words.map(\.quotedForPattern).joined(separator: "|"), code: "scope.missing", message: otherwise,
            shown: shown)
    }

    /// A credit code has to begin like those of a subject.
    package init(creditCodesOf subject: PackSubject) {
        let prefixes = subject.creditCodePrefixes.joined(separator: " 或 ")
        self.init(
            pattern: "^(?:" + subject.creditCodePrefixes.map(\.quotedForPattern).joined(separator: "|") + ")",
            code: "uscc.subject", message: "这个代码不属于\(subject.name)",
            hint: "\(subject.name)的代码以 \(prefixes) 开头，请核对执照类型，或改选主体")
    }
}

extension String {
    /// The text as an ECMA-262 pattern that matches only itself.
    fileprivate var quotedForPattern: String {
        reduce(into: "") { quoted, character in
            if "^$\\.*+?()[]{}|/".contains(character) { quoted.append("\\") }
            quoted.append(character)
        }
    }
}
