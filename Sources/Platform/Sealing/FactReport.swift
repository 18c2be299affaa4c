import CanonicalJSON
package import Database

extension FrozenFact {
    /// Makes sure that what was said is what the commitments are to: each leaf has its commitment, and none is over.
    ///
    /// - Throws: `Altered` if they differ, `OwnerKey.Unreadable` if it does not open.
    package func prove(under key: OwnerKey, place: StaticString, row: String) throws {
        let said = try opened(under: key, place: place, row: row).reveal()
        let salts = try openedSalts(under: key, place: place, row: row).reveal()
        let listed = try JSONValue(parsing: Array(commitments.utf8)).object ?? JSONObject()
        let leaves = Self.leaves(of: said)
        guard leaves.count == listed.count else { throw Altered() }
        for (pointer, leaf) in leaves {
            guard let salt = salts[pointer]?.string.flatMap(Hex.bytes),
                listed[pointer]?.string == Self.commitment(to: leaf, at: pointer, salt: salt)
            else { throw Altered() }
        }
    }
}

extension Hex {
    /// The bytes that a text of hexadecimal digits stands for; nil for any other text.
    package static func bytes(of text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}

/// What looking at kept facts came to.
package struct FactReport: Sendable, Equatable {
    /// Opened, and every commitment recomputed.
    package private(set) var proved = 0
    /// Their owner's key was destroyed; the digest over the commitments was checked.
    package private(set) var erased = 0
    /// The rows in which something was changed, or that do not open.
    package private(set) var broken: [String] = []

    package init() {}

    /// Looks at one fact.
    package mutating func take(
        _ fact: FrozenFact, of owner: KeyOwner, with vault: Vault, place: StaticString, row: String,
        in tx: borrowing Transaction
    ) throws {
        guard fact.digest == ContentHash.hex(of: Array(fact.commitments.utf8)) else { return broken.append(row) }
        do {
            try fact.prove(under: try vault.existingKey(for: owner, in: tx), place: place, row: row)
            proved += 1
        } catch is Vault.Erased {
            erased += 1
        } catch is FrozenFact.Altered {
            broken.append(row)
        } catch is OwnerKey.Unreadable {
            broken.append(row)
        }
    }
}
