import CanonicalJSON
import ChineseIdentifiers
import Database
import Foundation
import Kernel
import Sealing
import TestSupport
import Testing

@testable import Accounts

@Suite("What the database holds of people")
struct SealedRowsTests {
    @Test("Its files hold neither phone nor code in the clear, before and after the code is used")
    func plainText() async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(SignInTests.phone).challenge)
            let code = try #require(try await house.message(for: challenge)).code
            for _ in 0..<2 {
                let bytes = try Self.bytes(of: house)
                #expect(bytes.contains(Data("accounts_challenges".utf8)))
                #expect(!bytes.contains(Data(SignInTests.phone.utf8)))
                #expect(!bytes.contains(Data(SignInTests.phone.suffix(8).utf8)))
                #expect(!bytes.contains(Data(code.utf8)))
                _ = try await browser.answer(challenge, code)
            }
        }
        #expect(try await house.events().allSatisfy { !$0.contains(SignInTests.phone) })
    }

    @Test("A challenge that was used or has expired can't be read any more", arguments: [true, false])
    func erasure(isUsed: Bool) async throws {
        let house = try await House()
        try await house.open { client in
            let browser = Browser(client)
            let challenge = try #require(try await browser.ask(SignInTests.phone).challenge)
            let code = try #require(try await house.message(for: challenge)).code
            if isUsed {
                _ = try await browser.answer(challenge, code)
            } else {
                house.clock.advance(by: .seconds(300))
                #expect(try await house.message(for: challenge) == nil)
                try await house.accounts.forgetExpiredCodes()
            }
            #expect(try await house.message(for: challenge) == nil)
            let ended = Instant.example + .seconds(isUsed ? 0 : 300)
            #expect(try await house.challenge(challenge)?.state == .ended(isUsed ? .used : .expired, at: ended))
            await #expect(throws: Vault.Erased.self) {
                try await house.database.read { [vault = house.vault] tx in
                    _ = try vault.existingKey(for: challenge.keyOwner, in: tx)
                }
            }
        }
    }

    @Test("Challenges are forgotten after a day")
    func forgotten() async throws {
        let house = try await House()
        try await house.open { client in
            _ = try await Browser(client).ask(SignInTests.phone)
            house.clock.advance(by: .seconds(86_400))
            try await house.accounts.forgetExpiredCodes()
        }
        #expect(try await house.count(ChallengeRecord.table) == 0)
    }

    @Test("One sweep ends all that have expired and forgets all that ended a day ago, however many there are")
    func manyForgotten() async throws {
        let house = try await House()
        let (store, phone) = (ChallengeStore(vault: house.vault), try MobileNumber(SignInTests.phone))
        try await house.database.write { tx in
            for number in 0..<250 {
                var chance = SystemRandomNumberGenerator()
                let (id, code) = (ID<Challenge>.new(at: .example), OneTimeCode.random(using: &chance))
                let challenge = Challenge(
                    id: id, door: .applicant, phoneIndex: [UInt8](repeating: UInt8(number), count: 32),
                    codeDigest: store.digest(of: code, for: id), consentVersion: "2026-01", createdAt: .example,
                    expiresAt: .example + .seconds(300))
                try store.add(challenge, phone: phone, code: code, in: tx)
            }
        }
        house.clock.advance(by: .seconds(300))
        try await house.accounts.forgetExpiredCodes()
        let open: Int? = try await house.database.read { tx in
            try tx.value("SELECT COUNT(*) FROM \(ChallengeRecord.table) WHERE phone IS NOT NULL")
        }
        #expect(open == 0)
        house.clock.advance(by: .seconds(86_400))
        try await house.accounts.forgetExpiredCodes()
        #expect(try await house.count(ChallengeRecord.table) == 0)
        let keys: Int? = try await house.database.read { tx in
            try tx.value("SELECT COUNT(*) FROM \(sqlite: "sealing_keys", postgres: "sealing.keys")")
        }
        #expect(keys == 0, "nor anything of their keys")
    }

    @Test("Consent is kept with the version and hash of its text, and its commitments verify")
    func consent() async throws {
        let house = try await House()
        try await house.open { client in
            for _ in 0..<2 {
                _ = try await Browser(client).signIn(SignInTests.phone, in: house)
                house.clock.advance(by: .seconds(61))
            }
        }
        let (record, fact, salts) = try await house.database.read { [vault = house.vault] tx in
            let person: ID<Person>? = try tx.value("SELECT id FROM \(PersonRecord.table)")
            let owner = try #require(person)
            let records = try ConsentStore(vault: vault).consents(of: owner, to: "2026-01", in: tx)
            #expect(records.count == 1)
            let record = try #require(records.first)
            let key = try vault.existingKey(for: owner.keyOwner, in: tx)
            let kept = FrozenFact(
                content: record.content, salts: record.salts, commitments: record.commitments, digest: record.digest)
            let (place, row) = (ConsentStore.place, record.id.text)
            return (
                record, try kept.opened(under: key, place: place, row: row).reveal(),
                try kept.openedSalts(under: key, place: place, row: row).reveal()
            )
        }
        let text = try Data(contentsOf: Accounts.templates.appending(path: "consents/2026-01.json"))
        #expect(fact["textVersion"]?.string == "2026-01")
        #expect(fact["textHash"]?.string == ContentHash.hex(of: text))
        #expect(fact["person"]?.string == record.person.text)
        #expect(fact["at"]?.string == "2026-03-01T08:00:00Z")
        #expect(record.digest == ContentHash.hex(of: Array(record.commitments.utf8)))
        let commitments = try JSONValue(parsing: record.commitments)
        for member in try #require(fact.object) {
            let pointer = "/" + member.key
            let salt = try #require(salts[pointer]?.string)
            let expected = FrozenFact.commitment(to: member.value, at: pointer, salt: Self.bytes(hex: salt))
            #expect(commitments[pointer]?.string == expected)
        }
    }

    private static func bytes(of house: House) throws -> Data {
        try house.test.kept().reduce(into: Data()) { $0.append($1.bytes) }
    }

    private static func bytes(hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).map { UInt8($0 > 57 ? $0 - 87 : $0 - 48) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

extension Data {
    fileprivate func contains(_ part: Data) -> Bool { range(of: part) != nil }
}
