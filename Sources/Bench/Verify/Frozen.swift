import Accounts
import CanonicalJSON
import Database
import Kernel
import Sealing

/// A frozen fact as its row holds it, opened and compared commitment by commitment.
struct Frozen {
    private let person: String
    private let fact: FrozenFact
    private let place: StaticString
    private let key: String

    /// - Parameters:
    ///   - place: the kind of fact, as it was sealed.
    ///   - key: the key of its row, as it was sealed.
    init(_ row: Row, place: StaticString, key: String) throws {
        person = try row.get("person")
        fact = FrozenFact(
            content: try row.get("content"), salts: try row.get("salts"), commitments: try row.get("commitments"),
            digest: try row.get("digest"))
        self.place = place
        self.key = key
    }

    func faults(vault: Vault, in tx: borrowing Transaction) throws -> [String] {
        do {
            let owner = try vault.existingKey(for: KeyOwner(kind: "person", id: person), in: tx)
            let content = try fact.opened(under: owner, place: place, row: key).reveal()
            let salts = try fact.openedSalts(under: owner, place: place, row: key).reveal()
            return faults(content, salts, try JSONValue(parsing: fact.commitments))
        } catch is FrozenFact.Altered {
            return ["承诺被改过"]
        } catch is OwnerKey.Unreadable {
            return ["打不开"]
        } catch is JSONFault {
            return ["不是 JSON"]
        }
    }

    private func faults(_ content: JSONValue, _ salts: JSONValue, _ commitments: JSONValue) -> [String] {
        let leaves = Self.leaves(of: content)
        var faults = leaves.compactMap { pointer, leaf -> String? in
            guard let salt = salts[pointer]?.string, let kept = commitments[pointer]?.string else {
                return "\(pointer) 没有承诺"
            }
            return FrozenFact.commitment(to: leaf, at: pointer, salt: Self.bytes(of: salt)) == kept
                ? nil : "\(pointer) 对不上承诺"
        }
        if commitments.object?.keys.count != leaves.count { faults.append("承诺的项数不对") }
        return faults
    }

    private static func leaves(of value: JSONValue, at pointer: String = "") -> [(String, JSONValue)] {
        switch value {
        case .object(let members) where !members.isEmpty:
            members.flatMap { member in
                let token = member.key.replacing("~", with: "~0").replacing("/", with: "~1")
                return leaves(of: member.value, at: "\(pointer)/\(token)")
            }
        case .array(let items) where !items.isEmpty:
            items.enumerated().flatMap { leaves(of: $0.element, at: "\(pointer)/\($0.offset)") }
        default: [(pointer, value)]
        }
    }

    private static func bytes(of hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
