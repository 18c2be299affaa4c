import Database
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Composition

/// The tables as the code knows them and as they are.
@Suite("The schema")
struct SchemaTests {
    @Test("Every table that the sources declare is in the product's list")
    func list() throws {
        let listed = Set(Product.tables.map { "\($0.context).\($0.name)" })
        #expect(listed.count == Product.tables.count)
        let declaration = #/Table\(\s*"([a-z_]+)",\s*"([a-z_]+)"/#
        var declared: Set<String> = []
        let sources = FileManager.default.enumerator(
            at: House.root.appending(path: "Sources"), includingPropertiesForKeys: nil)
        for case let file as URL in sources ?? .init() where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: declaration) {
                declared.insert("\(match.1).\(match.2)")
            }
        }
        #expect(declared == listed, "add it to `tables` of its context")
    }

    @Test("Each table has the columns and the key that its record names, and there is no other table")
    func columns() async throws {
        let test = try await TestDatabase(Product.migrations)
        try await test.database.read { tx in
            for table in Product.tables {
                #expect(try tx.columns(of: table).sorted() == table.columns.sorted(), "\(table.context).\(table.name)")
                #expect(try tx.keyColumns(of: table) == table.key, "\(table.context).\(table.name)")
            }
            let count: Int? = try tx.value(
                """
                SELECT COUNT(*) FROM \
                \(sqlite: "sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", postgres:
                    "pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
                """)
            #expect(count == Product.tables.count + 1, "besides applied_migrations")
        }
    }

    @Test("After each newer version has migrated, the versions before it are not pending and find what they need")
    func expand() async throws {
        let test = try await TestDatabase(Product.migrations)
        for length in Product.migrations.indices {
            #expect(try await test.database.pending(Array(Product.migrations[..<length])).isEmpty)
        }
        test.changesSchema()
        let later = Migration("later", 1, ["CREATE TABLE later_things (id TEXT)"])
        try await test.database.migrate(Product.migrations + [later], at: .example)
        #expect(try await test.database.pending(Product.migrations).isEmpty)
        #expect(try await test.database.migrate(Product.migrations, at: .example).isEmpty)
    }

    @Test("A migration neither drops nor renames what an older version may still use")
    func contract() throws {
        let forbidden = #/DROP TABLE|DROP COLUMN|RENAME (TO|COLUMN)|ADD COLUMN \w+ [A-Z ]*NOT NULL(?! DEFAULT)/#
        // From before the rule, and before anybody had a database to keep.
        let exempt = ["stores/2", "work/3", "documents/2"]
        for migration in Product.migrations where !exempt.contains(migration.name) {
            let text = "\(migration.statements)"
            #expect(text.firstMatch(of: forbidden) == nil, "\(migration.name): see docs/decisions/0016")
        }
    }
}
