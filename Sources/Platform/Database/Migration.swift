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

    /// Such as `review/1`.
    package var name: String { "\(context)/\(number)" }

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
    /// Applies what is missing, each migration once and in a transaction of its own, so that locks are short and what
    /// was done stays done. Any number of processes may do this at once: one works, the others wait.
    ///
    /// Migrations that a newer version applied are left alone.
    ///
    /// - Returns: the names of those applied, such as `review/1`.
    @discardableResult
    package func migrate(_ migrations: [Migration], at now: Instant) async throws -> [String] {
        let dialect = dialect
        try await write { tx in
            // Two that create the table at once would collide in PostgreSQL's catalogue.
            if dialect == .postgres { _ = try tx.rows("SELECT pg_advisory_xact_lock(7310029384753)") }
            try tx.run(
                """
                CREATE TABLE IF NOT EXISTS applied_migrations (
                    context TEXT NOT NULL, number INTEGER NOT NULL, fingerprint TEXT NOT NULL,
                    applied_at \(SQL.bigint) NOT NULL, PRIMARY KEY (context, number)) \(SQL.strict)
                """)
        }
        var applied: [String] = []
        for migration in migrations where try await perseveringly({ try await self.apply(migration, at: now) }) {
            applied.append(migration.name)
        }
        return applied
    }

    /// Applies one migration unless it is.
    private func apply(_ migration: Migration, at now: Instant) async throws -> Bool {
        let dialect = dialect
        return try await write { tx in
            if dialect == .postgres {
                // A building of an index may take minutes, and so may another process that is at it. The lock comes
                // before the first query, so that what the other one did is seen. Reading goes on meanwhile.
                try tx.run("SET LOCAL statement_timeout = 0")
                try tx.run("SET LOCAL lock_timeout = 0")
                try tx.run("LOCK TABLE applied_migrations IN SHARE ROW EXCLUSIVE MODE")
                // Whoever waits for a table keeps all who come later from it: so not for long, but again.
                try tx.run("SET LOCAL lock_timeout = '3s'")
            }
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
                return false
            }
            if dialect == .postgres {
                try tx.run(SQL(pieces: [.words("CREATE SCHEMA IF NOT EXISTS "), .name(migration.context)]))
            }
            for statement in migration.statements { try tx.run(statement) }
            try tx.run(
                """
                INSERT INTO applied_migrations (context, number, fingerprint, applied_at)
                VALUES (\(migration.context), \(migration.number), \(fingerprint), \(now))
                """)
            return true
        }
    }

    /// Tries an act again for about a minute while somebody else's lock is in the way.
    private func perseveringly(_ act: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<15 {
            do {
                return try await act()
            } catch DatabaseUnavailable.timedOut {
                try await Task.sleep(for: .seconds(1))
            }
        }
        return try await act()
    }

    /// The migrations that are not applied yet; all of them on a new database. Those that a newer version applied don't
    /// count: it is that version's duty to leave what this one needs (docs/decisions/0016).
    package func pending(_ migrations: [Migration]) async throws -> [String] {
        let applied = try await applied()
        return migrations.map(\.name).filter { !applied.contains($0) }
    }

    /// The applied migrations that are not among these: a newer version was here.
    package func unknown(to migrations: [Migration]) async throws -> [String] {
        try await applied().subtracting(migrations.map(\.name)).sorted()
    }

    private func applied() async throws -> Set<String> {
        try await read { tx in
            let exists: Int? = try tx.value(
                """
                SELECT COUNT(*) FROM \(sqlite: "sqlite_master WHERE name =", postgres: "pg_class WHERE oid = to_regclass(")
                'applied_migrations'\(sqlite: "", postgres: ")")
                """)
            guard let exists, exists > 0 else { return [] }
            return try Set(
                tx.rows("SELECT context, number FROM applied_migrations").map { row in
                    "\(try row.get("context", as: String.self))/\(try row.get("number", as: Int.self))"
                })
        }
    }
}
