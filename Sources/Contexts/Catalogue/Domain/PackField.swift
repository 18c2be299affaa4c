package import CanonicalJSON

/// One question.
package struct PackField: Sendable, Equatable {
    /// JSON pointer of the value. In a list's row it is relative to the row until `row(_:of:)` makes it whole.
    package internal(set) var path: String
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
    package internal(set) var options: [PackOption]
    /// When the question is asked; nothing means always.
    package internal(set) var shown: ShowWhen
    /// The questions of one row of a list.
    package internal(set) var items: [PackField]
    /// What a good and a bad picture look like.
    package let examples: PictureExamples?
    /// What the text has to contain, one of them; the business scope of a licence.
    package internal(set) var rules: [ContentRule]
    /// The categories that ask for it; empty for all.
    package let categories: [String]
    /// The rule that asks for it, in Chinese with its source.
    package internal(set) var source: String?
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

    /// The address of the value.
    package var pointer: JSONPointer { JSONPointer(tokens: path.split(separator: "/").map(String.init)) }
    /// The name of its input: the path with dots.
    package var name: String { path.split(separator: "/").joined(separator: ".") }
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
