package import Kernel

/// One step of one context's schema: numbered, frozen text that never names application types.
package struct Migration: Sendable {
    package let context: String
    package let number: Int
    package let statements: [SQL]

    package init(_ context: StaticString, _ number: Int, _ statements: [SQL]) {
        self.context = context.description
        self.number = number
        self.statements = statements
    }

    func fingerprint(in dialect: Dialect) -> String {
        // FNV-1a: enough to notice that frozen text was edited; nothing here defends against an attacker.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for statement in statements {
            for byte in statement.rendered(for: dialect).text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return String(hash, radix: 16)
    }
}

/// A migration that was applied has other text now.
package struct MigrationChanged: Error {
    package let context: String
    package let number: Int
}

extension Database {
    /// Applies what is missing, each migration once, all in one transaction.
    ///
    /// - Returns: the names of those applied, such as `review/1`.
    @discardableResult
    package func migrate(_ migrations: [Migration], at now: Instant) async throws -> [String] {
        let dialect = dialect
        return try await write { tx in
            try tx.run(
                """
                CREATE TABLE IF NOT EXISTS applied_migrations (
                    context TEXT NOT NULL, number INTEGER NOT NULL, fingerprint TEXT NOT NULL,
                    applied_at \(SQL.bigint) NOT NULL, PRIMARY KEY (context, number)) \(SQL.strict)
                """)
            var applied: [String] = []
            for migration in migrations {
                let fingerprint = migration.fingerprint(in: dialect)
                let before: String? = try tx.value(
                    """
                    SELECT fingerprint FROM applied_migrations
                    WHERE context = \(migration.context) AND number = \(migration.number)
                    """)
                if let before {
                    guard before == fingerprint else {
                        throw MigrationChanged(context: migration.context, number: migration.number)
                    }
                    continue
                }
                for statement in migration.statements { try tx.run(statement) }
                try tx.run(
                    """
                    INSERT INTO applied_migrations (context, number, fingerprint, applied_at)
                    VALUES (\(migration.context), \(migration.number), \(fingerprint), \(now))
                    """)
                applied.append("\(migration.context)/\(migration.number)")
            }
            return applied
        }
    }

    /// The migrations that are not applied yet; all of them on a new database.
    package func pending(_ migrations: [Migration]) async throws -> [String] {
        try await read { tx in
            let exists: Int? = try tx.value(
                """
                SELECT COUNT(*) FROM \(sqlite: "sqlite_master", postgres: "information_schema.tables")
                WHERE \(sqlite: "name", postgres: "table_name") = 'applied_migrations'
                """)
            guard let exists, exists > 0 else { return migrations.map { "\($0.context)/\($0.number)" } }
            let rows = try tx.rows("SELECT context, number FROM applied_migrations")
            let applied = try Set(
                rows.map { "\(try $0.get("context", as: String.self))/\(try $0.get("number", as: Int.self))" })
            return migrations.map { "\($0.context)/\($0.number)" }.filter { !applied.contains($0) }
        }
    }
}
