import Database

enum ApplicationMigrations {
    static let all = [
        Migration(
            "applications", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS applications")",
                """
                CREATE TABLE \(ApplicationRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    person TEXT NOT NULL,
                    pack TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN
                        ('draft', 'underway', 'held', 'changes_requested', 'rejected', 'open', 'withdrawn')),
                    journey TEXT NOT NULL,
                    created_at \(SQL.bigint) NOT NULL,
                    updated_at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX applications_person ON \(ApplicationRecord.table) (person, created_at)",
                """
                CREATE TABLE \(DraftRecord.table) (
                    application TEXT NOT NULL PRIMARY KEY REFERENCES \(ApplicationRecord.table) (id),
                    version \(SQL.bigint) NOT NULL CHECK (version > 0),
                    content \(SQL.bytes) NOT NULL,
                    saved_at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                """
                CREATE TABLE \(SubmissionRecord.table) (
                    application TEXT NOT NULL REFERENCES \(ApplicationRecord.table) (id),
                    round \(SQL.bigint) NOT NULL CHECK (round > 0),
                    person TEXT NOT NULL,
                    pack TEXT NOT NULL,
                    submitted_at \(SQL.bigint) NOT NULL,
                    content \(SQL.bytes) NOT NULL,
                    salts \(SQL.bytes) NOT NULL,
                    commitments TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    PRIMARY KEY (application, round)) \(SQL.strict)
                """,
                """
                CREATE TABLE \(MilestoneRecord.table) (
                    application TEXT NOT NULL REFERENCES \(ApplicationRecord.table) (id),
                    number \(SQL.bigint) NOT NULL,
                    at \(SQL.bigint) NOT NULL,
                    round \(SQL.bigint) NOT NULL,
                    what TEXT NOT NULL,
                    stage TEXT,
                    detail TEXT,
                    PRIMARY KEY (application, number)) \(SQL.strict)
                """,
            ]),
        Migration(
            "applications", 2,
            [
                """
                CREATE TABLE \(StandingRecord.table) (
                    application TEXT NOT NULL PRIMARY KEY REFERENCES \(ApplicationRecord.table) (id),
                    version \(SQL.bigint) NOT NULL,
                    pack TEXT NOT NULL,
                    rules TEXT NOT NULL,
                    until \(SQL.bigint),
                    asked TEXT NOT NULL,
                    due TEXT NOT NULL,
                    eventually TEXT NOT NULL,
                    alternatives TEXT NOT NULL,
                    future TEXT NOT NULL,
                    errors TEXT NOT NULL,
                    pictures TEXT NOT NULL) \(SQL.strict)
                """
            ]),
    ]
}
