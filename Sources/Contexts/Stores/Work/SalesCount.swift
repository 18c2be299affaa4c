import Accounts
import Database
import Kernel
import Work

/// Counts what the mall's order system reports, and tells when somebody comes near to the limit.
struct SalesCount: Sendable {
    let reading: TurnoverReading
    private let stores = StoreStore()
    private let sales = SaleStore()

    init(reading: TurnoverReading) { self.reading = reading }

    /// What became of a report.
    struct Outcome: Sendable, Equatable {
        let new: Int
        /// Orders of which more was given back than was known.
        let updated: Int
        let repeated: Int
    }

    /// Counts each order once, however often it is reported; all of a report or nothing.
    ///
    /// - Throws: `OrdersDiffer`, `Turnover.Overflow`, `Problem.notFound` without such a shop.
    func count(_ report: [Sale], in id: ID<Store>, at now: Instant, in tx: borrowing Transaction) throws -> Outcome {
        guard let store = try stores.find(id, in: tx) else { throw Problem.notFound }
        let batch = try SalesBatch(
            report, onto: try sales.find(report.map(\.order), of: id, in: tx),
            as: { SaleRecord(store: id, person: store.person, subject: store.subject, sale: $0, reportedAt: now) })
        // Refunds first: they only lower the sums, and never lead to news.
        for record in batch.updated { try tx.update(record) }
        for (year, records) in batch.new {
            var turnover = try reading.turnover(of: store, in: year, in: tx)
            for record in records {
                try turnover.add(record.sale.net)
                try tx.insert(record)
            }
            try tell(turnover, of: store, at: now, in: tx)
        }
        let new = batch.new.map(\.records.count).reduce(0, +)
        return Outcome(new: new, updated: batch.updated.count, repeated: report.count - new - batch.updated.count)
    }

    private func tell(_ turnover: Turnover, of store: Store, at now: Instant, in tx: borrowing Transaction) throws {
        let told = try sales.told(store.person, for: turnover.year, in: tx)
        guard let level = turnover.news(told: told, current: now.inShanghai.year) else { return }
        try tx.save(
            ToldLevelRecord(
                person: store.person, year: turnover.year, level: level, store: store.id, subject: store.subject,
                toldAt: now))
        try tx.emit(
            TurnoverReached(person: store.person, store: store.id, year: turnover.year, level: level), at: now)
    }
}

/// A report laid over what is known.
private struct SalesBatch {
    /// The orders that were not known, by the year for which they count, the earliest first.
    let new: [(year: Int, records: [SaleRecord])]
    let updated: [SaleRecord]

    init(
        _ report: [Sale], onto known: [String: SaleRecord], as record: (Sale) -> SaleRecord
    ) throws(OrdersDiffer) {
        var rows = known
        var differing: [Int] = []
        for (index, sale) in report.enumerated() {
            do {
                rows[sale.order, default: record(sale)].sale = try rows[sale.order]?.sale.again(sale) ?? sale
            } catch {
                differing.append(index)
            }
        }
        guard differing.isEmpty else { throw OrdersDiffer(indices: differing) }
        let sorted = rows.values.sorted { $0.sale.order < $1.sale.order }
        updated = sorted.filter { row in known[row.sale.order].map { $0.sale != row.sale } ?? false }
        new = Dictionary(grouping: sorted.filter { known[$0.sale.order] == nil }, by: \.sale.year)
            .sorted { $0.key < $1.key }.map { (year: $0.key, records: $0.value) }
    }
}

/// Some orders came again with another amount or time of payment.
struct OrdersDiffer: Error {
    /// Their places in the report, from 0.
    let indices: [Int]
}
