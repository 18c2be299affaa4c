/// The engines that the product runs on.
package enum Dialect: Sendable {
    case sqlite
    case postgres
}

/// A piece of SQL. Its words stand in the source code; what varies fills holes and becomes bound values.
///
/// `StaticString` as the literal type keeps text that was made at run time out: there is no way to build one from it.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    enum Piece: Sendable {
        case words(StaticString)
        case name(String)
        case value(SQLValue)
        case either(sqlite: StaticString, postgres: StaticString)
        case table(Table.Texts)
    }

    private(set) var pieces: [Piece]

    package init(stringLiteral value: StaticString) { pieces = [.words(value)] }
    package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }
    init(pieces: [Piece]) { self.pieces = pieces }

    package static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }

    package struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) { pieces.append(.words(literal)) }

        /// A value, bound and never spliced.
        package mutating func appendInterpolation(_ value: some SQLConvertible) {
            pieces.append(.value(value.sqlValue))
        }

        /// A value that is already in the form that engines store.
        package mutating func appendInterpolation(_ value: SQLValue) { pieces.append(.value(value)) }

        /// Values separated by commas, each bound.
        package mutating func appendInterpolation(list values: [some SQLConvertible]) {
            for (position, value) in values.enumerated() {
                if position > 0 { pieces.append(.words(", ")) }
                pieces.append(.value(value.sqlValue))
            }
        }

        /// The table's name.
        package mutating func appendInterpolation(_ table: Table) { pieces.append(.table(table.texts)) }

        /// The table's columns, separated by commas.
        package mutating func appendInterpolation(columns table: Table) {
            pieces.append(.name(table.texts.columns))
        }

        /// Words that differ between the engines.
        package mutating func appendInterpolation(sqlite: StaticString, postgres: StaticString) {
            pieces.append(.either(sqlite: sqlite, postgres: postgres))
        }

        /// Another piece of SQL.
        package mutating func appendInterpolation(_ sql: SQL) { pieces.append(contentsOf: sql.pieces) }
    }

    /// The text for one engine and the values for its placeholders, in order.
    func rendered(for dialect: Dialect) -> (text: String, values: [SQLValue]) {
        var text = ""
        text.reserveCapacity(256)
        var values: [SQLValue] = []
        for piece in pieces {
            switch piece {
            case .words(let words): text += words.description
            case .name(let name): text += name
            case .table(let texts): text += texts.statements(for: dialect).name
            case .either(let sqlite, let postgres):
                text += (dialect == .sqlite ? sqlite : postgres).description
            case .value(let value):
                values.append(value)
                text += dialect == .sqlite ? "?" : "$\(values.count)"
            }
        }
        return (text, values)
    }
}

extension SQL {
    /// Column types whose names differ between the engines, for migrations.
    package static let bigint: SQL = "\(sqlite: "INTEGER", postgres: "BIGINT")"
    package static let bytes: SQL = "\(sqlite: "BLOB", postgres: "BYTEA")"
    /// SQLite checks column types only in STRICT tables.
    package static let strict: SQL = "\(sqlite: "STRICT", postgres: "")"
}
