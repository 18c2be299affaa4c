/// What the first digits of a bank card tell.
package struct CardIssuer: Hashable, Sendable {
    /// The abbreviation of the bank, such as `CMB`.
    package let abbreviation: String
    /// The Chinese name of the bank.
    package let bank: String
    /// Debit, credit or another kind.
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
