import Database
import Kernel
import Sealing

struct PersonRecord: Record {
    static let table = Table(
        "accounts", "people", key: ["id"], columns: ["id", "phone", "phone_index", "created_at"])

    let id: ID<Person>
    let phone: Sealed
    let phoneIndex: [UInt8]
    let createdAt: Instant

    var values: [any SQLConvertible] { [id, phone, phoneIndex, createdAt] }
}

extension PersonRecord {
    init(row: Row) throws {
        id = try row.get("id")
        phone = try row.get("phone")
        phoneIndex = try row.get("phone_index")
        createdAt = try row.get("created_at")
    }
}

struct RoleRecord: Record {
    static let table = Table(
        "accounts", "roles", key: ["person", "role"], columns: ["person", "role", "given_at"])

    let person: ID<Person>
    let role: String
    let givenAt: Instant

    var values: [any SQLConvertible] { [person, role, givenAt] }
}

extension RoleRecord {
    init(row: Row) throws {
        person = try row.get("person")
        role = try row.get("role")
        givenAt = try row.get("given_at")
    }
}
