/// What an engine must be able to do with a piece of SQL; used on the thread that owns the connection.
protocol EngineConnection: AnyObject {
    var dialect: Dialect { get }
    /// Runs a statement and returns the number of rows that it changed.
    func run(_ text: String, _ values: [SQLValue]) throws -> Int
    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row]
}

/// A transaction in progress. It can't be kept, copied or awaited in.
package struct Transaction: ~Copyable {
    let connection: any EngineConnection

    init(_ connection: any EngineConnection) { self.connection = connection }

    /// Runs a statement and returns the number of rows that it changed.
    @discardableResult
    package borrowing func run(_ sql: SQL) throws -> Int {
        let (text, values) = sql.rendered(for: connection.dialect)
        return try connection.run(text, values)
    }

    /// The rows of a query.
    package borrowing func rows(_ sql: SQL) throws -> [Row] {
        let (text, values) = sql.rendered(for: connection.dialect)
        return try connection.rows(text, values)
    }

    /// The records that a query brings.
    package borrowing func all<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws -> [R] {
        try rows(sql).map { try R(row: $0) }
    }

    /// The first record that a query brings.
    package borrowing func first<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws -> R? {
        try rows(sql).first.map { try R(row: $0) }
    }

    /// The first column of the first row.
    package borrowing func value<Value: SQLConvertible>(_ sql: SQL, as type: Value.Type = Value.self) throws -> Value? {
        guard let row = try rows(sql).first, let column = row.columns.first else { return nil }
        return try row.get(column)
    }

    /// Adds a row.
    package borrowing func insert<R: Record>(_ record: R) throws {
        let text = R.table.texts.statements(for: connection.dialect).insert
        _ = try connection.run(text, record.values.map(\.sqlValue))
    }

    /// Writes all columns of the row with the record's key.
    /// - Returns: whether there was such a row.
    @discardableResult
    package borrowing func update<R: Record>(_ record: R) throws -> Bool {
        let (texts, values) = (R.table.texts, record.values)
        return try connection.run(
            texts.statements(for: connection.dialect).update, texts.updated.map { values[$0].sqlValue }) > 0
    }

    /// Adds the row, or writes it over the one with the same key.
    package borrowing func save<R: Record>(_ record: R) throws {
        if try !update(record) { try insert(record) }
    }
}
