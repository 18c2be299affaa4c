/// What an operator wants to know of a PostgreSQL server, beyond that its settings suit.
package struct PostgresFacts: Sendable {
    package let version: String
    package let user: String
    /// The level of `synchronous_commit`.
    package let durability: String
    package let missingRights: [MissingRight]
    /// Connections that ordinary users may have in all.
    package let connections: Int

    /// What the user would need for migrating and serving.
    package enum MissingRight: Sendable, Equatable {
        case createSchemas
        case createTables
        /// Tables of ours that belong to somebody else.
        case own(tables: Int)
    }

    /// - Returns: nothing if the rows are in SQLite.
    package static func read(from database: any Database) async throws -> PostgresFacts? {
        guard database.dialect == .postgres else { return nil }
        return try await database.read { tx in
            let rows = try tx.rows(
                """
                SELECT current_setting('server_version') AS version, current_user::text AS person,
                       current_setting('synchronous_commit') AS durability,
                       current_setting('max_connections')::bigint
                           - current_setting('superuser_reserved_connections')::bigint AS connections,
                       has_database_privilege(current_database(), 'CREATE') AS may_create,
                       has_schema_privilege('public', 'CREATE') AS may_create_tables,
                       (SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind = 'r' AND n.nspname IN (SELECT context FROM applied_migrations)
                          AND NOT pg_has_role(c.relowner, 'USAGE')) AS strangers
                """)
            guard let row = rows.first else { return nil }
            var missing: [MissingRight] = []
            if try !row.get("may_create", as: Bool.self) { missing.append(.createSchemas) }
            if try !row.get("may_create_tables", as: Bool.self) { missing.append(.createTables) }
            let strangers = try row.get("strangers", as: Int.self)
            if strangers > 0 { missing.append(.own(tables: strangers)) }
            return PostgresFacts(
                version: try row.get("version"), user: try row.get("person"), durability: try row.get("durability"),
                missingRights: missing, connections: try row.get("connections"))
        }
    }
}
