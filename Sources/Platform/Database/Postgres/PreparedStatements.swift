import CPostgres

/// The statements that one connection has prepared, by their text; the one that was not used for longest goes first.
struct PreparedStatements {
    struct Statement {
        let name: String
        /// As they were declared; a null fits any.
        let types: [Oid]
        /// Known after the first result: a prepared statement's columns never change.
        var columns: PostgresColumns?
        var lastUse: Int
    }

    private static let capacity = 256
    private var statements: [String: Statement] = [:]
    private var clock = 0
    private var made = 0
    /// Statements that the server still holds and nobody uses any more.
    private(set) var dropped: [String] = []

    /// The statement for this text and these values, if it is prepared.
    mutating func find(_ text: String, _ values: [SQLValue]) -> Statement? {
        guard let index = statements.index(forKey: text) else { return nil }
        let known = statements.values[index]
        guard known.types.count == values.count else { return nil }
        for (type, value) in zip(known.types, values) where value != .null && type != PostgresType.of(value) {
            return nil
        }
        clock += 1
        statements.values[index].lastUse = clock
        return known
    }

    /// Notes a statement that is about to be prepared. Types that an earlier form knew are kept where a value is null.
    mutating func add(_ text: String, _ values: [SQLValue]) -> Statement {
        if statements.count >= Self.capacity, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            forget(oldest.key)
        }
        var types = values.map(PostgresType.of)
        if let before = statements[text] {
            for position in types.indices where types[position] == PostgresType.unspecified {
                if position < before.types.count { types[position] = before.types[position] }
            }
            forget(text)
        }
        made += 1
        clock += 1
        let statement = Statement(name: "s\(made)", types: types, columns: nil, lastUse: clock)
        statements[text] = statement
        return statement
    }

    mutating func note(_ columns: PostgresColumns, of text: String) { statements[text]?.columns = columns }

    /// Gives a statement up; the server is told with the next flight that is outside of a transaction.
    mutating func forget(_ text: String) {
        if let statement = statements.removeValue(forKey: text) { dropped.append(statement.name) }
    }

    /// Gives up a statement that the server refused to prepare.
    mutating func forgetUnprepared(_ text: String) { statements[text] = nil }

    mutating func forgetAll() {
        for text in Array(statements.keys) { forget(text) }
    }

    mutating func takeDropped() -> [String] {
        defer { dropped = [] }
        return dropped
    }
}
