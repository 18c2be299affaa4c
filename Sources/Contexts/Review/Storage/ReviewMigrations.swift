import Database

enum ReviewMigrations {
    static let all = [
        Migration(
            "review", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS review")",
                """
                CREATE TABLE \(CaseRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    application TEXT NOT NULL,
                    person TEXT NOT NULL,
                    round \(SQL.bigint) NOT NULL CHECK (round > 0),
                    pack TEXT NOT NULL,
                    company TEXT NOT NULL,
                    categories TEXT NOT NULL,
                    submitted_at \(SQL.bigint) NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'decided', 'closed')),
                    reviewer TEXT CHECK (reviewer <> person),
                    claimed_at \(SQL.bigint),
                    active_at \(SQL.bigint),
                    verdict TEXT CHECK (verdict IN ('approved', 'changes_requested', 'rejected')),
                    ended_at \(SQL.bigint),
                    version \(SQL.bigint) NOT NULL CHECK (version > 0),
                    UNIQUE (application, round),
                    CHECK ((reviewer IS NOT NULL) = (state IN ('claimed', 'decided'))),
                    CHECK ((claimed_at IS NOT NULL) = (state = 'claimed')),
                    CHECK ((active_at IS NOT NULL) = (state = 'claimed')),
                    CHECK ((verdict IS NOT NULL) = (state = 'decided')),
                    CHECK ((ended_at IS NOT NULL) = (state IN ('decided', 'closed')))) \(SQL.strict)
                """,
                "CREATE INDEX review_cases_queue ON \(CaseRecord.table) (state, submitted_at, id)",
                "CREATE INDEX review_cases_done ON \(CaseRecord.table) (ended_at) WHERE ended_at IS NOT NULL",
                """
                CREATE TABLE \(ActRecord.table) (
                    case_id TEXT NOT NULL REFERENCES \(CaseRecord.table) (id),
                    number \(SQL.bigint) NOT NULL CHECK (number > 0),
                    application TEXT NOT NULL,
                    act TEXT NOT NULL CHECK (act IN ('opened', 'claimed', 'released', 'decided', 'closed')),
                    reviewer TEXT,
                    at \(SQL.bigint) NOT NULL,
                    PRIMARY KEY (case_id, number)) \(SQL.strict)
                """,
                "CREATE INDEX review_acts_application ON \(ActRecord.table) (application)",
                """
                CREATE TABLE \(DecisionRecord.table) (
                    case_id TEXT NOT NULL PRIMARY KEY REFERENCES \(CaseRecord.table) (id),
                    application TEXT NOT NULL,
                    round \(SQL.bigint) NOT NULL,
                    person TEXT NOT NULL,
                    verdict TEXT NOT NULL CHECK (verdict IN ('approved', 'changes_requested', 'rejected')),
                    reason TEXT,
                    reviewer TEXT NOT NULL,
                    decided_at \(SQL.bigint) NOT NULL,
                    content \(SQL.bytes) NOT NULL,
                    salts \(SQL.bytes) NOT NULL,
                    commitments TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    CHECK ((reason IS NOT NULL) = (verdict = 'rejected')),
                    UNIQUE (application, round)) \(SQL.strict)
                """,
            ]),
        Migration(
            "review", 2,
            [
                """
                CREATE INDEX review_cases_open ON \(CaseRecord.table) (submitted_at, id)
                WHERE state IN ('waiting', 'claimed')
                """,
                "CREATE INDEX review_cases_ended ON \(CaseRecord.table) (ended_at DESC, id) WHERE ended_at IS NOT NULL",
                "CREATE INDEX review_cases_mine ON \(CaseRecord.table) (reviewer, submitted_at) WHERE state = 'claimed'",
                "DROP INDEX \(sqlite: "review_cases_queue", postgres: "review.review_cases_queue")",
                "DROP INDEX \(sqlite: "review_cases_done", postgres: "review.review_cases_done")",
            ]),
    ]
}
