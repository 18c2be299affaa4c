import CanonicalJSON
import Database
import Kernel
import Sealing

struct ConsentRecord: Record {
    static let table = Table(
        "accounts", "consents", key: ["id"],
        columns: ["id", "person", "text_version", "content", "salts", "commitments", "digest", "at"])

    let id: ID<ConsentRecord>
    let person: ID<Person>
    let textVersion: String
    let content: Sealed
    let salts: Sealed
    let commitments: String
    let digest: String
    let at: Instant

    var values: [any SQLConvertible] { [id, person, textVersion, content, salts, commitments, digest, at] }
}

extension ConsentRecord {
    init(row: Row) throws {
        id = try row.get("id")
        person = try row.get("person")
        textVersion = try row.get("text_version")
        content = try row.get("content")
        salts = try row.get("salts")
        commitments = try row.get("commitments")
        digest = try row.get("digest")
        at = try row.get("at")
    }
}

/// What people agreed to, as frozen facts.
struct ConsentStore: Sendable {
    let vault: Vault

    static let place: StaticString = "accounts.consent"

    /// Notes that a person agreed to one version of the text; the first time counts.
    ///
    /// - Parameter textHash: SHA-256 of the text's file, as hex.
    func record(
        of person: ID<Person>, to version: String, textHash: String, at now: Instant, in tx: borrowing Transaction
    ) throws {
        guard try consents(of: person, to: version, in: tx).isEmpty else { return }
        let key = try vault.key(for: person.keyOwner, at: now, in: tx)
        let id = ID<ConsentRecord>.new(at: now)
        let fact = try FrozenFact(
            [
                "kind": "consent", "person": .string(person.text), "textVersion": .string(version),
                "textHash": .string(textHash), "given": "checkbox", "provedBy": "one-time-code",
                "at": .string(now.iso8601),
            ], under: key, place: Self.place, row: id.text)
        try tx.insert(
            ConsentRecord(
                id: id, person: person, textVersion: version, content: fact.content, salts: fact.salts,
                commitments: fact.commitments, digest: fact.digest, at: now))
    }

    func consents(
        of person: ID<Person>, to version: String, in tx: borrowing Transaction
    ) throws -> [ConsentRecord] {
        try tx.all(
            """
            SELECT \(columns: ConsentRecord.table) FROM \(ConsentRecord.table)
            WHERE person = \(person) AND text_version = \(version) ORDER BY at
            """)
    }
}
