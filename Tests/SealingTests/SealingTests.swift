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
        let frozen = try FrozenFact(fact, under: key)
        let salts = try JSONValue(parsing: try key.open(frozen.salts, place: FrozenFact.saltsPlace).reveal())
        let commitments = try JSONValue(parsing: Array(frozen.commitments.utf8))
        #expect(commitments.object?.keys == ["/a/empty", "/a/name", "/list/0", "/list/1"])
        let salt = try #require(salts["/a/name"]?.string).hexBytes
        #expect(FrozenFact.commitment(to: "王小明", at: "/a/name", salt: salt) == commitments["/a/name"]?.string)
        #expect(FrozenFact.commitment(to: "王小红", at: "/a/name", salt: salt) != commitments["/a/name"]?.string)
        #expect(FrozenFact.commitment(to: "王小明", at: "/a/other", salt: salt) != commitments["/a/name"]?.string)
        #expect(try JSONValue(parsing: try key.open(frozen.content, place: FrozenFact.contentPlace).reveal()) == fact)
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
