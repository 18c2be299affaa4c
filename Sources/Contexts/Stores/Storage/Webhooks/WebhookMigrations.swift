import Database

enum WebhookMigrations {
    /// The tables, those that others refer to first.
    static let tables = [
        WebhookEndpointRecord.table, WebhookSecretRecord.table, WebhookMessage.table, WebhookDelivery.table,
        WebhookAttempt.table, WebhookActRecord.table, PartnerKeyRecord.table,
    ]

    static let all = [
        Migration(
            "stores", 4,
            [
                "ALTER TABLE \(StoreRecord.table) ADD COLUMN contact \(SQL.bytes)",
                "ALTER TABLE \(StoreRecord.table) ADD COLUMN has_account \(SQL.bigint)",
                """
                CREATE TABLE \(WebhookEndpointRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    address TEXT NOT NULL,
                    description TEXT NOT NULL,
                    events TEXT NOT NULL,
                    off_reason TEXT CHECK (off_reason IN ('operator', 'gone', 'failing')),
                    off_at \(SQL.bigint),
                    failing_since \(SQL.bigint),
                    gave_up_at \(SQL.bigint),
                    created_at \(SQL.bigint) NOT NULL,
                    CHECK ((off_reason IS NULL) = (off_at IS NULL))) \(SQL.strict)
                """,
                """
                CREATE TABLE \(WebhookSecretRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    endpoint TEXT NOT NULL REFERENCES \(WebhookEndpointRecord.table) (id),
                    secret \(SQL.bytes) NOT NULL,
                    created_at \(SQL.bigint) NOT NULL,
                    ends_at \(SQL.bigint)) \(SQL.strict)
                """,
                "CREATE INDEX stores_webhook_secrets_endpoint ON \(WebhookSecretRecord.table) (endpoint)",
                """
                CREATE INDEX stores_webhook_secrets_ends ON \(WebhookSecretRecord.table) (ends_at)
                WHERE ends_at IS NOT NULL
                """,
                """
                CREATE TABLE \(WebhookMessage.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    event TEXT NOT NULL,
                    subject TEXT NOT NULL UNIQUE,
                    body TEXT NOT NULL,
                    at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX stores_webhook_messages_at ON \(WebhookMessage.table) (at)",
                """
                CREATE TABLE \(WebhookDelivery.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    endpoint TEXT NOT NULL REFERENCES \(WebhookEndpointRecord.table) (id),
                    message TEXT NOT NULL REFERENCES \(WebhookMessage.table) (id),
                    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'stopped')),
                    series \(SQL.bigint) NOT NULL,
                    tries \(SQL.bigint) NOT NULL,
                    next_at \(SQL.bigint),
                    created_at \(SQL.bigint) NOT NULL,
                    changed_at \(SQL.bigint) NOT NULL,
                    UNIQUE (message, endpoint)) \(SQL.strict)
                """,
                "CREATE INDEX stores_webhook_deliveries_endpoint ON \(WebhookDelivery.table) (endpoint, id)",
                """
                CREATE TABLE \(WebhookAttempt.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    delivery TEXT NOT NULL REFERENCES \(WebhookDelivery.table) (id),
                    series \(SQL.bigint) NOT NULL,
                    number \(SQL.bigint) NOT NULL,
                    at \(SQL.bigint) NOT NULL,
                    duration \(SQL.bigint) NOT NULL,
                    status \(SQL.bigint),
                    fault TEXT,
                    answer TEXT NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX stores_webhook_attempts_delivery ON \(WebhookAttempt.table) (delivery, id)",
                """
                CREATE TABLE \(WebhookActRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    endpoint TEXT NOT NULL REFERENCES \(WebhookEndpointRecord.table) (id),
                    at \(SQL.bigint) NOT NULL,
                    person TEXT NOT NULL,
                    act TEXT NOT NULL,
                    detail TEXT NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX stores_webhook_acts_endpoint ON \(WebhookActRecord.table) (endpoint, id)",
                """
                CREATE TABLE \(PartnerKeyRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    endpoint TEXT NOT NULL REFERENCES \(WebhookEndpointRecord.table) (id),
                    label TEXT NOT NULL,
                    digest \(SQL.bytes) NOT NULL UNIQUE,
                    created_at \(SQL.bigint) NOT NULL,
                    used_at \(SQL.bigint),
                    ended_at \(SQL.bigint)) \(SQL.strict)
                """,
                "CREATE INDEX stores_partner_keys_endpoint ON \(PartnerKeyRecord.table) (endpoint)",
            ])
    ]
}
