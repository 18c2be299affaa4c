import Database
import Kernel

/// A step of the first day that a shop's owner has done.
struct FirstDayRecord: Record {
    static let table = Table("stores", "first_day", key: ["store", "step"], columns: ["store", "step", "done_at"])

    let store: ID<Store>
    let step: String
    let doneAt: Instant

    var values: [any SQLConvertible] { [store, step, doneAt] }
}

extension FirstDayRecord {
    init(row: Row) throws {
        store = try row.get("store")
        step = try row.get("step")
        doneAt = try row.get("done_at")
    }
}

/// The queries about first days.
struct FirstDayStore: Sendable {
    /// What was done, and when.
    func done(in store: ID<Store>, in tx: borrowing Transaction) throws -> [FirstDayStep: Instant] {
        let records: [FirstDayRecord] = try tx.all(
            "SELECT \(columns: FirstDayRecord.table) FROM \(FirstDayRecord.table) WHERE store = \(store)")
        var done: [FirstDayStep: Instant] = [:]
        for record in records { if let step = FirstDayStep(rawValue: record.step) { done[step] = record.doneAt } }
        return done
    }

    /// Notes that a step is done, or that it is not.
    func set(
        _ step: FirstDayStep, done isDone: Bool, in store: ID<Store>, at now: Instant, in tx: borrowing Transaction
    ) throws {
        if isDone {
            guard try done(in: store, in: tx)[step] == nil else { return }
            try tx.insert(FirstDayRecord(store: store, step: step.rawValue, doneAt: now))
        } else {
            try tx.run("DELETE FROM \(FirstDayRecord.table) WHERE store = \(store) AND step = \(step.rawValue)")
        }
    }
}

enum FirstDayMigrations {
    static let all = [
        Migration(
            "stores", 5,
            [
                """
                CREATE TABLE \(FirstDayRecord.table) (
                    store TEXT NOT NULL REFERENCES \(StoreRecord.table) (id),
                    step TEXT NOT NULL,
                    done_at \(SQL.bigint) NOT NULL,
                    PRIMARY KEY (store, step)) \(SQL.strict)
                """
            ])
    ]
}
