import Database
import Foundation
import Kernel
import Testing

@Suite("SQLite's faults")
struct SQLiteFaultTests {
    @Test("When too many writes wait, the next is told to come again, and those that wait are done")
    func queue() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ruzhu-queue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "rows.sqlite").path, queueLength: 2)
        _ = try await database.migrate(Note.migrations, at: Instant(milliseconds: 0))
        let (holds, goesOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let holder: Void = database.write { tx in
            holds.signal()
            goesOn.wait()
            try tx.insert(Note(id: 0))
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                holds.wait()
                continuation.resume()
            }
        }
        let outcomes = await withTaskGroup(of: DatabaseUnavailable?.self) { group in
            for id in 1...5 {
                group.addTask {
                    do {
                        try await database.write { tx in try tx.insert(Note(id: id)) }
                        return nil
                    } catch {
                        return error as? DatabaseUnavailable
                    }
                }
            }
            var outcomes: [DatabaseUnavailable?] = []
            for await outcome in group {
                outcomes.append(outcome)
                // Those that are refused are told at once; the others wait for the holder.
                if outcomes.count == 3 { goesOn.signal() }
            }
            return outcomes
        }
        try await holder
        #expect(outcomes == [.busy, .busy, .busy, nil, nil])
        let kept: Int? = try await database.read { tx in try tx.value("SELECT COUNT(*) FROM \(Note.table)") }
        #expect(kept == 3)
        try database.close()
    }

    @Test(
        "A full database is told as such, keeps nothing of the refused write, and takes writes again once there is room"
    )
    func full() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ruzhu-full-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "rows.sqlite").path)
        _ = try await database.migrate(Note.migrations, at: Instant(milliseconds: 0))
        try await database.write { tx in
            try tx.insert(Note(id: 1))
            _ = try tx.rows("PRAGMA max_page_count = 20")
        }
        let refused = await #expect(throws: DatabaseUnavailable.self) {
            try await database.write { tx in
                try tx.insert(Note(id: 2))
                try tx.insert(Note(id: 3, bytes: [UInt8](repeating: 7, count: 1 << 20)))
            }
        }
        #expect(refused == .full)
        #expect(refused?.problem.code == "database.full")
        #expect(refused?.problem.status == .unavailable)
        try await database.write { tx in _ = try tx.rows("PRAGMA max_page_count = 100000") }
        try await database.write { tx in try tx.insert(Note(id: 4)) }
        let kept = try await database.read { tx in
            try tx.all("SELECT \(columns: Note.table) FROM \(Note.table) ORDER BY id", as: Note.self).map(\.id)
        }
        #expect(kept == [1, 4])
        try database.close()
    }
}
