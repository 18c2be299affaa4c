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

    /// A fact does not stand: something of it was changed, lost, or sealed under another key.
    package struct Broken: Error {
        package let table: Table
        package let row: String

        package init(table: Table, row: String) { (self.table, self.row) = (table, row) }
    }

    /// Looks at one row.
    package func prove(
        _ row: Row, with vault: Vault, _ report: inout FactReport, in tx: borrowing Transaction
    ) throws {
        let name = try table.key.map { try row.get($0, as: SQLValue.self).plain }.joined(separator: "/")
        let fact = FrozenFact(
            content: try row.get("content"), salts: try row.get("salts"), commitments: try row.get("commitments"),
            digest: try row.get("digest"))
        let owner = KeyOwner(kind: "person", id: try row.get("person"))
        try report.take(fact, of: owner, with: vault, place: place, row: name, in: tx)
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
