import Database
import Kernel
import Sealing
import Web

struct SessionRecord: Record {
    static let table = Table(
        "accounts", "sessions", key: ["token_digest"],
        columns: ["token_digest", "person", "created_at", "expires_at", "ended_at"])

    let tokenDigest: [UInt8]
    let person: ID<Person>
    let createdAt: Instant
    let expiresAt: Instant
    let endedAt: Instant?

    var values: [any SQLConvertible] { [tokenDigest, person, createdAt, expiresAt, endedAt] }
}

extension SessionRecord {
    init(row: Row) throws {
        tokenDigest = try row.get("token_digest")
        person = try row.get("person")
        createdAt = try row.get("created_at")
        expiresAt = try row.get("expires_at")
        endedAt = try row.get("ended_at")
    }
}

/// Who is signed in. Only a digest of the browser's token is kept, so that the rows let nobody in.
struct SessionStore: Sendable {
    static let lifetime = Duration.seconds(30 * 86_400)

    func begin(_ token: String, for person: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws {
        try tx.insert(
            SessionRecord(
                tokenDigest: digest(of: token), person: person, createdAt: now, expiresAt: now + Self.lifetime,
                endedAt: nil))
    }

    /// Whose session a token stands for.
    struct Owner: Sendable {
        let person: ID<Person>
        let phone: Sealed
        let roles: Set<Role>
    }

    /// Whose session a token stands for, if it goes on. Asked for every request, so it is one query.
    func owner(of token: String, at now: Instant, in tx: borrowing Transaction) throws -> Owner? {
        let rows = try tx.rows(
            """
            SELECT p.id, p.phone, r.role FROM \(SessionRecord.table) s
            JOIN \(PersonRecord.table) p ON p.id = s.person LEFT JOIN \(RoleRecord.table) r ON r.person = s.person
            WHERE s.token_digest = \(digest(of: token)) AND s.ended_at IS NULL AND s.expires_at > \(now)
            """)
        guard let first = rows.first else { return nil }
        let roles = try rows.compactMap { try $0.get("role", as: String?.self) }
        return Owner(
            person: try first.get("id"), phone: try first.get("phone"), roles: Set(roles.compactMap(Role.init)))
    }

    func end(_ token: String, at now: Instant, in tx: borrowing Transaction) throws {
        try tx.run(
            """
            UPDATE \(SessionRecord.table) SET ended_at = \(now)
            WHERE token_digest = \(digest(of: token)) AND ended_at IS NULL
            """)
    }

    /// Forgets sessions that have expired, a bounded number at a time.
    /// - Returns: how many.
    func sweep(at now: Instant, in tx: borrowing Transaction) throws -> Int {
        try tx.run(
            """
            DELETE FROM \(SessionRecord.table) WHERE token_digest IN (
                SELECT token_digest FROM \(SessionRecord.table) WHERE expires_at <= \(now) LIMIT 1000)
            """)
    }

    private func digest(of token: String) -> [UInt8] { ContentHash.bytes(of: Array(token.utf8)) }
}
