/// How one kind of identifier is written, under a name that rule packs and forms can use.
///
/// `check` is pure and may be registered as a format of JSON Schema.
package struct IdentifierGrammar: Sendable, Identifiable {
    /// A stable name in kebab-case, such as `food-operation`.
    package let id: String
    /// What people call the number, in Chinese.
    package let name: String
    /// How it is written, in Chinese, short enough to stand under a field.
    package let help: String
    /// Whether the value is about a person or an account and has to be masked in lists.
    package let isConfidential: Bool
    /// Fictional texts that are accepted.
    package let good: [String]
    /// Texts that are refused, each with the fault it must give.
    package let bad: [Refused]

    private let judge: @Sendable (String) -> IdentifierCheck
    private let mask: @Sendable (String) -> String

    /// A text that is refused and the code of its fault.
    package struct Refused: Hashable, Sendable {
        /// What was typed.
        package let text: String
        /// The code of the first fault.
        package let code: String

        init(_ text: String, _ code: String) {
            self.text = text
            self.code = code
        }
    }

    init(
        id: String, name: String, help: String, isConfidential: Bool, good: [String], bad: [Refused],
        mask: @escaping @Sendable (String) -> String, judge: @escaping @Sendable (String) -> IdentifierCheck
    ) {
        self.id = id
        self.name = name
        self.help = help
        self.isConfidential = isConfidential
        self.good = good
        self.bad = bad
        self.mask = mask
        self.judge = judge
    }

    /// Reads what a person typed or a machine recognised. Full-width letters, spaces, dashes, brackets and small
    /// letters are put right first.
    package func check(_ text: String) -> IdentifierCheck { judge(text) }

    /// The value as lists and messages show it: itself, or with its middle covered when it is confidential.
    package func masked(_ text: String) -> String { mask(text) }

    /// The normal form of the first good example, for placeholders and sample pages.
    package var example: String { good.first.flatMap { check($0).canonical } ?? "" }
}

extension IdentifierGrammar {
    /// All grammars, in the order in which a list of them reads well.
    package static let all: [IdentifierGrammar] = [
        subjects, persons, contacts, banking, food, products, devices, drugsAndCosmetics, services, network,
    ].flatMap { $0 }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// The grammar with a name; nil when there is none.
    package static func named(_ id: String) -> IdentifierGrammar? { byID[id] }
}
