import Database

/// A row of the tests' own.
struct Note: Record, Equatable {
    static let table = Table("test", "notes", key: ["id"], columns: ["id", "text", "bytes", "seen"])
    let id: Int
    let text: String
    let bytes: [UInt8]?
    let seen: Bool

    init(id: Int, text: String = "n", bytes: [UInt8]? = nil, seen: Bool = false) {
        (self.id, self.text, self.bytes, self.seen) = (id, text, bytes, seen)
    }

    init(row: Row) throws {
        self.init(
            id: try row.get("id"), text: try row.get("text"), bytes: try row.get("bytes"), seen: try row.get("seen"))
    }

    var values: [any SQLConvertible] { [id, text, bytes, seen] }

    static let migrations = [
        Migration(
            "test", 1,
            [
                """
                CREATE TABLE \(table) (
                    id \(SQL.bigint) PRIMARY KEY, text TEXT NOT NULL CHECK (text <> ''), bytes \(SQL.bytes),
                    seen \(SQL.bigint) NOT NULL) \(SQL.strict)
                """
            ])
    ]
}
