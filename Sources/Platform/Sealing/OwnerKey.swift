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

    /// Seals bytes. `place` names where they are kept and must be the same on opening, so that a sealed value can't be
    /// moved from one column to another unnoticed.
    package func seal(_ bytes: some DataProtocol, place: StaticString) throws -> Sealed {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data("\(owner.text)|\(place)".utf8))
        guard let combined = box.combined else { throw Unreadable() }
        return Sealed(bytes: Array(combined))
    }

    package func seal(_ text: String, place: StaticString) throws -> Sealed {
        try seal(Array(text.utf8), place: place)
    }

    package func open(_ sealed: Sealed, place: StaticString) throws -> Secret<[UInt8]> {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.bytes)
            let plain = try AES.GCM.open(box, using: key, authenticating: Data("\(owner.text)|\(place)".utf8))
            return Secret(Array(plain))
        } catch {
            throw Unreadable()
        }
    }

    package func openText(_ sealed: Sealed, place: StaticString) throws -> Secret<String> {
        Secret(String(decoding: try open(sealed, place: place).reveal(), as: UTF8.self))
    }
}
