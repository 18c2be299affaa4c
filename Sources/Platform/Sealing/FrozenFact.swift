package import CanonicalJSON
import Crypto
import Foundation

/// A fact as it stood when somebody committed to it: canonical JSON (RFC 8785), sealed, with a salted commitment for
/// each field. The commitments stay readable after the owner's key is destroyed and still prove what was said.
package struct FrozenFact: Sendable, Equatable {
    /// The canonical JSON, sealed.
    package let content: Sealed
    /// `{pointer: salt as hex}`, as canonical JSON, sealed: without its salt a commitment says nothing.
    package let salts: Sealed
    /// `{pointer: commitment as hex}`, as canonical JSON.
    package let commitments: String
    /// SHA-256 of `commitments`, as hex: one value that stands for the whole.
    package let digest: String

    /// A fact as it was kept.
    package init(content: Sealed, salts: Sealed, commitments: String, digest: String) {
        self.content = content
        self.salts = salts
        self.commitments = commitments
        self.digest = digest
    }

    /// Freezes `value` under `key`. Each leaf gets SHA-256(salt ‖ pointer ‖ 0x00 ‖ canonical JSON of the leaf).
    ///
    /// - Parameters:
    ///   - place: the kind of fact, such as `applications.submission`.
    ///   - row: the key of the row that keeps it. Both must be the same on opening: no fact passes for another.
    package init(_ value: JSONValue, under key: OwnerKey, place: StaticString, row: String) throws {
        var salts = JSONObject()
        var commitments = JSONObject()
        for (pointer, leaf) in Self.leaves(of: value) {
            let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
            salts[pointer] = .string(Hex.text(of: salt))
            commitments[pointer] = .string(Self.commitment(to: leaf, at: pointer, salt: salt))
        }
        let listed = JSONValue.object(commitments).canonicalText
        self.content = try key.seal(value.canonicalBytes, place: "\(place).content", row: row)
        self.salts = try key.seal(JSONValue.object(salts).canonicalBytes, place: "\(place).salts", row: row)
        self.commitments = listed
        self.digest = ContentHash.hex(of: Array(listed.utf8))
    }

    /// The commitments do not hash to the digest: one of them was changed.
    package struct Altered: Error {}

    /// What was said.
    /// - Throws: `Altered`, `OwnerKey.Unreadable`.
    package func opened(under key: OwnerKey, place: StaticString, row: String) throws -> Secret<JSONValue> {
        guard digest == ContentHash.hex(of: Array(commitments.utf8)) else { throw Altered() }
        return Secret(try JSONValue(parsing: try key.open(content, place: "\(place).content", row: row).reveal()))
    }

    /// `{pointer: salt as hex}`, with which each commitment can be proved.
    package func openedSalts(under key: OwnerKey, place: StaticString, row: String) throws -> Secret<JSONValue> {
        Secret(try JSONValue(parsing: try key.open(salts, place: "\(place).salts", row: row).reveal()))
    }

    /// The commitment to one leaf, as hex.
    package static func commitment(to leaf: JSONValue, at pointer: String, salt: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Array(pointer.utf8))
        hash.update(data: [0])
        hash.update(data: leaf.canonicalBytes)
        return Hex.text(of: hash.finalize())
    }

    /// The values at the ends of the tree, with their pointers. Empty arrays and objects are leaves too.
    static func leaves(of value: JSONValue, at pointer: String = "") -> [(String, JSONValue)] {
        switch value {
        case .object(let members) where !members.isEmpty:
            members.flatMap { leaves(of: $0.value, at: pointer + "/" + escaped($0.key)) }
        case .array(let items) where !items.isEmpty:
            items.enumerated().flatMap { leaves(of: $0.element, at: pointer + "/\($0.offset)") }
        default:
            [(pointer, value)]
        }
    }

    private static func escaped(_ token: String) -> String {
        token.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
