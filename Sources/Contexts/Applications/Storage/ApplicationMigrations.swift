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
        Migration(
            "applications", 3,
            [
                """
                CREATE TABLE \(FinishedRoundRecord.table) (
                    application TEXT NOT NULL,
                    round \(SQL.bigint) NOT NULL,
                    category TEXT NOT NULL,
                    route TEXT NOT NULL,
                    weekday \(SQL.bigint) NOT NULL CHECK (weekday BETWEEN 1 AND 7),
                    ended_at \(SQL.bigint) NOT NULL,
                    screening \(SQL.bigint),
                    review \(SQL.bigint),
                    agreement \(SQL.bigint),
                    deposit \(SQL.bigint),
                    opening \(SQL.bigint),
                    PRIMARY KEY (application, round)) \(SQL.strict)
                """,
                "CREATE INDEX finished_rounds_route ON \(FinishedRoundRecord.table) (route, ended_at)",
                "CREATE INDEX finished_rounds_category ON \(FinishedRoundRecord.table) (route, category, ended_at)",
                """
                CREATE INDEX finished_rounds_weekday
                ON \(FinishedRoundRecord.table) (route, category, weekday, ended_at)
                """,
                """
                CREATE TABLE \(ForecastRecord.table) (
                    application TEXT NOT NULL,
                    round \(SQL.bigint) NOT NULL,
                    stage TEXT NOT NULL,
                    category TEXT NOT NULL,
                    earliest_at \(SQL.bigint) NOT NULL,
                    likely_at \(SQL.bigint) NOT NULL,
                    latest_at \(SQL.bigint) NOT NULL,
                    cases \(SQL.bigint) NOT NULL,
                    ended_at \(SQL.bigint),
                    error \(SQL.bigint),
                    PRIMARY KEY (application, round, stage)) \(SQL.strict)
                """,
                "CREATE INDEX forecasts_ended ON \(ForecastRecord.table) (ended_at)",
            ]),
    ]
}
