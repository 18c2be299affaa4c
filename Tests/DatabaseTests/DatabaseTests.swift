import Database
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

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

    @Test("An older version serves on after a newer one has migrated")
    func newerSchema() async throws {
        let newer =
            Note.migrations + [
                Migration("test", 2, ["ALTER TABLE \(Note.table) ADD COLUMN colour TEXT"]),
                Migration(
                    "later", 1, ["CREATE TABLE \(Table("later", "things", key: ["id"], columns: ["id"])) (id TEXT)"]),
            ]
        let test = try await TestDatabase(newer)
        #expect(try await test.database.pending(Note.migrations).isEmpty)
        #expect(try await test.database.migrate(Note.migrations, at: .example).isEmpty)
        try await test.database.write { tx in try tx.insert(Note(id: 1)) }
        #expect(try await test.database.pending(newer).isEmpty)
    }

    @Test("A read sees one state, whatever others commit meanwhile")
    func snapshot() async throws {
        let test = try await TestDatabase(Note.migrations)
        try await test.database.write { tx in try tx.insert(Note(id: 1)) }
        let (begun, committed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let counts = test.database.read { tx in
            let before: Int? = try tx.value("SELECT COUNT(*) FROM \(Note.table)")
            begun.signal()
            committed.wait()
            let after: Int? = try tx.value("SELECT COUNT(*) FROM \(Note.table)")
            return [before, after]
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                begun.wait()
                continuation.resume()
            }
        }
        try await test.database.write { tx in try tx.insert(Note(id: 2)) }
        committed.signal()
        #expect(try await counts == [1, 1])
        let now: Int? = try await test.database.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(now == 2)
    }

    @Test("A closure that is run twice takes effect once")
    func rehearsal() async throws {
        let test = try await TestDatabase(Note.migrations, rehearsing: true)
        let runs = Counter()
        try await test.database.write { tx in
            runs.add()
            try tx.insert(Note(id: 1))
        }
        #expect(runs.value >= 2)
        let count: Int? = try await test.database.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(count == 1)
    }

    @Test("Texts are ordered by their bytes")
    func order() async throws {
        let test = try await TestDatabase(Note.migrations)
        let texts = ["a", "B", "a-c", "ab", "ä", "Z", "中", "~", "1", "/"]
        try await test.database.write { tx in
            for (id, text) in texts.enumerated() { try tx.insert(Note(id: id, text: text)) }
        }
        let found = try await test.database.read { tx in
            try tx.all("SELECT \(columns: Note.table) FROM \(Note.table) ORDER BY text", as: Note.self).map(\.text)
        }
        #expect(found == texts.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    }

    @Test("Nothing, an empty text, and the largest and smallest numbers come back as they were")
    func extremes() async throws {
        let test = try await TestDatabase(Note.migrations)
        let notes = [
            Note(id: .min, bytes: nil), Note(id: .max, bytes: []), Note(id: 0, text: "\u{10FFFF}", bytes: [0]),
            Note(id: -1, bytes: [UInt8](repeating: 7, count: 300_000)),
        ]
        for note in notes { try await test.database.write { tx in try tx.insert(note) } }
        let found = try await test.database.read { tx in
            try tx.all("SELECT \(columns: Note.table) FROM \(Note.table) ORDER BY id", as: Note.self)
        }
        #expect(found == notes.sorted { $0.id < $1.id })
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

final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
