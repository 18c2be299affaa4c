import CanonicalJSON
package import Database

/// A table whose rows are frozen facts of people: its columns `content`, `salts`, `commitments` and `digest` make the
/// fact, `person` owns it, and its key, joined by slashes, is the row that it was sealed for.
package struct FrozenTable: Sendable {
    package let table: Table
    private let place: StaticString

    package init(_ table: Table, place: StaticString) {
        self.table = table
        self.place = place
    }

    /// How facts stood a check.
    package struct Tally: Sendable, Equatable {
        /// Facts all of whose commitments were made again from the content and its salts.
        package var proved = 0
        /// Facts whose owner's key was destroyed: only their digests could be checked.
        package var erased = 0

        package init() {}
    }

    /// A fact does not stand: something of it was changed, lost, or sealed under another key.
    package struct Broken: Error {
        package let table: Table
        package let row: String
    }

    /// Proves a row.
    ///
    /// - Throws: `Broken`.
    package func prove(_ row: Row, with vault: Vault, _ tally: inout Tally, in tx: borrowing Transaction) throws {
        let place = "\(place)"
        let name = try table.key.map { try row.get($0, as: SQLValue.self).plain }.joined(separator: "/")
        let fact = FrozenFact(
            content: try row.get("content"), salts: try row.get("salts"), commitments: try row.get("commitments"),
            digest: try row.get("digest"))
        let owner = KeyOwner(kind: "person", id: try row.get("person"))
        do {
            try fact.prove(under: try vault.existingKey(for: owner, in: tx), place: place, row: name)
            tally.proved += 1
        } catch is Vault.Erased {
            guard fact.hasItsDigest else { throw Broken(table: table, row: name) }
            tally.erased += 1
        } catch {
            throw Broken(table: table, row: name)
        }
    }
}

extension FrozenFact {
    fileprivate var hasItsDigest: Bool { digest == ContentHash.hex(of: Array(commitments.utf8)) }

    /// Makes all commitments again from the content and its salts.
    /// - Throws: `Altered`, `OwnerKey.Unreadable`, or what the JSON's reader says.
    fileprivate func prove(under key: OwnerKey, place: String, row: String) throws {
        guard hasItsDigest else { throw Altered() }
        let value = try JSONValue(parsing: try key.open(content, place: "\(place).content", row: row).reveal())
        let salts = try JSONValue(parsing: try key.open(salts, place: "\(place).salts", row: row).reveal())
        var again = JSONObject()
        for (pointer, leaf) in Self.leaves(of: value) {
            guard let salt = salts[pointer]?.string.flatMap(Self.bytes) else { throw Altered() }
            again[pointer] = .string(Self.commitment(to: leaf, at: pointer, salt: salt))
        }
        guard JSONValue.object(again).canonicalText == commitments else { throw Altered() }
    }

    private static func bytes(hex text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}

extension SQLValue {
    fileprivate var plain: String {
        switch self {
        case .null: ""
        case .integer(let number): String(number)
        case .text(let text): text
        case .blob(let bytes): Hex.text(of: bytes)
        }
    }
}
