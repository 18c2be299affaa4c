import Database
import Kernel
import Sealing

extension Door: SQLConvertible {}
extension Challenge.Ending: SQLConvertible {}

struct ChallengeRecord: Record {
    static let table = Table(
        "accounts", "challenges", key: ["id"],
        columns: [
            "id", "purpose", "phone", "code", "phone_index", "code_digest", "consent_version", "attempts",
            "created_at", "expires_at", "ended_at", "ending",
        ])

    let id: ID<Challenge>
    let door: Door
    /// Sealed under the challenge's own key, like the code; both go when the challenge ends.
    let phone: Sealed?
    let code: Sealed?
    let phoneIndex: [UInt8]
    let codeDigest: [UInt8]
    let consentVersion: String?
    let attempts: Int
    let createdAt: Instant
    let expiresAt: Instant
    let endedAt: Instant?
    let ending: Challenge.Ending?

    var values: [any SQLConvertible] {
        [
            id, door, phone, code, phoneIndex, codeDigest, consentVersion, attempts, createdAt, expiresAt, endedAt,
            ending,
        ]
    }
}

extension ChallengeRecord {
    init(row: Row) throws {
        id = try row.get("id")
        door = try row.get("purpose")
        phone = try row.get("phone")
        code = try row.get("code")
        phoneIndex = try row.get("phone_index")
        codeDigest = try row.get("code_digest")
        consentVersion = try row.get("consent_version")
        attempts = try row.get("attempts")
        createdAt = try row.get("created_at")
        expiresAt = try row.get("expires_at")
        endedAt = try row.get("ended_at")
        ending = try row.get("ending")
    }

    var challenge: Challenge {
        let state: Challenge.State =
            if let ending, let endedAt { .ended(ending, at: endedAt) } else { .waiting(wrongTries: attempts) }
        return Challenge(
            id: id, door: door, phoneIndex: phoneIndex, codeDigest: codeDigest, consentVersion: consentVersion,
            createdAt: createdAt, expiresAt: expiresAt, state: state)
    }
}
