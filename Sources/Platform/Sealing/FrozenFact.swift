package import CanonicalJSON
import Crypto
import Foundation

/// A fact as it stood when somebody committed to it: canonical JSON (RFC 8785), sealed, with a salted commitment for
/// each field. The commitments stay readable after the owner's key is destroyed and still prove what was said.
package struct FrozenFact: Sendable {
    /// The canonical JSON, sealed.
    package let content: Sealed
    /// `{pointer: salt as hex}`, as canonical JSON, sealed: without its salt a commitment says nothing.
    package let salts: Sealed
    /// `{pointer: commitment as hex}`, as canonical JSON.
    package let commitments: String
    /// SHA-256 of `commitments`, as hex: one value that stands for the whole.
    package let digest: String

    /// Where the content and the salts are sealed.
    package static let contentPlace: StaticString = "fact.content"
    package static let saltsPlace: StaticString = "fact.salts"

    /// Freezes `value` under `key`. Each leaf gets SHA-256(salt ‖ pointer ‖ 0x00 ‖ canonical JSON of the leaf).
    package init(_ value: JSONValue, under key: OwnerKey) throws {
        var salts = JSONObject()
        var commitments = JSONObject()
        for (pointer, leaf) in Self.leaves(of: value) {
            let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
            salts[pointer] = .string(hex(salt))
            commitments[pointer] = .string(Self.commitment(to: leaf, at: pointer, salt: salt))
        }
        let listed = JSONValue.object(commitments).canonicalText
        self.content = try key.seal(value.canonicalBytes, place: Self.contentPlace)
        self.salts = try key.seal(JSONValue.object(salts).canonicalBytes, place: Self.saltsPlace)
        self.commitments = listed
        self.digest = hex(SHA256.hash(data: Data(listed.utf8)))
    }

    /// The commitment to one leaf, as hex.
    package static func commitment(to leaf: JSONValue, at pointer: String, salt: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Array(pointer.utf8))
        hash.update(data: [0])
        hash.update(data: leaf.canonicalBytes)
        return hex(hash.finalize())
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

private func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
