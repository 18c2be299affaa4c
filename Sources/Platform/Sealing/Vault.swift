import Crypto
package import Database
import Foundation
package import Kernel

/// Hands out owners' keys, and makes the blind indexes by which sealed values are found again.
package struct Vault: Sendable {
    private let wrapping: SymmetricKey
    private let indexing: SymmetricKey

    package init(_ master: MasterKey) {
        wrapping = master.derived(for: "ruzhu/wrap/1")
        indexing = master.derived(for: "ruzhu/blind-index/1")
    }

    /// The owner's data was erased: its key is gone.
    package struct Erased: Error {
        package let owner: KeyOwner
    }

    /// A key for `owner`: the one it has, or a new one.
    package func key(for owner: KeyOwner, at now: Instant, in tx: borrowing Transaction) throws -> OwnerKey {
        if let record = try find(owner, in: tx) { return try unwrap(record) }
        let key = SymmetricKey(size: .bits256)
        let plain = key.withUnsafeBytes { Data($0) }
        guard let wrapped = try AES.GCM.seal(plain, using: wrapping, authenticating: Data(owner.text.utf8)).combined
        else { throw OwnerKey.Unreadable() }
        try tx.insert(KeyRecord(owner: owner.text, wrapped: Array(wrapped), createdAt: now, destroyedAt: nil))
        return OwnerKey(owner: owner, key: key)
    }

    /// The key that `owner` has.
    package func existingKey(for owner: KeyOwner, in tx: borrowing Transaction) throws -> OwnerKey {
        try lockedKey(for: owner, in: tx).opened()
    }

    /// The key that `owner` has, not unwrapped yet: for whoever may not come to need it.
    package func lockedKey(for owner: KeyOwner, in tx: borrowing Transaction) throws -> LockedKey {
        guard let record = try find(owner, in: tx), record.wrapped != nil else { throw Erased(owner: owner) }
        return LockedKey(record: record, vault: self)
    }

    /// Destroys the owner's key; what it sealed can't be read by anybody any more.
    package func erase(_ owner: KeyOwner, at now: Instant, in tx: borrowing Transaction) throws {
        try tx.run(
            "UPDATE \(KeyRecord.table) SET wrapped = NULL, destroyed_at = \(now) WHERE owner = \(owner.text)")
    }

    /// Forgets destroyed keys of owners of whom nothing is kept any more, that there were such owners included.
    package func forget(_ owners: [KeyOwner], in tx: borrowing Transaction) throws {
        guard !owners.isEmpty else { return }
        try tx.run(
            "DELETE FROM \(KeyRecord.table) WHERE wrapped IS NULL AND owner IN (\(list: owners.map(\.text)))")
    }

    /// A value by which equal texts are found without being readable: HMAC-SHA-256 under a key of its own.
    package func blindIndex(_ text: String, domain: StaticString) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(domain)|\(text)".utf8), using: indexing)
        return Array(Data(code))
    }

    private func find(_ owner: KeyOwner, in tx: borrowing Transaction) throws -> KeyRecord? {
        try tx.first("SELECT \(columns: KeyRecord.table) FROM \(KeyRecord.table) WHERE owner = \(owner.text)")
    }

    /// - Throws: `Erased`; `OwnerKey.Unreadable` for a row that was changed or was wrapped under another master key.
    func unwrap(_ record: KeyRecord) throws -> OwnerKey {
        let owner = KeyOwner(text: record.owner)
        guard let wrapped = record.wrapped else { throw Erased(owner: owner) }
        do {
            let box = try AES.GCM.SealedBox(combined: wrapped)
            let plain = try AES.GCM.open(box, using: wrapping, authenticating: Data(record.owner.utf8))
            return OwnerKey(owner: owner, key: SymmetricKey(data: plain))
        } catch {
            throw OwnerKey.Unreadable()
        }
    }
}

/// An owner's key as it was kept.
package struct LockedKey: Sendable {
    fileprivate let record: KeyRecord
    fileprivate let vault: Vault

    package func opened() throws -> OwnerKey { try vault.unwrap(record) }
}
