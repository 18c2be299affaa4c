/// A table: its context, its name, its columns in order, and those that make its key.
///
/// PostgreSQL gives each context a schema (`review.cases`); SQLite has none, so the context becomes a prefix
/// (`review_cases`).
package struct Table: Hashable, Sendable {
    package let context: String
    package let name: String
    package let columns: [String]
    package let key: [String]
    /// The texts that every use of the table needs, made once.
    let texts: Texts

    package init(_ context: StaticString, _ name: StaticString, key: [StaticString], columns: [StaticString]) {
        self.context = context.description
        self.name = name.description
        self.key = key.map(\.description)
        self.columns = columns.map(\.description)
        texts = Texts(context: self.context, name: self.name, key: self.key, columns: self.columns)
    }

    func name(in dialect: Dialect) -> String { dialect == .sqlite ? texts.sqlite.name : texts.postgres.name }

    package static func == (left: Table, right: Table) -> Bool {
        left.context == right.context && left.name == right.name
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(context)
        hasher.combine(name)
    }
}

extension Table {
    final class Texts: Sendable {
        let columns: String
        let sqlite: Statements
        let postgres: Statements
        /// The positions of the columns that an update writes, then of those that name the row.
        let updated: [Int]

        struct Statements: Sendable {
            let name: String
            let insert: String
            let update: String
        }

        init(context: String, name: String, key: [String], columns: [String]) {
            self.columns = columns.joined(separator: ", ")
            let free = columns.filter { !key.contains($0) }
            updated = (free + key).compactMap { columns.firstIndex(of: $0) }
            func statements(_ table: String, _ hole: (Int) -> String) -> Statements {
                let assigned = free.enumerated().map { "\($1) = \(hole($0 + 1))" }
                let named = key.enumerated().map { "\($1) = \(hole(free.count + $0 + 1))" }
                let holes = columns.indices.map { hole($0 + 1) }
                return Statements(
                    name: table,
                    insert: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) "
                        + "VALUES (\(holes.joined(separator: ", ")))",
                    update: "UPDATE \(table) SET \(assigned.joined(separator: ", ")) "
                        + "WHERE \(named.joined(separator: " AND "))")
            }
            sqlite = statements("\(context)_\(name)") { _ in "?" }
            postgres = statements("\(context).\(name)") { "$\($0)" }
        }

        func statements(for dialect: Dialect) -> Statements { dialect == .sqlite ? sqlite : postgres }
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
        do throws(UnfitValue) {
            guard let position = columns.firstIndex(of: column) else { throw UnfitValue() }
            return try Value(sqlValue: values[position])
        } catch {
            throw UnreadableColumn(column: column, type: "\(Value.self)")
        }
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
