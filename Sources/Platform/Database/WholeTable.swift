extension SQLValue: SQLConvertible {
    package var sqlValue: SQLValue { self }
    package init(sqlValue: SQLValue) throws(UnfitValue) { self = sqlValue }
}

/// Reading and writing rows without knowing what they mean, for moving them from one engine to another.
extension Transaction {
    /// The next rows of a table in the order of its key.
    ///
    /// - Parameter key: the key of the row after which to begin; from the first row without one.
    package borrowing func page(of table: Table, after key: [SQLValue]?, limit: Int) throws -> [Row] {
        var sql: SQL = "SELECT \(columns: table) FROM \(table)"
        let columns = SQL(pieces: [.name(table.key.joined(separator: ", "))])
        if let key { sql = sql + " WHERE (\(columns)) > (\(list: key))" }
        return try rows(sql + " ORDER BY \(columns) LIMIT \(limit)")
    }

    /// The values of a row of this table, in the order of its columns.
    package borrowing func add(_ values: [SQLValue], to table: Table) throws {
        try run("INSERT INTO \(table) (\(columns: table)) VALUES (\(list: values))")
    }

    package borrowing func count(of table: Table) throws -> Int {
        try value("SELECT COUNT(*) FROM \(table)") ?? 0
    }

    /// The columns that a table really has, in order.
    package borrowing func columns(of table: Table) throws -> [String] {
        let found: [Row]
        switch connection.dialect {
        case .sqlite:
            found = try rows("SELECT name FROM pragma_table_info(\(table.name(in: .sqlite))) ORDER BY cid")
        case .postgres:
            found = try rows(
                """
                SELECT column_name AS name FROM information_schema.columns
                WHERE table_schema = \(table.context) AND table_name = \(table.name) ORDER BY ordinal_position
                """)
        }
        return try found.map { try $0.get("name") }
    }

    /// The columns of the primary key that a table really has, in order.
    package borrowing func keyColumns(of table: Table) throws -> [String] {
        let found: [Row]
        switch connection.dialect {
        case .sqlite:
            found = try rows(
                "SELECT name FROM pragma_table_info(\(table.name(in: .sqlite))) WHERE pk > 0 ORDER BY pk")
        case .postgres:
            found = try rows(
                """
                SELECT u.column_name AS name FROM information_schema.table_constraints c
                JOIN information_schema.key_column_usage u
                  ON u.constraint_schema = c.constraint_schema AND u.constraint_name = c.constraint_name
                WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = \(table.context)
                  AND c.table_name = \(table.name) ORDER BY u.ordinal_position
                """)
        }
        return try found.map { try $0.get("name") }
    }
}

extension Row {
    /// The values of these columns.
    package func values(of columns: [String]) throws -> [SQLValue] {
        try columns.map { try get($0, as: SQLValue.self) }
    }
}
