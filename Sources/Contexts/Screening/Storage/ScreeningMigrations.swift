import Database

enum ScreeningMigrations {
    static let all = [
        Migration(
            "screening", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS screening")",
                """
                CREATE TABLE \(EntityRecord.table) (
                    application TEXT NOT NULL PRIMARY KEY,
                    person TEXT NOT NULL,
                    credit_code TEXT NOT NULL,
                    round \(SQL.bigint) NOT NULL CHECK (round > 0),
                    is_live \(SQL.bigint) NOT NULL CHECK (is_live IN (0, 1)),
                    seen_at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX screening_entities_code ON \(EntityRecord.table) (credit_code) WHERE is_live = 1",
                """
                CREATE TABLE \(CheckRecord.table) (
                    application TEXT NOT NULL REFERENCES \(EntityRecord.table) (application),
                    round \(SQL.bigint) NOT NULL CHECK (round > 0),
                    person TEXT NOT NULL,
                    findings TEXT NOT NULL,
                    checked_at \(SQL.bigint) NOT NULL,
                    content \(SQL.bytes) NOT NULL,
                    salts \(SQL.bytes) NOT NULL,
                    commitments TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    PRIMARY KEY (application, round)) \(SQL.strict)
                """,
            ])
    ]
}
