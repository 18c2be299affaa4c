import Database
import Foundation

/// Copies the seeded rows again and again under other ids, so that the tables are as big as in a mall that has gone on
/// for years. What is copied keeps its length and its spread; nobody can open it, and nobody asks for it.
struct Ballast: Sendable {
    let database: any Database
    /// Applications in one copy.
    let base: Int

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

    /// Adds copies until there are `count` applications.
    func add(upTo count: Int, _ progress: (Int) -> Void) async throws {
        let present: Int? = try await database.read { tx in
            try tx.value("SELECT COUNT(*) FROM \(BenchTables.applications)")
        }
        let copies = max(0, (count - base + base - 1) / base)
        for number in (present ?? base) / base..<max(copies + 1, (present ?? base) / base) {
            guard number < 1_024 else { throw Complaint(description: "最多复制 1023 次，请加大 --count") }
            try await copy(number)
            progress((number + 1) * base)
        }
    }

    /// One copy of all rows. Ids are 26 characters of which the first four stand for the days of a year; a copy's begin
    /// with `00` and its number, so that they sort before all real ones, as old applications do.
    private func copy(_ number: Int) async throws {
        let prefix = "00" + String(Self.alphabet[number / 32]) + String(Self.alphabet[number % 32])
        for step in Self.steps(Renaming(prefix: prefix)) {
            try await database.write { tx in _ = try tx.run(step) }
        }
    }

    private static func steps(_ new: Renaming) -> [SQL] {
        let (id, person, application) = (new.id("id"), new.id("person"), new.id("application"))
        let (stream, owner) = (new.named("stream"), new.named("owner"))
        func copy(_ table: Table, _ columns: SQL, of key: SQL) -> SQL {
            "INSERT INTO \(table) (\(columns: table)) SELECT \(columns) FROM \(table) WHERE \(key)"
        }
        let isOwner: SQL = "owner > 'person/01' AND owner < 'person/1'"
        let isStream: SQL = "stream > 'application/01' AND stream < 'application/1'"
        let isApplication: SQL = "application > '01'"
        let frozen: SQL = "content, salts, commitments, digest"
        return [
            copy(BenchTables.keys, "\(owner), wrapped, created_at, destroyed_at", of: isOwner),
            copy(BenchTables.people, "\(id), phone, \(new.digest), created_at", of: "id > '01'"),
            copy(
                BenchTables.sessions,
                "\(new.digest), \(person), created_at, expires_at, ended_at", of: "person > '01'"),
            copy(
                BenchTables.documents,
                """
                \(id), \(person), \(stream), kind, media_type, width, height, uploaded_at, \(new.blob), digest,
                reading, content
                """, of: "id > '01'"),
            copy(
                BenchTables.applications, "\(id), \(person), pack, state, journey, created_at, updated_at",
                of: "id > '01'"),
            copy(BenchTables.drafts, "\(application), version, content, saved_at", of: isApplication),
            copy(
                BenchTables.submissions, "\(application), round, \(person), pack, submitted_at, \(frozen)",
                of: isApplication),
            copy(BenchTables.milestones, "\(application), number, at, round, what, stage, detail", of: isApplication),
            copy(
                BenchTables.entities,
                "\(application), \(person), \(new.marked("credit_code")), round, is_live, seen_at", of: isApplication),
            copy(
                BenchTables.checks, "\(application), round, \(person), findings, checked_at, \(frozen)",
                of: isApplication),
            copy(
                BenchTables.cases,
                """
                \(id), \(application), \(person), round, pack, company, categories, submitted_at, state, reviewer,
                claimed_at, active_at, verdict, ended_at, version
                """, of: "id > '01'"),
            copy(
                BenchTables.acts, "\(new.id("case_id")), number, \(application), act, reviewer, at",
                of: "case_id > '01'"),
            copy(
                BenchTables.decisions,
                """
                \(new.id("case_id")), \(application), round, \(person), verdict, reason, reviewer, decided_at,
                \(frozen)
                """, of: "case_id > '01'"),
            copy(
                BenchTables.stores,
                """
                \(id), \(application), \(person), name, pack, subject, categories, \(new.marked("credit_code")),
                company, company_type, capital, established_on, address, scope, permits, legal_representative,
                opened_at
                """, of: "id > '01'"),
            copy(BenchTables.readings, "\(id), \(owner), reader, what, purpose, at", of: "id > '01'"),
            copy(BenchTables.streams, "\(stream), head", of: isStream),
            copy(BenchTables.events, "\(stream), number, name, payload, at, is_fanned", of: isStream),
            copy(
                BenchTables.cursors,
                """
                handler, \(stream), delivered, head, due_since, retry_at, attempts, error, parked_at, claim,
                claimed_until
                """, of: isStream),
        ]
    }
}

/// How a copy's values differ from what they were copied from.
private struct Renaming {
    let prefix: String

    /// The id of a copy: the first four characters say which copy, the rest stays.
    func id(_ column: SQL) -> SQL { "\(prefix) || substr(\(column), 5)" }

    /// The id behind a word and a slash, such as `application/01…`.
    func named(_ column: SQL) -> SQL {
        """
        substr(\(column), 1, \(sqlite: "instr", postgres: "strpos")(\(column), '/')) || \(prefix)
        || substr(\(column), \(sqlite: "instr", postgres: "strpos")(\(column), '/') + 5)
        """
    }

    /// Other 32 bytes, of which nobody has the original.
    let digest: SQL = "\(sqlite: "randomblob(32)", postgres: "sha256(uuid_send(gen_random_uuid()))")"

    /// A text that is told apart from the original.
    func marked(_ column: SQL) -> SQL { "\(column) || \(prefix)" }

    /// The name of a file: 32 hexadecimal digits.
    let blob: SQL =
        "\(sqlite: "lower(hex(randomblob(16)))", postgres: "replace(gen_random_uuid()::text, '-', '')")"
}
