import ChineseIdentifiers
import Database
import Kernel
import Sealing

/// Challenges, with the phone number and the code of those that are open.
struct ChallengeStore: Sendable {
    let vault: Vault

    func find(_ id: ID<Challenge>, in tx: borrowing Transaction) throws -> Challenge? {
        try record(id, in: tx)?.challenge
    }

    /// When codes were sent to a phone, newest first.
    func sendings(to phoneIndex: [UInt8], since: Instant, in tx: borrowing Transaction) throws -> [Instant] {
        try tx.rows(
            """
            SELECT created_at FROM \(ChallengeRecord.table)
            WHERE phone_index = \(phoneIndex) AND created_at > \(since) ORDER BY created_at DESC
            """
        ).map { try $0.get("created_at") }
    }

    /// A code's digest. It hangs on the challenge, so that equal codes don't look equal.
    func digest(of code: OneTimeCode, for id: ID<Challenge>) -> [UInt8] {
        vault.blindIndex("\(id)|\(code.digits)", domain: "accounts.code")
    }

    /// Keeps a new challenge, its phone number and code sealed under a key of its own.
    func add(
        _ challenge: Challenge, phone: MobileNumber, code: OneTimeCode, in tx: borrowing Transaction
    ) throws {
        let key = try vault.key(for: challenge.id.keyOwner, at: challenge.createdAt, in: tx)
        try tx.insert(
            ChallengeRecord(
                id: challenge.id, door: challenge.door,
                phone: try key.seal(phone.plain, place: "accounts.challenges.phone"),
                code: try key.seal(code.digits, place: "accounts.challenges.code"),
                phoneIndex: challenge.phoneIndex, codeDigest: challenge.codeDigest,
                consentVersion: challenge.consentVersion, attempts: 0, createdAt: challenge.createdAt,
                expiresAt: challenge.expiresAt, endedAt: nil, ending: nil))
    }

    /// Writes a challenge's state. When it has ended, what was sealed goes and its key with it.
    func save(_ challenge: Challenge, in tx: borrowing Transaction) throws {
        switch challenge.state {
        case .waiting(let wrongTries):
            try tx.run(
                "UPDATE \(ChallengeRecord.table) SET attempts = \(wrongTries) WHERE id = \(challenge.id)")
        case .ended(let ending, let at):
            let changed = try tx.run(
                """
                UPDATE \(ChallengeRecord.table)
                SET ended_at = \(at), ending = \(ending), phone = NULL, code = NULL
                WHERE id = \(challenge.id) AND ended_at IS NULL
                """)
            if changed > 0 { try vault.erase(challenge.id.keyOwner, at: at, in: tx) }
        }
    }

    /// The phone number and the code, as long as the challenge is open.
    func contents(
        of id: ID<Challenge>, at now: Instant, in tx: borrowing Transaction
    ) throws -> (phone: Secret<MobileNumber>, code: Secret<String>)? {
        guard let record = try record(id, in: tx), record.challenge.isOpen(at: now), let phone = record.phone,
            let code = record.code
        else { return nil }
        let key = try vault.existingKey(for: id.keyOwner, in: tx)
        let number = try MobileNumber(key.openText(phone, place: "accounts.challenges.phone").reveal())
        return (Secret(number), try key.openText(code, place: "accounts.challenges.code"))
    }

    /// Ends what has expired and forgets what ended a day ago, a bounded number at a time.
    /// - Returns: how many were ended or forgotten.
    @discardableResult
    func sweep(at now: Instant, in tx: borrowing Transaction) throws -> Int {
        let expired: [ChallengeRecord] = try tx.all(
            """
            SELECT \(columns: ChallengeRecord.table) FROM \(ChallengeRecord.table)
            WHERE ended_at IS NULL AND expires_at <= \(now) ORDER BY expires_at LIMIT 100
            """)
        for record in expired {
            var challenge = record.challenge
            challenge.end(.expired, at: now)
            try save(challenge, in: tx)
        }
        let forgotten = try tx.rows(
            """
            DELETE FROM \(ChallengeRecord.table) WHERE id IN (
                SELECT id FROM \(ChallengeRecord.table)
                WHERE ended_at IS NOT NULL AND created_at <= \(now - .seconds(86_400)) LIMIT 100)
            RETURNING id
            """
        ).map { try $0.get("id", as: ID<Challenge>.self) }
        // Their keys were destroyed when they ended, and there is nothing left that they sealed.
        try vault.forget(forgotten.map(\.keyOwner), in: tx)
        return expired.count + forgotten.count
    }

    private func record(_ id: ID<Challenge>, in tx: borrowing Transaction) throws -> ChallengeRecord? {
        try tx.first(
            "SELECT \(columns: ChallengeRecord.table) FROM \(ChallengeRecord.table) WHERE id = \(id)")
    }
}
