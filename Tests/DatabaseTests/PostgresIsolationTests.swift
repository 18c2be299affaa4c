import Database
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

/// What SQLite's single writer hides: many transactions at once.
@Suite("Transactions at once on PostgreSQL", .enabled(if: TestEngine.current == .postgres))
struct PostgresIsolationTests {
    private func database(_ connections: Int = 16) async throws -> (TestDatabase, PostgresDatabase) {
        let test = try await TestDatabase(Note.migrations, rehearsing: false)
        var options = try test.options()
        options.connections = connections
        return (test, PostgresDatabase(options))
    }

    @Test("Of 32 writers that raise one number at once, each succeeds once")
    func storm() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        try await database.write { tx in try tx.insert(Note(id: 1, text: "0")) }
        let runs = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<32 {
                group.addTask {
                    try await database.write { tx in
                        runs.add()
                        let text: String = try tx.value("SELECT text FROM \(Note.table) WHERE id = 1") ?? ""
                        let next = (Int(text) ?? 0) + 1
                        try tx.run("UPDATE \(Note.table) SET text = \(String(next)) WHERE id = 1")
                    }
                }
            }
            try await group.waitForAll()
        }
        let text: String? = try await database.read { tx in try tx.value("SELECT text FROM \(Note.table) WHERE id = 1")
        }
        #expect(text == "32")
        #expect(runs.value > 32, "they met: \(runs.value) runs")
        try database.close()
    }

    /// Two transactions that both read before either writes, on their first run.
    private func together(
        _ database: PostgresDatabase, _ act: @escaping @Sendable (Int, borrowing Transaction, () -> Void) throws -> Void
    ) async throws {
        let arrived = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        try await withThrowingTaskGroup { group in
            for number in 0...1 {
                group.addTask {
                    let isFirst = Mutex(true)
                    try await database.write { tx in
                        let meets = isFirst.withLock { first in
                            defer { first = false }
                            return first
                        }
                        try act(number, tx) {
                            guard meets else { return }
                            arrived[1 - number].signal()
                            _ = arrived[number].wait(timeout: .now() + 5)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("Two that each rely on the other staying can't both leave")
    func writeSkew() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        try await database.write { tx in for id in 0...1 { try tx.insert(Note(id: id, seen: true)) } }
        try await together(database) { number, tx, meet in
            let onDuty: Int = try tx.value("SELECT COUNT(*) FROM \(Note.table) WHERE seen = 1") ?? 0
            meet()
            if onDuty > 1 { try tx.run("UPDATE \(Note.table) SET seen = 0 WHERE id = \(number)") }
        }
        let left: Int? = try await database.read { tx in
            try tx.value("SELECT COUNT(*) FROM \(Note.table) WHERE seen = 1")
        }
        #expect(left == 1)
        try database.close()
    }

    @Test("Two that each find nothing and add something: one adds it")
    func phantom() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        try await together(database) { number, tx, meet in
            let found: Int = try tx.value("SELECT COUNT(*) FROM \(Note.table) WHERE text = 'only'") ?? 0
            meet()
            if found == 0 { try tx.insert(Note(id: 100 + number, text: "only")) }
        }
        let count: Int? = try await database.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(count == 1)
        try database.close()
    }

    @Test("Two that change the same rows in opposite order both succeed")
    func deadlock() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        try await database.write { tx in for id in 0...1 { try tx.insert(Note(id: id, text: ".")) } }
        try await together(database) { number, tx, meet in
            try tx.run("UPDATE \(Note.table) SET text = text || 'x' WHERE id = \(number)")
            meet()
            try tx.run("UPDATE \(Note.table) SET text = text || 'x' WHERE id = \(1 - number)")
        }
        let texts = try await database.read { tx in
            try tx.all("SELECT \(columns: Note.table) FROM \(Note.table)", as: Note.self).map(\.text)
        }
        #expect(texts == [".xx", ".xx"])
        try database.close()
    }

    @Test("A closure that passes over a failed statement changes nothing and is told")
    func swallowed() async throws {
        let (test, database) = try await database()
        defer { withExtendedLifetime(test) {} }
        await #expect(throws: ConstraintViolation.self) {
            try await database.write { tx in
                try tx.insert(Note(id: 1))
                try? tx.insert(Note(id: 1))
            }
        }
        let count: Int? = try await database.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(count == 0)
        try database.close()
    }

    @Test("A commit is told to the other processes")
    func otherProcess() async throws {
        let (test, database) = try await database()
        let other = PostgresDatabase(try test.options())
        let heard = Counter()
        other.afterCommit { heard.add() }
        database.afterCommit {}
        // The listener tells once when it begins to listen.
        try await eventually { heard.value >= 1 }
        let before = heard.value
        try await eventually {
            try await database.write { tx in try tx.save(Note(id: 1)) }
            return heard.value > before
        }
        try database.close()
        try other.close()
    }

    @Test("Several processes migrate at once: each migration is applied once")
    func migrating() async throws {
        let test = try await TestDatabase()
        let options = try test.options()
        let migrations =
            Note.migrations
            + (2...6).map { number in
                Migration(
                    "test", number, ["INSERT INTO \(Note.table) (id, text, seen) VALUES (\(number), 'once', 0)"])
            }
        let applied = try await withThrowingTaskGroup { group in
            for _ in 0..<6 {
                group.addTask {
                    let database = PostgresDatabase(options)
                    defer { try? database.close() }
                    return try await database.migrate(migrations, at: .example)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == migrations.map(\.name))
    }
}

/// Waits for something that another thread does, at most ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<1_000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("it did not happen")
}
