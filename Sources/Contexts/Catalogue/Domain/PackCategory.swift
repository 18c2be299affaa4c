package import Kernel

/// Something that a shop may sell: a leaf of the category tree.
package struct PackCategory: Sendable, Equatable {
    package let id: String
    /// The mall's number for it.
    package let code: String
    package let name: String
    /// The names of its two ancestors, the widest first.
    package let trail: [String]
    /// Words that people type when they look for it.
    package let aliases: [String]
    /// What must be shown: all of these.
    package let needs: [Need]
    /// Whether a brand's own trademark or a complete chain of authorisations is wanted.
    package let brandRule: String?
    package let deposit: DepositAmount
    /// Hundredths of a per cent of each sale.
    package let commission: BasisPoints
    /// The id of the source of deposit and commission.
    package let feeSource: String
    package let route: ReviewRoute
    /// Why it can't be sold here at all.
    package let denied: String?
    /// Who may sell it.
    package let subjects: Set<String>
    /// The exemptions from registration (电子商务法 Art. 10) under which a natural person may sell it; empty for any.
    package let exemptions: Set<String>
    package let note: String?
    package let reviewerNote: String?
    package let minutes: Int

    /// One of some qualifications.
    package struct Need: Sendable, Equatable {
        package let any: [String]
        package let source: String
        /// Empty for all.
        package let subjects: Set<String>
        /// Empty for all.
        package let shopTypes: Set<String>

        func applies(to selection: Selection) -> Bool {
            (subjects.isEmpty || subjects.contains(selection.subject))
                && (shopTypes.isEmpty || shopTypes.contains(selection.shopType))
        }
    }
}

/// What a category wants as a deposit, by who applies.
package struct DepositAmount: Sendable, Equatable {
    package let enterprise: Money
    package let individual: Money
}

/// Hundredths of a per cent.
package struct BasisPoints: Sendable, Hashable, Comparable {
    package let value: Int

    package init(_ value: Int) { self.value = value }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    /// Such as `2.5%`.
    package var text: String {
        let whole = value / 100
        let rest = value % 100
        if rest == 0 { return "\(whole)%" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)%" : "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
    }
}

/// How an application is decided.
package struct ReviewRoute: Sendable, Equatable {
    package let id: String
    package let name: String
    /// How many people decide, one after the other.
    package let people: Int
    package let hasExpert: Bool
    /// Working hours until a decision; 0 is at once.
    package let hours: Int
    package let note: String
    /// How strict it is; the strictest of several counts.
    package let rank: Int
    package let isDenial: Bool
}

/// Who applies.
package struct PackSubject: Sendable, Equatable {
    package let id: String
    package let name: String
    package let note: String
    /// What its unified social credit code begins with; empty if it has none.
    package let creditCodePrefixes: [String]
    /// What to bring: shown before the form.
    package let brings: [Bring]
    /// What is good to know on this path.
    package let guidance: [String]
    /// The kinds of shop that it may open.
    package let shopTypes: [String]
    /// Whether the individual's deposit counts for it.
    package let paysIndividualDeposit: Bool
    /// How much it may sell in a calendar year before it has to be registered; nil for no limit.
    package let turnoverLimit: Money?
    package let source: String

    /// Something to have at hand.
    package struct Bring: Sendable, Equatable {
        package let mark: String
        package let title: String
        package let note: String
    }
}

/// A kind of shop: 旗舰店, 专卖店, 专营店, 普通店.
package struct ShopType: Sendable, Equatable {
    package let id: String
    package let name: String
    package let note: String
    /// Whether its brands must be shown.
    package let needsBrand: Bool
    package let source: String
}

/// Where a rule comes from.
package struct RuleSource: Sendable, Equatable {
    package let id: String
    package let title: String
    package let url: String?
}
