/// A bank or another institution that keeps accounts.
package struct Bank: Hashable, Sendable {
    /// The Chinese name, such as 招商银行.
    package let name: String
    /// The abbreviation that card tables use, such as `CMB`; nil when it has none.
    package let abbreviation: String?
    /// The line number of the head office or the clearing centre; nil when it is not known.
    package let headOffice: String?
}

/// What the first digits of a bank card tell.
package struct CardIssuer: Hashable, Sendable {
    /// The abbreviation of the bank, such as `CMB`.
    package let abbreviation: String
    /// The Chinese name of the bank.
    package let bank: String
    package let kind: Kind
    /// How many digits such cards have.
    package let length: Int

    /// Kinds of cards; raw values are those of the table.
    package enum Kind: String, Hashable, Sendable {
        case debit = "D"
        case credit = "C"
        case quasiCredit = "S"
        case prepaid = "P"

        /// The Chinese name.
        package var name: String {
            switch self {
            case .debit: "借记卡"
            case .credit: "信用卡"
            case .quasiCredit: "准贷记卡"
            case .prepaid: "预付费卡"
            }
        }

        /// Whether money may be settled to such a card.
        package var receivesSettlements: Bool { self == .debit }
    }
}
