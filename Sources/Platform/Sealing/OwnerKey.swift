import Crypto
package import Foundation

/// Whose data a key seals: a person, or something short-lived such as a sign-in.
package struct KeyOwner: Hashable, Sendable, Codable {
    package let text: String

    package init(kind: StaticString, id: String) { text = "\(kind)/\(id)" }
    init(text: String) { self.text = text }
}

/// The key of one owner. Destroying its row makes all that it sealed unreadable for ever.
package struct OwnerKey: Sendable {
    package let owner: KeyOwner
    private let key: SymmetricKey

    init(owner: KeyOwner, key: SymmetricKey) {
        self.owner = owner
        self.key = key
    }

    /// What was sealed does not open: another key, another place, or changed bytes.
    package struct Unreadable: Error {}

    /// Seals bytes.
    ///
    /// - Parameters:
    ///   - place: names the column or kind of file; it must be the same on opening, so that a sealed value can't be
    ///     moved from one column to another unnoticed.
    ///   - row: the key of the row, so that a value can't be moved to another row of its owner either. Without one, the
    ///     rows of an owner could be exchanged: only what an owner has once may do without.
    ///
    /// Neither shows that a row was put back to what it held before.
    package func seal(_ bytes: some DataProtocol, place: StaticString, row: String = "") throws -> Sealed {
        try seal(bytes, place: "\(place)", row: row)
    }

    func seal(_ bytes: some DataProtocol, place: String, row: String) throws -> Sealed {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: context(place, row))
        guard let combined = box.combined else { throw Unreadable() }
        return Sealed(bytes: Array(combined))
    }

    package func seal(_ text: String, place: StaticString, row: String = "") throws -> Sealed {
        try seal(Array(text.utf8), place: place, row: row)
    }

    package func open(_ sealed: Sealed, place: StaticString, row: String = "") throws -> Secret<[UInt8]> {
        try open(sealed, place: "\(place)", row: row)
    }

    func open(_ sealed: Sealed, place: String, row: String) throws -> Secret<[UInt8]> {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.bytes)
            let plain = try AES.GCM.open(box, using: key, authenticating: context(place, row))
            return Secret(Array(plain))
        } catch {
            throw Unreadable()
        }
    }

    package func openText(_ sealed: Sealed, place: StaticString, row: String = "") throws -> Secret<String> {
        Secret(String(decoding: try open(sealed, place: place, row: row).reveal(), as: UTF8.self))
    }

    /// What is authenticated beside the bytes. Neither owners nor places contain the bar, so no two of them meet.
    private func context(_ place: String, _ row: String) -> Data {
        Data((row.isEmpty ? "\(owner.text)|\(place)" : "\(owner.text)|\(place)|\(row)").utf8)
    }
}
