/// A table: its context, its name, its columns in order, and those that make its key.
///
/// PostgreSQL gives each context a schema (`review.cases`); SQLite has none, so the context becomes a prefix
/// (`review_cases`).
package struct Table: Hashable, Sendable {
    package let context: String
    package let name: String
    package let columns: [String]
    package let key: [String]

    package init(_ context: StaticString, _ name: StaticString, key: [StaticString], columns: [StaticString]) {
        self.context = context.description
        self.name = name.description
        self.key = key.map(\.description)
        self.columns = columns.map(\.description)
    }

    func name(in dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: "\(context)_\(name)"
        case .postgres: "\(context).\(name)"
        }
    }
}

/// One row of one table.
package protocol Record: Sendable {
    static var table: Table { get }
    /// The columns' values, in the order of `table.columns`.
    var values: [any SQLConvertible] { get }
    init(row: Row) throws
}

/// A row that a query brought.
package struct Row: Sendable {
    let columns: [String]
    let values: [SQLValue]

    /// The value of `column`.
    /// - Throws: `UnreadableColumn` if the column is missing or holds another type.
    package func get<Value: SQLConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let position = columns.firstIndex(of: column), let value = Value(sqlValue: values[position]) else {
            throw UnreadableColumn(column: column, type: "\(Value.self)")
        }
        return value
    }
}

/// A column that does not hold what the record expects: the migrations and the records disagree.
package struct UnreadableColumn: Error {
    package let column: String
    package let type: String

    package init(column: String, type: String) {
        self.column = column
        self.type = type
    }
}

/// A row that breaks a rule which the database keeps: a key that exists, a missing parent, a failed CHECK.
package struct ConstraintViolation: Error {
    package let isUnique: Bool
    package let message: String
}
