import Database
import Foundation
import Kernel
import Testing

@Suite("SQLite's faults")
struct SQLiteFaultTests {
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
