import Database
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

/// What happens when PostgreSQL is slow, full, away or not to be trusted.
@Suite("When PostgreSQL fails", .enabled(if: TestEngine.current == .postgres))
struct PostgresFaultTests {
    private func database(
        _ migrations: [Migration] = Note.migrations, _ change: (inout PostgresOptions) -> Void = { _ in }
    ) async throws -> (TestDatabase, PostgresDatabase) {
        let test = try await TestDatabase(migrations, rehearsing: false)
        var options = try test.options()
        change(&options)
        return (test, PostgresDatabase(options))
    }

    @Test("Who finds the queue full, or waits in it for too long, is told to come again")
    func exhaustion() async throws {
        let (test, database) = try await database { options in
            options.connections = 1
            options.queueLength = 2
            options.patience = .milliseconds(200)
        }
        defer { withExtendedLifetime(test) {} }
        let (holds, goesOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let holder: Void = database.write { tx in
            try tx.insert(Note(id: 1))
            holds.signal()
            goesOn.wait()
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                holds.wait()
                continuation.resume()
            }
        }
        let refusals = await withTaskGroup(of: Problem?.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    do {
                        _ = try await database.read { tx in try tx.rows("SELECT 1") }
                        return nil
                    } catch {
                        return (error as? any ProblemConvertible)?.problem
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.count == 5)
        for refusal in refusals {
            #expect(refusal?.status == .unavailable)
            #expect(refusal?.code == "database.busy")
        }
        goesOn.signal()
        try await holder
        #expect(try await database.read { tx in try tx.rows("SELECT 1").count } == 1)
        try database.close()
    }

    @Test("A statement that takes too long is ended, and the connection serves on")
    func statementTimeout() async throws {
        let (test, database) = try await database { options in
            options.connections = 1
            options.statementTimeout = .milliseconds(100)
        }
        defer { withExtendedLifetime(test) {} }
        let error = await #expect(throws: DatabaseUnavailable.self) {
            _ = try await database.read { tx in try tx.rows("SELECT pg_sleep(5)") }
        }
        #expect(error == .timedOut)
        await #expect(throws: DatabaseUnavailable.self) {
            try await database.write { tx in
                try tx.insert(Note(id: 1))
                _ = try tx.rows("SELECT pg_sleep(5)")
            }
        }
        let count: Int? = try await database.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(count == 0)
        try database.close()
    }

    /// Ends the transaction's own connection from outside, on the first run only.
    private static func kill(_ runs: Counter, _ tx: borrowing Transaction) throws {
        let pid: Int = try tx.value("SELECT pg_backend_pid()") ?? 0
        guard runs.value == 1 else { return }
        try PostgresServer.shared().commandNow("SELECT pg_terminate_backend(\(pid))")
        // It ends when it sees the signal, not when it is sent.
        Thread.sleep(forTimeInterval: 0.05)
    }

    @Test("A read whose connection is lost is run again")
    func lostRead() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        let runs = Counter()
        let count: Int? = try await database.read { tx in
            runs.add()
            try Self.kill(runs, tx)
            return try tx.value("SELECT COUNT(*) FROM \(Note.table)")
        }
        #expect(count == 0)
        #expect(runs.value == 2)
        try database.close()
    }

    @Test("A write whose connection is lost before COMMIT is run again and takes effect once")
    func lostWrite() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        let runs = Counter()
        try await database.write { tx in
            runs.add()
            try tx.insert(Note(id: 1))
            try Self.kill(runs, tx)
            try tx.run("UPDATE \(Note.table) SET seen = 1 WHERE id = 1")
        }
        #expect(runs.value == 2)
        let seen: Int? = try await database.read { tx in try tx.value("SELECT SUM(seen) FROM \(Note.table)") }
        #expect(seen == 1)
        try database.close()
    }

    @Test("A write whose connection is lost at COMMIT is told to be unknown, and not run again")
    func lostCommit() async throws {
        let slow =
            Note.migrations + [
                Migration(
                    "test", 2,
                    [
                        """
                        CREATE FUNCTION test.slow() RETURNS trigger LANGUAGE plpgsql
                        AS 'BEGIN PERFORM pg_sleep(5); RETURN NULL; END'
                        """,
                        """
                        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON \(Note.table) DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION test.slow()
                        """,
                    ])
            ]
        let (test, database) = try await database(slow)
        defer { withExtendedLifetime(test) {} }
        let runs = Counter()
        let pid = Mutex(0)
        async let error = #expect(throws: DatabaseUnavailable.self) {
            try await database.write { tx in
                runs.add()
                let own: Int = try tx.value("SELECT pg_backend_pid()") ?? 0
                try tx.insert(Note(id: 1))
                pid.withLock { $0 = own }
            }
        }
        try await eventually { pid.withLock { $0 } > 0 }
        // COMMIT was sent by now, or the answer would be another one.
        try await Task.sleep(for: .milliseconds(300))
        try await PostgresServer.shared().command("SELECT pg_terminate_backend(\(pid.withLock { $0 }))")
        #expect(await error == .outcomeUnknown)
        #expect(runs.value == 1)
        try database.close()
    }

    /// Lets the transaction's own server process stand still; what comes in is acknowledged by the kernel still.
    private static func freeze(_ tx: borrowing Transaction) throws -> pid_t {
        let pid: Int = try tx.value("SELECT pg_backend_pid()") ?? 0
        #expect(Foundation.kill(pid_t(pid), SIGSTOP) == 0)
        return pid_t(pid)
    }

    @Test("A server that stands still is given up soon after its time limit, and a read is run again elsewhere")
    func silentRead() async throws {
        let (test, database) = try await database { options in options.statementTimeout = .milliseconds(200) }
        defer { withExtendedLifetime(test) {} }
        let runs = Counter()
        let frozen = Mutex<pid_t>(0)
        defer { frozen.withLock { _ = Foundation.kill($0, SIGCONT) } }
        let began = ContinuousClock.now
        let count: Int? = try await database.read { tx in
            runs.add()
            if runs.value == 1 {
                let pid = try Self.freeze(tx)
                frozen.withLock { $0 = pid }
            }
            return try tx.value("SELECT COUNT(*) FROM \(Note.table)")
        }
        #expect(count == 0)
        #expect(runs.value == 2)
        #expect(ContinuousClock.now - began > .milliseconds(1_100))
        // A second or two by itself; without the limit it would never come back.
        #expect(ContinuousClock.now - began < .seconds(60))
        try database.close()
    }

    @Test("A write whose server stands still at COMMIT is told to be unknown, and not run again")
    func silentCommit() async throws {
        let (test, database) = try await database { options in options.statementTimeout = .milliseconds(200) }
        defer { withExtendedLifetime(test) {} }
        let runs = Counter()
        let frozen = Mutex<pid_t>(0)
        let error = await #expect(throws: DatabaseUnavailable.self) {
            try await database.write { tx in
                runs.add()
                try tx.insert(Note(id: 1))
                let pid = try Self.freeze(tx)
                frozen.withLock { $0 = pid }
            }
        }
        frozen.withLock { _ = Foundation.kill($0, SIGCONT) }
        #expect(error == .outcomeUnknown)
        #expect(runs.value == 1)
        try database.close()
    }

    @Test("A transaction that lifts its time limit, as migrations do, may take as long as it likes")
    func withoutLimit() async throws {
        let (test, database) = try await database { options in options.statementTimeout = .milliseconds(200) }
        defer { withExtendedLifetime(test) {} }
        let rows = try await database.write { tx in
            try tx.run("SET LOCAL statement_timeout = 0")
            return try tx.rows("SELECT 1 FROM pg_sleep(2)").count
        }
        #expect(rows == 1)
        try database.close()
    }

    @Test("When the server comes back, so does the database")
    func away() async throws {
        let (test, database) = try await database { options in options.patience = .milliseconds(300) }
        let name = try test.options().address.split(separator: "/").last.map(String.init) ?? ""
        try await database.write { tx in try tx.insert(Note(id: 1)) }
        try await PostgresServer.shared().command("ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
        try await PostgresServer.shared().command(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
        try await Task.sleep(for: .milliseconds(100))
        let error = await #expect(throws: (any Error).self) {
            _ = try await database.read { tx in try tx.rows("SELECT 1") }
        }
        #expect((error as? any ProblemConvertible)?.problem.code == "database.unreachable")
        try await PostgresServer.shared().command("ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
        let count: Int? = try await database.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(count == 1)
        try database.close()
    }

    @Test("A server that acknowledges too early is refused", arguments: ["off", "local", "remote_write"])
    func notDurable(level: String) async throws {
        let (test, database) = try await database()
        let name = try test.options().address.split(separator: "/").last.map(String.init) ?? ""
        try await PostgresServer.shared().command("ALTER DATABASE \(name) SET synchronous_commit = \(level)")
        let error = await #expect(throws: PostgresDatabase.NotDurable.self) {
            _ = try await database.read { tx in try tx.rows("SELECT 1") }
        }
        #expect(error?.value == level)
        try database.close()
    }

    @Test(
        "A database that orders or encodes texts in another way is refused",
        arguments: ["ENCODING 'SQL_ASCII'", "LOCALE_PROVIDER icu ICU_LOCALE 'und'"])
    func unsuitable(how: String) async throws {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let server = try PostgresServer.shared()
        try await server.command("CREATE DATABASE \(name) TEMPLATE template0 \(how)")
        let database = PostgresDatabase(try server.options(for: name))
        await #expect(throws: PostgresDatabase.Unsuitable.self) {
            _ = try await database.read { tx in try tx.rows("SELECT 1") }
        }
        try database.close()
        try server.drop(name)
    }

    @Test("A column that changes its type under a running process does not disturb it")
    func stalePlan() async throws {
        let (test, database) = try await database { options in options.connections = 1 }
        let name = try test.options().address.split(separator: "/").last.map(String.init) ?? ""
        try await database.write { tx in try tx.insert(Note(id: 1, seen: true)) }
        func seen() async throws -> Int? {
            try await database.read { tx in try tx.value("SELECT seen FROM \(Note.table) WHERE id = 1") }
        }
        #expect(try await seen() == 1)
        try await PostgresServer.shared().command("ALTER TABLE test.notes ALTER COLUMN seen TYPE INTEGER", in: name)
        #expect(try await seen() == 1)
        try database.close()
    }

    @Test("A text that PostgreSQL can't hold is refused as the sender's fault")
    func nul() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        let error = await #expect(throws: UnstorableText.self) {
            try await database.write { tx in try tx.insert(Note(id: 1, text: "a\u{0}b")) }
        }
        #expect(error?.problem.status == .unprocessable)
        try database.close()
    }

    @Test("Rules of the database are told apart")
    func kinds() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        func violation(_ sql: SQL) async -> ConstraintViolation? {
            await #expect(throws: ConstraintViolation.self) { try await database.write { tx in _ = try tx.run(sql) } }
        }
        let insert: SQL = "INSERT INTO \(Note.table) (id, text, seen)"
        try await database.write { tx in try tx.insert(Note(id: 1)) }
        #expect(await violation(insert + " VALUES (1, 'a', 0)")?.isUnique == true)
        #expect(await violation(insert + " VALUES (2, '', 0)")?.isUnique == false)
        #expect(await violation(insert + " VALUES (2, NULL, 0)")?.isUnique == false)
        await #expect(throws: PostgresFault.self) {
            try await database.write { tx in _ = try tx.run("UPDATE nowhere SET a = 1") }
        }
        await #expect(throws: PostgresFault.self) {
            _ = try await database.read { tx in try tx.insert(Note(id: 9)) }
        }
        try database.close()
    }

    @Test("Sums come back whole, and what no column could hold as nothing")
    func sums() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        func sum(_ ids: [Int]) async throws -> Int? {
            try await database.write { tx in
                try tx.run("DELETE FROM \(Note.table)")
                for id in ids { try tx.insert(Note(id: id)) }
            }
            return try await database.read { tx in
                try tx.value("SELECT SUM(id) FROM \(Note.table)", as: Int?.self) ?? nil
            }
        }
        for ids in [
            [0], [10_000], [100_000_000, 1], [-10_000], [Int.max], [Int.min], [Int.max, -1], [9_999, 1],
            [1_234_567_890_123_456_789], [-9_999, -10_001, 5],
        ] {
            #expect(try await sum(ids) == ids.reduce(0, +), "\(ids)")
        }
        #expect(try await sum([Int.max, 1]) == nil)
        #expect(try await sum([]) == nil)
        try database.close()
    }

    @Test("Words of an address that can't be read are not repeated")
    func address() throws {
        #expect(throws: PostgresOptions.Unreadable.self) { try PostgresOptions("host = secret-word nonsense") }
        let options = try PostgresOptions("postgres://ruzhu:secret-word@db1,db2/shop?sslmode=verify-full")
        #expect(options.address == "ruzhu@db1,db2/shop")
        #expect(!String(describing: options.address).contains("secret-word"))
    }
}
