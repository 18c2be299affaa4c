import CanonicalJSON
import Crypto
import Database
import Foundation
import Kernel
import Sealing
import TestSupport
import Testing

@Suite("Sealing")
struct SealingTests {
    static let owner = KeyOwner(kind: "person", id: "p1")

    static func key(_ test: TestDatabase, _ vault: Vault, _ owner: KeyOwner = owner) async throws -> OwnerKey {
        try await test.database.write { tx in try vault.key(for: owner, at: .example, in: tx) }
    }

    @Test("What is sealed opens for its owner at its place, and nowhere else")
    func places() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let vault = Vault(.forTesting())
        let key = try await Self.key(test, vault)
        let other = try await Self.key(test, vault, KeyOwner(kind: "person", id: "p2"))
        let sealed = try key.seal("330106199001019979", place: "test.id")
        #expect(try key.openText(sealed, place: "test.id").reveal() == "330106199001019979")
        #expect(throws: OwnerKey.Unreadable.self) { try key.open(sealed, place: "test.name") }
        #expect(throws: OwnerKey.Unreadable.self) { try other.open(sealed, place: "test.id") }
    }

    @Test("A changed byte is noticed", arguments: [0, 12, 20, 27])
    func tampering(position: Int) async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let key = try await Self.key(test, Vault(.forTesting()))
        var bytes = try key.seal("13800132468", place: "test").bytes
        bytes[position] ^= 1
        #expect(throws: OwnerKey.Unreadable.self) { try key.open(Sealed(bytes: bytes), place: "test") }
    }

    @Test("Neither sealed values nor secrets can be printed")
    func printing() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let key = try await Self.key(test, Vault(.forTesting()))
        let secret = Secret("13800132468")
        let sealed = try key.seal("13800132468", place: "test")
        var dumped = ""
        dump(secret, to: &dumped)
        dump(sealed, to: &dumped)
        let shown =
            "\(secret) \(secret as Any) \(String(reflecting: secret)) \(sealed) \(String(reflecting: sealed))" + dumped
        #expect(!shown.contains("13800132468"))
        #expect(!shown.contains("2468"))
    }

    @Test("After an owner's key is destroyed nothing opens, and no new key is made for him")
    func erasure() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let vault = Vault(.forTesting())
        _ = try await Self.key(test, vault)
        try await test.database.write { tx in try vault.erase(Self.owner, at: .example, in: tx) }
        await #expect(throws: Vault.Erased.self) { _ = try await Self.key(test, vault) }
    }

    @Test("Another master key opens nothing")
    func otherMaster() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        _ = try await Self.key(test, Vault(.forTesting()))
        await #expect(throws: (any Error).self) { _ = try await Self.key(test, Vault(.forTesting())) }
    }

    @Test("A blind index finds equal texts, and is another for another use")
    func blindIndex() {
        let vault = Vault(.forTesting())
        #expect(vault.blindIndex("13800132468", domain: "phone") == vault.blindIndex("13800132468", domain: "phone"))
        #expect(vault.blindIndex("13800132468", domain: "phone") != vault.blindIndex("13800132468", domain: "card"))
        #expect(vault.blindIndex("a", domain: "phone") != Vault(.forTesting()).blindIndex("a", domain: "phone"))
    }

    @Test("Each field of a frozen fact can be proved alone, and a changed value can't")
    func commitments() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let key = try await Self.key(test, Vault(.forTesting()))
        let fact: JSONValue = ["a": ["name": "王小明", "empty": [:]], "list": ["x", 2]]
        let frozen = try FrozenFact(fact, under: key, place: "test.fact", row: "1")
        let salts = try frozen.openedSalts(under: key, place: "test.fact", row: "1").reveal()
        let commitments = try JSONValue(parsing: Array(frozen.commitments.utf8))
        #expect(commitments.object?.keys == ["/a/empty", "/a/name", "/list/0", "/list/1"])
        let salt = try #require(salts["/a/name"]?.string).hexBytes
        #expect(FrozenFact.commitment(to: "王小明", at: "/a/name", salt: salt) == commitments["/a/name"]?.string)
        #expect(FrozenFact.commitment(to: "王小红", at: "/a/name", salt: salt) != commitments["/a/name"]?.string)
        #expect(FrozenFact.commitment(to: "王小明", at: "/a/other", salt: salt) != commitments["/a/name"]?.string)
        #expect(try frozen.opened(under: key, place: "test.fact", row: "1").reveal() == fact)
    }

    @Test("A frozen fact passes neither for another kind of fact nor for another row, nor with changed commitments")
    func factPlaces() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let key = try await Self.key(test, Vault(.forTesting()))
        let fact = try FrozenFact(["a": 1], under: key, place: "test.fact", row: "1")
        #expect(throws: OwnerKey.Unreadable.self) { try fact.opened(under: key, place: "test.other", row: "1") }
        #expect(throws: OwnerKey.Unreadable.self) { try fact.opened(under: key, place: "test.fact", row: "2") }
        #expect(throws: OwnerKey.Unreadable.self) { try fact.openedSalts(under: key, place: "test.fact", row: "2") }
        let altered = FrozenFact(
            content: fact.content, salts: fact.salts, commitments: fact.commitments + " ", digest: fact.digest)
        #expect(throws: FrozenFact.Altered.self) { try altered.opened(under: key, place: "test.fact", row: "1") }
        let exchanged = FrozenFact(
            content: fact.salts, salts: fact.content, commitments: fact.commitments, digest: fact.digest)
        #expect(throws: OwnerKey.Unreadable.self) { try exchanged.opened(under: key, place: "test.fact", row: "1") }
    }

    @Test("What is sealed for one row does not open in another of its owner")
    func rows() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let key = try await Self.key(test, Vault(.forTesting()))
        let sealed = try key.seal("6222", place: "test.draft", row: "a")
        #expect(try key.openText(sealed, place: "test.draft", row: "a").reveal() == "6222")
        #expect(throws: OwnerKey.Unreadable.self) { try key.open(sealed, place: "test.draft", row: "b") }
        #expect(throws: OwnerKey.Unreadable.self) { try key.open(sealed, place: "test.draft") }
    }

    @Test("The master key with which a database was begun is known again, and another is refused")
    func keyCheck() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let (own, other) = (Vault(.forTesting()), Vault(.forTesting()))
        try await test.database.read { tx in try own.verifyKey(in: tx) }
        for _ in 0..<2 { try await test.database.write { tx in try own.checkKey(in: tx) } }
        await #expect(throws: WrongMasterKey.self) {
            try await test.database.write { tx in try other.checkKey(in: tx) }
        }
        await #expect(throws: WrongMasterKey.self) {
            try await test.database.read { tx in try other.verifyKey(in: tx) }
        }
        try await test.database.read { tx in try own.verifyKey(in: tx) }
    }

    @Test("A database that has keys but no check value yet is not taken over by another master key")
    func keyCheckOfOldDatabase() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let (own, other) = (Vault(.forTesting()), Vault(.forTesting()))
        _ = try await Self.key(test, own)
        await #expect(throws: WrongMasterKey.self) {
            try await test.database.write { tx in try other.checkKey(in: tx) }
        }
        try await test.database.write { tx in try own.checkKey(in: tx) }
    }

    @Test("A destroyed key is in no file of SQLite any more once the write-ahead log is cut")
    func remains() async throws {
        let test = try await TestDatabase(SealingMigrations.all, engine: .sqlite)
        let vault = Vault(.forTesting())
        _ = try await Self.key(test, vault)
        let found = try await test.database.read { tx in
            try tx.value("SELECT wrapped FROM \(sqlite: "sealing_keys", postgres: "sealing.keys")", as: [UInt8].self)
        }
        let wrapped = Data(try #require(found))
        try await test.database.write { tx in try vault.erase(Self.owner, at: .example, in: tx) }
        #expect(try Self.files(test).contains { $0.range(of: wrapped) != nil }, "the log keeps the row as it was")
        try await test.database.tidy()
        #expect(try Self.files(test).allSatisfy { $0.range(of: wrapped) == nil })
    }

    private static func files(_ test: TestDatabase) throws -> [Data] {
        try FileManager.default.contentsOfDirectory(at: test.folder, includingPropertiesForKeys: nil)
            .map { try Data(contentsOf: $0) }
    }

    @Test("Bytes are written as two lower-case digits each")
    func hex() {
        #expect(Hex.text(of: [0x00, 0x0F, 0xA5, 0xFF]) == "000fa5ff")
        #expect(
            ContentHash.hex(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }

    @Test("A master key that others may read is refused")
    func permissions() throws {
        let file = NSTemporaryDirectory() + "ruzhu-key-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try MasterKey.create(file: file)
        _ = try MasterKey(file: file)
        #expect(throws: (any Error).self) { try MasterKey.create(file: file) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        #expect(throws: MasterKey.Fault.self) { try MasterKey(file: file) }
    }
}

extension String {
    fileprivate var hexBytes: [UInt8] {
        stride(from: 0, to: utf8.count, by: 2).compactMap { UInt8(dropFirst($0).prefix(2), radix: 16) }
    }
}
