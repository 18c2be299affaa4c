import ChineseIdentifiers
import Database
import Kernel
import Sealing
import Web

/// People, their sealed phone numbers and their roles.
struct PersonStore: Sendable {
    let vault: Vault

    /// There is no such person.
    struct Unknown: Error {}

    /// The value by which a phone number is found without being readable.
    func index(of phone: MobileNumber) -> [UInt8] { vault.blindIndex(phone.plain, domain: "accounts.phone") }

    func find(_ phone: MobileNumber, in tx: borrowing Transaction) throws -> ID<Person>? {
        try tx.value("SELECT id FROM \(PersonRecord.table) WHERE phone_index = \(index(of: phone))")
    }

    func findOrAdd(_ phone: MobileNumber, at now: Instant, in tx: borrowing Transaction) throws -> ID<Person> {
        if let known = try find(phone, in: tx) { return known }
        let id = ID<Person>.new(at: now)
        let key = try vault.key(for: id.keyOwner, at: now, in: tx)
        let sealed = try key.seal(phone.plain, place: "accounts.people.phone")
        try tx.insert(PersonRecord(id: id, phone: sealed, phoneIndex: index(of: phone), createdAt: now))
        return id
    }

    /// - Throws: `Unknown`, or `Vault.Erased` if the person's data was erased.
    func phone(of person: ID<Person>, in tx: borrowing Transaction) throws -> Secret<MobileNumber> {
        let found: PersonRecord? = try tx.first(
            "SELECT \(columns: PersonRecord.table) FROM \(PersonRecord.table) WHERE id = \(person)")
        guard let found else { throw Unknown() }
        let key = try vault.existingKey(for: person.keyOwner, in: tx)
        return Secret(try MobileNumber(key.openText(found.phone, place: "accounts.people.phone").reveal()))
    }

    /// Makes the masked phone number when somebody asks for it.
    /// - Throws: `Vault.Erased` if the person's data was erased.
    func label(
        of person: ID<Person>, phone: Sealed, in tx: borrowing Transaction
    ) throws -> @Sendable () -> String {
        let key = try vault.lockedKey(for: person.keyOwner, in: tx)
        return {
            let text = try? key.opened().openText(phone, place: "accounts.people.phone").reveal()
            return text.flatMap { try? MobileNumber($0).masked } ?? "***"
        }
    }

    func roles(of person: ID<Person>, in tx: borrowing Transaction) throws -> Set<Role> {
        let rows = try tx.rows("SELECT role FROM \(RoleRecord.table) WHERE person = \(person)")
        return Set(try rows.compactMap { Role(rawValue: try $0.get("role")) })
    }

    /// Gives a role; a person who has it keeps it.
    func give(_ role: Role, to person: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws {
        try tx.run(
            """
            INSERT INTO \(RoleRecord.table) (\(columns: RoleRecord.table))
            VALUES (\(person), \(role.rawValue), \(now)) ON CONFLICT (person, role) DO NOTHING
            """)
    }
}
