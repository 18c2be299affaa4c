import Accounts
import Database
import Kernel

/// One order of one shop, with who ran the shop as what when it was first reported.
struct SaleRecord: Record {
    static let table = Table(
        "stores", "sales", key: ["store", "order_number"],
        columns: ["store", "order_number", "person", "subject", "year", "amount", "refunded", "paid_at", "reported_at"])

    let store: ID<Store>
    let person: ID<Person>
    /// The pack's id of the kind of subject.
    let subject: String
    var sale: Sale
    let reportedAt: Instant

    var values: [any SQLConvertible] {
        [
            store, sale.order, person, subject, sale.year, sale.amount.fen, sale.refunded.fen, sale.paidAt, reportedAt,
        ]
    }
}

extension SaleRecord {
    init(row: Row) throws {
        store = try row.get("store")
        person = try row.get("person")
        subject = try row.get("subject")
        sale = Sale(
            order: try row.get("order_number"), amount: Money(fen: try row.get("amount")),
            refunded: Money(fen: try row.get("refunded")), paidAt: try row.get("paid_at"))
        reportedAt = try row.get("reported_at")
    }
}

/// The highest level that somebody was told for a year.
struct ToldLevelRecord: Record {
    static let table = Table(
        "stores", "told_levels", key: ["person", "year"],
        columns: ["person", "year", "level", "store", "subject", "told_at"])

    let person: ID<Person>
    let year: Int
    let level: TurnoverLevel
    /// The shop whose sale it was.
    let store: ID<Store>
    let subject: String
    let toldAt: Instant

    var values: [any SQLConvertible] { [person, year, level.rawValue, store, subject, toldAt] }
}

extension ToldLevelRecord {
    init(row: Row) throws {
        person = try row.get("person")
        year = try row.get("year")
        let text = try row.get("level", as: String.self)
        guard let level = TurnoverLevel(rawValue: text) else { throw UnreadableColumn(column: "level", type: "level") }
        self.level = level
        store = try row.get("store")
        subject = try row.get("subject")
        toldAt = try row.get("told_at")
    }
}
