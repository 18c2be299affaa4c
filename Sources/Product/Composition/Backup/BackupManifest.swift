import CanonicalJSON
import Foundation
import Kernel

/// What a backup holds: `manifest.json`. Every other file of it is named here with its SHA-256.
struct BackupManifest: Sendable, Equatable {
    static let fileName = "manifest.json"
    /// Raised when older versions can't read it any more.
    static let format = 1

    struct File: Sendable, Equatable {
        let sha256: String
        let bytes: Int
    }

    let takenAt: String
    /// The migrations that the database had, such as `review/1`.
    let migrations: [String]
    /// Rows of each table.
    let rows: [String: Int]
    /// Path within the backup → the file.
    let files: [String: File]

    var json: JSONValue {
        func number(_ count: Int) -> JSONValue { .number(JSONNumber(Int64(count))) }
        var tables = JSONObject()
        for (name, count) in rows { tables[name] = number(count) }
        var listed = JSONObject()
        for (path, file) in files { listed[path] = ["bytes": number(file.bytes), "sha256": .string(file.sha256)] }
        return [
            "files": .object(listed), "format": number(Self.format),
            "migrations": .array(migrations.map { .string($0) }),
            "product": "ruzhu", "rows": .object(tables), "takenAt": .string(takenAt),
        ]
    }

    init(takenAt: String, migrations: [String], rows: [String: Int], files: [String: File]) {
        (self.takenAt, self.migrations, self.rows, self.files) = (takenAt, migrations, rows, files)
    }

    /// Reads the manifest of a backup.
    /// - Throws: `Settings.Fault` in words.
    init(of folder: URL) throws {
        let file = folder.appending(path: Self.fileName)
        guard let bytes = FileManager.default.contents(atPath: file.path) else {
            throw Settings.Fault(description: "\(folder.path) 不是一份完整的备份：没有 \(Self.fileName)")
        }
        // A backup of many pictures has a line for each.
        let limits = JSONLimits(depth: 16, bytes: 1 << 30)
        guard let json = try? JSONValue(parsing: Array(bytes), limits: limits), json["product"]?.string == "ruzhu",
            let format = json["format"]?.integer, let takenAt = json["takenAt"]?.string,
            let migrations = json["migrations"]?.array?.compactMap(\.string), let rows = json["rows"]?.object,
            let files = json["files"]?.object
        else { throw Settings.Fault(description: "\(file.path) 看不懂") }
        guard format == Self.format else {
            throw Settings.Fault(description: "这份备份的格式是 \(format)，这个版本只认得 \(Self.format)")
        }
        self.takenAt = takenAt
        self.migrations = migrations
        var counts: [String: Int] = [:]
        for member in rows { counts[member.key] = member.value.integer.map(Int.init) }
        self.rows = counts
        var listed: [String: File] = [:]
        for member in files {
            // A path that leads out of the backup is nobody's mistake.
            let parts = member.key.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
                let sha256 = member.value["sha256"]?.string, let bytes = member.value["bytes"]?.integer
            else { throw Settings.Fault(description: "\(file.path) 里的 \(member.key) 看不懂") }
            listed[member.key] = File(sha256: sha256, bytes: Int(bytes))
        }
        self.files = listed
    }
}
