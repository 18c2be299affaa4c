package import Database
package import Foundation
import Kernel

/// A database of its own for one test, in a folder that goes away with it.
package final class TestDatabase: Sendable {
    package let database: any Database
    package let folder: URL

    /// - Parameter rehearsing: runs each writing closure twice, since it must bear that.
    package init(_ migrations: [Migration] = [], rehearsing: Bool = true) async throws {
        folder = URL(filePath: NSTemporaryDirectory()).appending(path: "ruzhu-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path, rehearsing: rehearsing)
        try await database.migrate(migrations, at: .example)
    }

    deinit {
        try? database.close()
        try? FileManager.default.removeItem(at: folder)
    }
}
