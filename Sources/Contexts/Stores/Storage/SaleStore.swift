import Accounts
import Database
import Kernel

/// The queries about what was sold.
struct SaleStore {
    /// The orders of a shop that are known already, by their numbers.
    func find(_ orders: [String], of store: ID<Store>, in tx: borrowing Transaction) throws -> [String: SaleRecord] {
        guard !orders.isEmpty else { return [:] }
        let records: [SaleRecord] = try tx.all(
            """
            SELECT \(columns: SaleRecord.table) FROM \(SaleRecord.table)
            WHERE store = \(store) AND order_number IN (\(list: orders))
            """)
        return Dictionary(records.map { ($0.sale.order, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What all shops that a person runs as this kind of subject sold in a year.
    func sum(of person: ID<Person>, as subject: String, in year: Int, in tx: borrowing Transaction) throws -> Money {
        let fen: Int64? = try tx.value(
            """
            SELECT CAST(COALESCE(SUM(amount - refunded), 0) AS \(SQL.bigint)) FROM \(SaleRecord.table)
            WHERE year = \(year) AND person = \(person) AND subject = \(subject)
            """)
        return Money(fen: fen ?? 0)
    }

    /// What one shop sold in a year.
    func sum(of store: ID<Store>, in year: Int, in tx: borrowing Transaction) throws -> Money {
        let fen: Int64? = try tx.value(
            """
            SELECT CAST(COALESCE(SUM(amount - refunded), 0) AS \(SQL.bigint)) FROM \(SaleRecord.table)
            WHERE store = \(store) AND year = \(year)
            """)
        return Money(fen: fen ?? 0)
    }

    /// The highest level that a person was told for a year.
    func told(_ person: ID<Person>, for year: Int, in tx: borrowing Transaction) throws -> TurnoverLevel {
        let record: ToldLevelRecord? = try tx.first(
            """
            SELECT \(columns: ToldLevelRecord.table) FROM \(ToldLevelRecord.table)
            WHERE person = \(person) AND year = \(year)
            """)
        return record?.level ?? .ok
    }

    /// Everybody who was told for a year.
    func told(for year: Int, in tx: borrowing Transaction) throws -> [ToldLevelRecord] {
        try tx.all(
            "SELECT \(columns: ToldLevelRecord.table) FROM \(ToldLevelRecord.table) WHERE year = \(year) ORDER BY person"
        )
    }
}

enum SaleMigrations {
    static let all = [
        Migration(
            "stores", 3,
            [
                "ALTER TABLE \(StoreRecord.table) ADD COLUMN subject TEXT NOT NULL DEFAULT ''",
                // Before, only those without any registration had no number to publish.
                "UPDATE \(StoreRecord.table) SET subject = 'person' WHERE credit_code = ''",
                "CREATE INDEX stores_stores_person ON \(StoreRecord.table) (person)",
                """
                CREATE TABLE \(SaleRecord.table) (
                    store TEXT NOT NULL REFERENCES \(StoreRecord.table) (id),
                    order_number TEXT NOT NULL,
                    person TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    year \(SQL.bigint) NOT NULL,
                    amount \(SQL.bigint) NOT NULL CHECK (amount >= 0),
                    refunded \(SQL.bigint) NOT NULL CHECK (refunded >= 0 AND refunded <= amount),
                    paid_at \(SQL.bigint) NOT NULL,
                    reported_at \(SQL.bigint) NOT NULL,
                    PRIMARY KEY (store, order_number)) \(SQL.strict)
                """,
                """
                CREATE INDEX stores_sales_person ON \(SaleRecord.table) (person, year, subject, amount, refunded)
                """,
                "CREATE INDEX stores_sales_year ON \(SaleRecord.table) (store, year, amount, refunded)",
                """
                CREATE TABLE \(ToldLevelRecord.table) (
                    person TEXT NOT NULL,
                    year \(SQL.bigint) NOT NULL,
                    level TEXT NOT NULL CHECK (level IN ('near', 'reached')),
                    store TEXT NOT NULL REFERENCES \(StoreRecord.table) (id),
                    subject TEXT NOT NULL,
                    told_at \(SQL.bigint) NOT NULL,
                    PRIMARY KEY (person, year)) \(SQL.strict)
                """,
                "CREATE INDEX stores_told_levels_year ON \(ToldLevelRecord.table) (year)",
            ])
    ]
}
