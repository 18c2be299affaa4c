import Accounts
import Catalogue
import Database
import Kernel

/// Finds out what was sold in a year, and against which limit.
struct TurnoverReading: Sendable {
    let pack: @Sendable (_ hash: String) throws -> Pack
    private let stores = StoreStore()
    private let sales = SaleStore()

    init(pack: @escaping @Sendable (_ hash: String) throws -> Pack) { self.pack = pack }

    /// What counts for a shop: with a limit, the sales of all shops that its owner runs in the same way; without one,
    /// its own.
    func turnover(of store: Store, in year: Int, in tx: borrowing Transaction) throws -> Turnover {
        let limit = try limit(of: store)
        let sum =
            try limit == nil
            ? sales.sum(of: store.id, in: year, in: tx)
            : sales.sum(of: store.person, as: store.subject, in: year, in: tx)
        return Turnover(year: year, sum: sum, limit: limit)
    }

    /// What may be sold in a year without being registered, as the shop's pack has it.
    func limit(of store: Store) throws -> Money? { try pack(store.pack).content.subject(store.subject)?.turnoverLimit }

    /// Everybody who was told this year, the largest share first. Who registered meanwhile is not among them.
    func watched(in year: Int, in tx: borrowing Transaction) throws -> [Watched] {
        let watched: [Watched] = try sales.told(for: year, in: tx).compactMap { told in
            let shops = try stores.all(of: told.person, as: told.subject, in: tx)
            guard let first = shops.first else { return nil }
            return Watched(
                shops: shops, turnover: try turnover(of: first, in: year, in: tx), told: told.level, at: told.toldAt)
        }
        return watched.sorted { ($0.turnover.percent ?? 0, $0.at) > ($1.turnover.percent ?? 0, $1.at) }
    }

    /// Somebody near or over the limit.
    struct Watched: Sendable {
        /// All shops that count together.
        let shops: [Store]
        let turnover: Turnover
        /// The highest level that the owner was told.
        let told: TurnoverLevel
        let at: Instant
    }
}
