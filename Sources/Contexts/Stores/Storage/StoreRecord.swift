import Accounts
import Applications
import CanonicalJSON
import Database
import Kernel

/// One open shop with its published licence.
struct StoreRecord: Record {
    static let table = Table(
        "stores", "stores", key: ["id"],
        columns: [
            "id", "application", "person", "name", "pack", "subject", "categories", "credit_code", "company",
            "company_type",
            "capital", "established_on", "address", "scope", "permits", "legal_representative", "opened_at",
            "contact", "has_account",
        ])

    let store: Store

    var values: [any SQLConvertible] {
        let licence = store.licence
        return [
            store.id, store.application, store.person, store.name, store.pack, store.subject,
            JSONValue.array(store.categories.map { .string($0) }).canonicalText, licence.creditCode, licence.company,
            licence.type, licence.capital, licence.establishedOn, licence.address, licence.scope, licence.permitsText,
            licence.legalRepresentative, store.openedAt, store.contact, store.hasAccount,
        ]
    }
}

extension StoreRecord {
    init(row: Row) throws {
        let categories = try JSONValue(parsing: try row.get("categories", as: String.self))
        store = Store(
            id: try row.get("id"), application: try row.get("application"), person: try row.get("person"),
            name: try row.get("name"), pack: try row.get("pack"), subject: try row.get("subject"),
            categories: (categories.array ?? []).compactMap(\.string),
            licence: PublishedLicence(
                creditCode: try row.get("credit_code"), company: try row.get("company"),
                type: try row.get("company_type"), capital: try row.get("capital"),
                establishedOn: try row.get("established_on"), address: try row.get("address"),
                scope: try row.get("scope"), permits: try PublishedLicence.permits(try row.get("permits")),
                legalRepresentative: try row.get("legal_representative")),
            openedAt: try row.get("opened_at"), contact: try row.get("contact"), hasAccount: try row.get("has_account"))
    }
}

/// The queries about shops.
struct StoreStore {
    func find(_ id: ID<Store>, in tx: borrowing Transaction) throws -> Store? {
        let record: StoreRecord? = try tx.first(
            "SELECT \(columns: StoreRecord.table) FROM \(StoreRecord.table) WHERE id = \(id)")
        return record?.store
    }

    func find(of application: ID<Application>, in tx: borrowing Transaction) throws -> Store? {
        let record: StoreRecord? = try tx.first(
            "SELECT \(columns: StoreRecord.table) FROM \(StoreRecord.table) WHERE application = \(application)")
        return record?.store
    }

    /// The shops that a person runs as one kind of subject, the oldest first.
    func all(of person: ID<Person>, as subject: String, in tx: borrowing Transaction) throws -> [Store] {
        let records: [StoreRecord] = try tx.all(
            """
            SELECT \(columns: StoreRecord.table) FROM \(StoreRecord.table)
            WHERE person = \(person) AND subject = \(subject) ORDER BY id
            """)
        return records.map(\.store)
    }

    /// Shops in the order of their ids, which is that of their opening, at most so many.
    func page(after last: ID<Store>?, limit: Int, in tx: borrowing Transaction) throws -> [Store] {
        let records: [StoreRecord] = try tx.all(
            """
            SELECT \(columns: StoreRecord.table) FROM \(StoreRecord.table)
            WHERE id > \(last?.text ?? "") ORDER BY id LIMIT \(limit)
            """)
        return records.map(\.store)
    }

    func add(_ store: Store, in tx: borrowing Transaction) throws { try tx.insert(StoreRecord(store: store)) }
}

enum StoreMigrations {
    static let all = [
        Migration(
            "stores", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS stores")",
                """
                CREATE TABLE \(StoreRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    application TEXT NOT NULL UNIQUE,
                    person TEXT NOT NULL,
                    name TEXT NOT NULL,
                    pack TEXT NOT NULL,
                    categories TEXT NOT NULL,
                    credit_code TEXT NOT NULL,
                    company TEXT NOT NULL,
                    company_type TEXT NOT NULL,
                    capital TEXT NOT NULL,
                    established_on TEXT NOT NULL,
                    address TEXT NOT NULL,
                    scope TEXT NOT NULL,
                    food_permit TEXT,
                    legal_representative \(SQL.bytes) NOT NULL,
                    opened_at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
            ]),
        Migration(
            "stores", 2,
            [
                "ALTER TABLE \(StoreRecord.table) ADD COLUMN permits TEXT NOT NULL DEFAULT '[]'",
                """
                UPDATE \(StoreRecord.table) SET permits = '[{"label":"食品经营许可证编号","number":"' || food_permit || '"}]'
                WHERE food_permit IS NOT NULL
                """,
                "ALTER TABLE \(StoreRecord.table) DROP COLUMN food_permit",
            ]),
    ]
}

extension PublishedLicence {
    /// The permits as they are kept: `[{"label", "number", "until"}]`; those of older shops have no `until`.
    fileprivate var permitsText: String {
        JSONValue.array(
            permits.map { ["label": .string($0.label), "number": .string($0.number), "until": .string($0.until)] }
        ).canonicalText
    }

    fileprivate static func permits(_ text: String) throws -> [Permit] {
        (try JSONValue(parsing: text).array ?? []).map {
            Permit(
                label: $0["label"]?.string ?? "", number: $0["number"]?.string ?? "", until: $0["until"]?.string ?? "")
        }
    }
}
