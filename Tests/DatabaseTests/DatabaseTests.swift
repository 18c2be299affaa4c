import Database
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

private struct Note: Record, Equatable {
    static let table = Table("test", "notes", key: ["id"], columns: ["id", "text", "bytes", "seen"])
    let id: Int
    let text: String
    let bytes: [UInt8]?
    let seen: Bool

    init(id: Int, text: String = "n", bytes: [UInt8]? = nil, seen: Bool = false) {
        (self.id, self.text, self.bytes, self.seen) = (id, text, bytes, seen)
    }

    init(row: Row) throws {
        self.init(
            id: try row.get("id"), text: try row.get("text"), bytes: try row.get("bytes"), seen: try row.get("seen"))
    }

    var values: [any SQLConvertible] { [id, text, bytes, seen] }

    static let migrations = [
        Migration(
            "test", 1,
            [
                "CREATE TABLE \(table) (id \(SQL.bigint) PRIMARY KEY, text TEXT NOT NULL CHECK (text <> ''), bytes \(SQL.bytes), seen \(SQL.bigint) NOT NULL) \(SQL.strict)"
            ])
    ]
}

private struct Refused: Error {}

@Suite("Database")
struct DatabaseTests {
    @Test("A record comes back as it was written, whatever it holds")
    func roundTrip() async throws {
        let test = try await TestDatabase(Note.migrations)
        let note = Note(id: 1, text: "'); DROP TABLE test_notes; -- 名称", bytes: [0, 255, 1], seen: true)
        try await test.database.write { tx in try tx.insert(note) }
        let found: Note? = try await test.database.read { tx in
            try tx.first("SELECT \(columns: Note.table) FROM \(Note.table) WHERE text = \(note.text)")
        }
        #expect(found == note)
    }

    @Test("One write that fails leaves the writes committed with it alone")
    func savepoints() async throws {
        let test = try await TestDatabase(Note.migrations)
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        try await test.database.write { tx in
                            try tx.insert(Note(id: number))
                            if number.isMultiple(of: 3) { throw Refused() }
                        }
                        return (number, true)
                    } catch {
                        return (number, false)
                    }
                }
            }
            return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
        }
        let kept = Set(
            try await test.database.read { tx in
                try tx.all("SELECT \(columns: Note.table) FROM \(Note.table)", as: Note.self).map(\.id)
            })
        for (number, succeeded) in outcomes {
            #expect(succeeded == !number.isMultiple(of: 3))
            #expect(kept.contains(number) == succeeded, "write \(number) was told \(succeeded)")
        }
    }

    @Test("A rule that the database keeps is told as such")
    func constraints() async throws {
        let test = try await TestDatabase(Note.migrations)
        try await test.database.write { tx in try tx.insert(Note(id: 1)) }
        let twice = await #expect(throws: ConstraintViolation.self) {
            try await test.database.write { tx in try tx.insert(Note(id: 1)) }
        }
        let empty = await #expect(throws: ConstraintViolation.self) {
            try await test.database.write { tx in try tx.insert(Note(id: 2, text: "")) }
        }
        #expect(twice?.isUnique == true)
        #expect(empty?.isUnique == false)
    }

    @Test("What was acknowledged is there when SQLite's file is opened again")
    func reopen() async throws {
        let test = try await TestDatabase(Note.migrations, engine: .sqlite)
        try await test.database.write { tx in try tx.insert(Note(id: 7)) }
        let copy = test.folder.appending(path: "copy.sqlite").path
        let original = test.folder.appending(path: "test.sqlite").path
        // As a crash would leave it: nothing closed, nothing checkpointed.
        try FileManager.default.copyItem(atPath: original, toPath: copy)
        try FileManager.default.copyItem(atPath: original + "-wal", toPath: copy + "-wal")
        let again = try SQLiteDatabase(path: copy)
        let count: Int? = try await again.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(count == 1)
    }

    @Test("Frozen migrations are applied once and may not change")
    func migrations() async throws {
        let test = try await TestDatabase(Note.migrations)
        #expect(try await test.database.migrate(Note.migrations, at: .example).isEmpty)
        #expect(try await test.database.pending(Note.migrations).isEmpty)
        let changed = [Migration("test", 1, ["CREATE TABLE other (id TEXT)"])]
        await #expect(throws: MigrationChanged.self) { try await test.database.migrate(changed, at: .example) }
    }

    @Test("Observers hear of a commit after it is done")
    func observers() async throws {
        let test = try await TestDatabase(Note.migrations)
        let heard = Mutex(0)
        let counter = Counter()
        test.database.afterCommit { counter.add() }
        try await test.database.write { tx in try tx.insert(Note(id: 1)) }
        // The observer runs on the writer's queue, right after the answer is released; the next write follows it.
        try await test.database.write { tx in try tx.insert(Note(id: 2)) }
        heard.withLock { $0 = counter.value }
        #expect(heard.withLock { $0 } >= 1)
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
