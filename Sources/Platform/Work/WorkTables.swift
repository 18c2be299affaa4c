package import Database
import Kernel

enum WorkTables {
    static let streams = Table("work", "streams", key: ["stream"], columns: ["stream", "head"])
    static let cursors = Table(
        "work", "cursors", key: ["handler", "stream"],
        columns: [
            "handler", "stream", "delivered", "head", "due_since", "retry_at", "attempts", "error", "parked_at", "claim",
            "claimed_until",
        ])
    static let subscriptions = Table(
        "work", "subscriptions", key: ["handler", "event"], columns: ["handler", "event"])
    /// What the cursors were called until the third migration.
    fileprivate static let deliveries = Table("work", "deliveries", key: ["handler", "stream"], columns: [])
    static let jobs = Table(
        "work", "jobs", key: ["id"],
        columns: [
            "id", "kind", "dedupe", "payload", "run_at", "attempts", "error", "failed_at", "claimed_until",
            "created_at", "claim",
        ])
    static let acts = Table(
        "work", "acts", key: ["id"],
        columns: ["id", "at", "person", "act", "subject", "stream", "detail", "reason"])
    static let answers = Table(
        "work", "answers", key: ["scope", "token"], columns: ["scope", "token", "answer", "at"])
}

struct EventRecord: Record {
    static let table = Table(
        "work", "events", key: ["stream", "number"],
        columns: ["stream", "number", "name", "payload", "at", "is_fanned"])

    let stream: String
    let number: Int
    let name: String
    let payload: String
    let at: Instant
    let isFanned: Bool

    var values: [any SQLConvertible] { [stream, number, name, payload, at, isFanned] }
}

extension EventRecord {
    init(row: Row) throws {
        stream = try row.get("stream")
        number = try row.get("number")
        name = try row.get("name")
        payload = try row.get("payload")
        at = try row.get("at")
        isFanned = try row.get("is_fanned")
    }
}

/// The schema of the outbox, the jobs and the remembered answers.
package enum WorkMigrations {
    package static let tables = [
        WorkTables.streams, EventRecord.table, WorkTables.deliveries, WorkTables.jobs, WorkTables.answers,
    ]

    package static let all = [
        Migration(
            "work", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS work")",
                """
                CREATE TABLE \(WorkTables.streams) (
                    stream TEXT NOT NULL PRIMARY KEY, head \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                """
                CREATE TABLE \(EventRecord.table) (
                    stream TEXT NOT NULL, number \(SQL.bigint) NOT NULL, name TEXT NOT NULL, payload TEXT NOT NULL,
                    at \(SQL.bigint) NOT NULL, is_fanned \(SQL.bigint) NOT NULL CHECK (is_fanned IN (0, 1)),
                    PRIMARY KEY (stream, number)) \(SQL.strict)
                """,
                "CREATE INDEX work_events_new ON \(EventRecord.table) (stream, number) WHERE is_fanned = 0",
                """
                CREATE TABLE \(WorkTables.deliveries) (
                    handler TEXT NOT NULL, stream TEXT NOT NULL, delivered \(SQL.bigint) NOT NULL,
                    is_due \(SQL.bigint) NOT NULL CHECK (is_due IN (0, 1)), attempts \(SQL.bigint) NOT NULL,
                    retry_at \(SQL.bigint) NOT NULL, error TEXT, parked_at \(SQL.bigint), claimed_until \(SQL.bigint),
                    PRIMARY KEY (handler, stream)) \(SQL.strict)
                """,
                """
                CREATE INDEX work_deliveries_due ON \(WorkTables.deliveries) (retry_at)
                WHERE is_due = 1 AND parked_at IS NULL
                """,
                """
                CREATE TABLE \(WorkTables.jobs) (
                    id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, dedupe TEXT NOT NULL, payload TEXT NOT NULL,
                    run_at \(SQL.bigint) NOT NULL, attempts \(SQL.bigint) NOT NULL, error TEXT,
                    failed_at \(SQL.bigint), claimed_until \(SQL.bigint), created_at \(SQL.bigint) NOT NULL,
                    UNIQUE (kind, dedupe)) \(SQL.strict)
                """,
                "CREATE INDEX work_jobs_waiting ON \(WorkTables.jobs) (run_at) WHERE failed_at IS NULL",
                """
                CREATE TABLE \(WorkTables.answers) (
                    scope TEXT NOT NULL, token TEXT NOT NULL, answer TEXT NOT NULL, at \(SQL.bigint) NOT NULL,
                    PRIMARY KEY (scope, token)) \(SQL.strict)
                """,
            ]),
        Migration("work", 2, ["CREATE INDEX work_answers_at ON \(WorkTables.answers) (at)"]),
        // A cursor is due while it is behind its head, so that nobody can forget to say so.
        Migration(
            "work", 3,
            [
                """
                CREATE TABLE \(WorkTables.cursors) (
                    handler TEXT NOT NULL, stream TEXT NOT NULL, delivered \(SQL.bigint) NOT NULL,
                    head \(SQL.bigint) NOT NULL, due_since \(SQL.bigint) NOT NULL, retry_at \(SQL.bigint) NOT NULL,
                    attempts \(SQL.bigint) NOT NULL, error TEXT, parked_at \(SQL.bigint), claim TEXT,
                    claimed_until \(SQL.bigint), PRIMARY KEY (handler, stream))
                    \(sqlite: "STRICT, WITHOUT ROWID", postgres: "")
                """,
                """
                INSERT INTO \(WorkTables.cursors)
                    (handler, stream, delivered, head, due_since, retry_at, attempts, error, parked_at)
                SELECT d.handler, d.stream, d.delivered, CASE WHEN d.is_due = 1 THEN s.head ELSE d.delivered END,
                       COALESCE((SELECT MIN(e.at) FROM \(EventRecord.table) AS e
                        WHERE d.is_due = 1 AND e.stream = d.stream AND e.number > d.delivered), 0),
                       d.retry_at, d.attempts, d.error, d.parked_at
                FROM \(WorkTables.deliveries) AS d JOIN \(WorkTables.streams) AS s ON s.stream = d.stream
                """,
                "DROP TABLE \(WorkTables.deliveries)",
                """
                CREATE INDEX work_cursors_due ON \(WorkTables.cursors) (retry_at)
                WHERE delivered < head AND parked_at IS NULL
                """,
                "CREATE INDEX work_cursors_parked ON \(WorkTables.cursors) (parked_at) WHERE parked_at IS NOT NULL",
                """
                CREATE TABLE \(WorkTables.subscriptions) (
                    handler TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (handler, event)) \(SQL.strict)
                """,
                "ALTER TABLE \(WorkTables.jobs) ADD COLUMN claim TEXT",
                "CREATE INDEX work_jobs_failed ON \(WorkTables.jobs) (failed_at) WHERE failed_at IS NOT NULL",
                """
                CREATE TABLE \(WorkTables.acts) (
                    id TEXT NOT NULL PRIMARY KEY, at \(SQL.bigint) NOT NULL, person TEXT NOT NULL, act TEXT NOT NULL,
                    subject TEXT NOT NULL, stream TEXT, detail TEXT, reason TEXT) \(SQL.strict)
                """,
            ]),
    ]
}
