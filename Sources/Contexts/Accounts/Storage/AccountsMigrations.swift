import Database

/// The schema of people, how they sign in, what they may do and what they agreed to.
enum AccountsMigrations {
    static let all = [
        Migration(
            "accounts", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS accounts")",
                """
                CREATE TABLE \(PersonRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 26),
                    phone \(SQL.bytes) NOT NULL,
                    phone_index \(SQL.bytes) NOT NULL UNIQUE CHECK (length(phone_index) = 32),
                    created_at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                """
                CREATE TABLE \(RoleRecord.table) (
                    person TEXT NOT NULL REFERENCES \(PersonRecord.table) (id),
                    role TEXT NOT NULL CHECK (role IN ('reviewer', 'operator')),
                    given_at \(SQL.bigint) NOT NULL,
                    PRIMARY KEY (person, role)) \(SQL.strict)
                """,
                """
                CREATE TABLE \(ChallengeRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 26),
                    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'staff_sign_in')),
                    phone \(SQL.bytes),
                    code \(SQL.bytes),
                    phone_index \(SQL.bytes) NOT NULL CHECK (length(phone_index) = 32),
                    code_digest \(SQL.bytes) NOT NULL CHECK (length(code_digest) = 32),
                    consent_version TEXT,
                    attempts \(SQL.bigint) NOT NULL CHECK (attempts >= 0),
                    created_at \(SQL.bigint) NOT NULL,
                    expires_at \(SQL.bigint) NOT NULL CHECK (expires_at > created_at),
                    ended_at \(SQL.bigint),
                    ending TEXT CHECK (ending IN ('used', 'locked', 'expired', 'replaced')),
                    CHECK ((purpose = 'sign_in') = (consent_version IS NOT NULL)),
                    CHECK ((ended_at IS NULL) = (ending IS NULL)),
                    CHECK ((ended_at IS NULL) = (phone IS NOT NULL)),
                    CHECK ((phone IS NULL) = (code IS NULL))) \(SQL.strict)
                """,
                "CREATE INDEX accounts_challenges_phone ON \(ChallengeRecord.table) (phone_index, created_at)",
                "CREATE INDEX accounts_challenges_open ON \(ChallengeRecord.table) (expires_at) WHERE ended_at IS NULL",
                """
                CREATE TABLE \(SessionRecord.table) (
                    token_digest \(SQL.bytes) NOT NULL PRIMARY KEY CHECK (length(token_digest) = 32),
                    person TEXT NOT NULL REFERENCES \(PersonRecord.table) (id),
                    created_at \(SQL.bigint) NOT NULL,
                    expires_at \(SQL.bigint) NOT NULL CHECK (expires_at > created_at),
                    ended_at \(SQL.bigint)) \(SQL.strict)
                """,
                """
                CREATE TABLE \(ConsentRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 26),
                    person TEXT NOT NULL REFERENCES \(PersonRecord.table) (id),
                    text_version TEXT NOT NULL CHECK (text_version <> ''),
                    content \(SQL.bytes) NOT NULL,
                    salts \(SQL.bytes) NOT NULL,
                    commitments TEXT NOT NULL,
                    digest TEXT NOT NULL CHECK (length(digest) = 64),
                    at \(SQL.bigint) NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX accounts_consents_person ON \(ConsentRecord.table) (person, text_version)",
            ]),
        Migration("accounts", 2, ["CREATE INDEX accounts_sessions_expiry ON \(SessionRecord.table) (expires_at)"]),
        Migration(
            "accounts", 3,
            [
                """
                CREATE INDEX accounts_challenges_ended ON \(ChallengeRecord.table) (created_at)
                WHERE ended_at IS NOT NULL
                """
            ]),
    ]
}
