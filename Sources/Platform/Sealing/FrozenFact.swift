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
        let leaves = Self.leaves(of: value).sorted { canonicallyPrecedes($0.pointer, $1.pointer) }
        // One question to the system's generator (getrandom); a key of this size would ask it for eight bytes at a time.
        let chance = [UInt8](unsafeUninitializedCapacity: leaves.count * Self.saltLength) { bytes, count in
            if let start = bytes.baseAddress { arc4random_buf(start, leaves.count * Self.saltLength) }
            count = leaves.count * Self.saltLength
        }
        var salts: [(key: String, value: JSONValue)] = []
        var commitments: [(key: String, value: JSONValue)] = []
        for (place, leaf) in leaves.enumerated() {
            let salt = Array(chance[place * Self.saltLength..<(place + 1) * Self.saltLength])
            salts.append((leaf.pointer, .string(Hex.text(of: salt))))
            commitments.append(
                (leaf.pointer, .string(Self.commitment(to: leaf.value, at: leaf.pointer, salt: salt))))
        }
        let listed = JSONValue.object(JSONObject(inOrder: commitments)).canonicalBytes
        self.content = try key.seal(value.canonicalBytes, place: "\(place).content", row: row)
        self.salts = try key.seal(
            JSONValue.object(JSONObject(inOrder: salts)).canonicalBytes, place: "\(place).salts", row: row)
        self.commitments = String(decoding: listed, as: UTF8.self)
        self.digest = ContentHash.hex(of: listed)
    }

    /// In bytes.
    private static let saltLength = 16

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
        Hex.text(of: SHA256.hash(data: salt + Array(pointer.utf8) + [0] + leaf.canonicalBytes))
    }

    /// The values at the ends of the tree, with their pointers. Empty arrays and objects are leaves too.
    static func leaves(of value: JSONValue) -> [(pointer: String, value: JSONValue)] {
        var found: [(pointer: String, value: JSONValue)] = []
        collectLeaves(of: value, at: "", into: &found)
        return found
    }

    private static func collectLeaves(
        of value: JSONValue, at pointer: String, into found: inout [(pointer: String, value: JSONValue)]
    ) {
        switch value {
        case .object(let members) where !members.isEmpty:
            for member in members {
                collectLeaves(of: member.value, at: pointer + "/" + escaped(member.key), into: &found)
            }
        case .array(let items) where !items.isEmpty:
            for (place, item) in items.enumerated() { collectLeaves(of: item, at: pointer + "/\(place)", into: &found) }
        default: found.append((pointer, value))
        }
    }

    private static func escaped(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
        return token.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
