import GRDB
import GRDBSQLite

/// A GRDB connection, seen as an engine. GRDB prepares the statements and keeps them; values are bound and rows are read
/// by SQLite's own functions, because GRDB's arguments and rows cost several times what most queries do.
final class SQLiteConnection: EngineConnection {
    private let db: GRDB.Database
    /// What the last statement that failed was told.
    private(set) var lastFault: (any Error)?

    init(_ db: GRDB.Database) { self.db = db }

    var dialect: Dialect { .sqlite }

    func run(_ text: String, _ values: [SQLValue]) throws -> Int {
        try translatingErrors {
            let statement = try db.cachedStatement(sql: text)
            guard !values.isEmpty || Self.changesRows(text) else {
                // GRDB has to hear of schema changes.
                try statement.execute()
                return db.changesCount
            }
            let query = try Query(statement, binding: values, on: db)
            defer { query.end() }
            while try query.step() {}
            return db.changesCount
        }
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try translatingErrors {
            let statement = try db.cachedStatement(sql: text)
            let columns = statement.columnNames
            let query = try Query(statement, binding: values, on: db)
            defer { query.end() }
            var rows: [Row] = []
            while try query.step() {
                rows.append(Row(columns: columns, values: columns.indices.map { query.value(at: $0) }))
            }
            return rows
        }
    }

    /// Reads in a transaction, so that all statements see the rows of one moment.
    func reading<Value>(_ body: () throws -> Value) throws -> Value {
        _ = try rows("BEGIN DEFERRED", [])
        defer { _ = try? rows("COMMIT", []) }
        return try body()
    }

    private static func changesRows(_ text: String) -> Bool {
        ["INSERT", "UPDATE", "DELETE"].contains { text.utf8.starts(with: $0.utf8) }
    }

    private func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            lastFault = error.told
            throw error.told
        }
    }
}

/// One use of a prepared statement.
private struct Query {
    private let statement: OpaquePointer
    private let db: GRDB.Database

    init(_ prepared: Statement, binding values: [SQLValue], on db: GRDB.Database) throws {
        statement = prepared.sqliteStatement
        self.db = db
        guard sqlite3_bind_parameter_count(statement) == values.count else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "\(values.count) values", sql: prepared.sql)
        }
        sqlite3_reset(statement)
        for (position, value) in values.enumerated() {
            let code = Self.bind(value, at: Int32(position + 1), of: statement)
            guard code == SQLITE_OK else { throw failure() }
        }
    }

    /// Goes to the next row.
    /// - Returns: false after the last one.
    func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure()
        }
    }

    /// Lets go of the row and of the values.
    func end() {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    func value(at position: Int) -> SQLValue {
        let column = Int32(position)
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            guard let bytes = sqlite3_column_text(statement, column) else { return .null }
            let count = Int(sqlite3_column_bytes(statement, column))
            return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let bytes = sqlite3_column_blob(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            return .blob(Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)))
        case SQLITE_FLOAT:
            // Whole sums may come as doubles; no column of ours holds a fraction.
            return Int64(exactly: sqlite3_column_double(statement, column)).map { .integer($0) } ?? .null
        default: return .null
        }
    }

    private static func bind(_ value: SQLValue, at place: Int32, of statement: OpaquePointer) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let number): return sqlite3_bind_int64(statement, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                // Without an address, SQLite would take an empty text for NULL.
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    characters.isEmpty
                        ? sqlite3_bind_text(statement, place, "", 0, copied)
                        : sqlite3_bind_text(statement, place, characters.baseAddress, Int32(characters.count), copied)
                }
            }
        case .blob(let bytes):
            return bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, place, 0)
                : bytes.withUnsafeBytes {
                    sqlite3_bind_blob(statement, place, $0.baseAddress, Int32($0.count), copied)
                }
        }
    }

    private func failure() -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(db.sqliteConnection)),
            message: db.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
    }

    /// SQLite keeps its own copy of what is bound (`SQLITE_TRANSIENT`).
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
