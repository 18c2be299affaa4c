import Kernel

/// One order as the mall's order system reports it, and may report it again.
struct Sale: Sendable, Equatable {
    /// The order's number, unique within its shop.
    let order: String
    let amount: Money
    /// All that was given back so far.
    let refunded: Money
    /// The sale counts for the year of this moment, and so do its refunds.
    let paidAt: Instant

    /// What stays sold.
    var net: Money { Money(fen: amount.fen - refunded.fen) }

    /// The calendar year in China.
    var year: Int { paidAt.inShanghai.year }

    /// An order came again with another amount or another time of payment: one of the two reports is wrong.
    struct Differs: Error {}

    /// What is known after the order was reported again.
    ///
    /// Reports may overtake one another, and money that was given back stays so: the largest refund counts.
    func again(_ report: Sale) throws(Differs) -> Sale {
        guard report.amount == amount, report.paidAt == paidAt else { throw Differs() }
        return Sale(order: order, amount: amount, refunded: max(refunded, report.refunded), paidAt: paidAt)
    }
}
