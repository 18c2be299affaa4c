import CanonicalJSON
import Database
package import Foundation
package import Kernel

/// A copy of everything that an installation on SQLite has, except its master key. It can be taken while the product
/// serves, and needs no key: what it copies is sealed.
package struct Backup {
    static let database = "database.sqlite"
    static let blobs = "blobs"
    static let packs = "packs"
    static let key = "master.key.age"

    private let settings: Settings
    private let folder: URL
    private let clock: any WallClock

    /// - Parameter folder: where the backup goes; it must not exist.
    package init(_ settings: Settings, to folder: URL, clock: any WallClock = SystemClock()) {
        (self.settings, self.folder, self.clock) = (settings, folder, clock)
    }

    /// Takes the backup. Until it is whole, the folder is called `….part`.
    ///
    /// - Parameter recipient: a public key of age (`age1…`) for which the master key is sealed into the backup; nil to
    ///   leave it out.
    /// - Returns: what was done, in lines for people.
    package func take(sealingKeyFor recipient: String? = nil) async throws -> [String] {
        let files = FileManager.default
        let file = try settings.sqliteFile()
        guard files.fileExists(atPath: file.path) else {
            throw Settings.Fault(description: "\(settings.dataFolder.path) 里没有 SQLite 数据库，没有可以备份的")
        }
        guard !files.fileExists(atPath: folder.path) else {
            throw Settings.Fault(description: "\(folder.path) 已经有了，请换一个目录，或先移走它")
        }
        let part = folder.deletingLastPathComponent().appending(path: folder.lastPathComponent + ".part")
        try? files.removeItem(at: part)
        try files.createDirectory(at: part, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let takenAt = clock.now.iso8601
        // The database first: a picture is in its store before a row names it, so the copy's rows all have their files.
        let database = part.appending(path: Self.database)
        try SQLiteCopy.make(of: file.path, at: database.path)
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: database.path)
        let faults = try SQLiteCopy.faults(of: database.path)
        guard faults.isEmpty else {
            throw Settings.Fault(description: "数据库有损坏，没有备份：\(faults.prefix(5).joined(separator: "；"))")
        }
        var listed = [Self.database: try FileCopy.hash(database)]
        if settings.objectStore.location.isEmpty {
            try copy(settings.blobsFolder, as: Self.blobs, to: part, into: &listed)
        } else {
            try await copyObjects(to: part, into: &listed)
        }
        try copy(settings.packsFolder, as: Self.packs, to: part, into: &listed)
        if let recipient {
            let sealed = part.appending(path: Self.key)
            try SealedKey.make(of: settings.masterKeyFile, for: recipient, at: sealed)
            listed[Self.key] = try FileCopy.hash(sealed)
        }
        let manifest = BackupManifest(
            takenAt: takenAt, migrations: try SQLiteCopy.migrations(of: database.path),
            rows: try SQLiteCopy.rows(of: database.path), files: listed)
        try Data(manifest.json.canonicalBytes).write(to: part.appending(path: BackupManifest.fileName))
        // All of it, before its name says that it is whole.
        sync()
        try files.moveItem(at: part, to: folder)
        try Folder.sync(folder.deletingLastPathComponent().path)
        return lines(manifest, hasKey: recipient != nil)
    }

    private func copy(
        _ source: URL, as name: String, to part: URL, into listed: inout [String: BackupManifest.File]
    ) throws {
        for path in FileCopy.files(under: source) where !path.hasSuffix(".part") {
            do {
                listed["\(name)/\(path)"] = try FileCopy.copy(
                    source.appending(path: path), to: part.appending(path: name).appending(path: path))
            } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
                // Removed since it was listed. Had a row of the copy named it, `ruzhu verify` would say so.
                continue
            }
        }
    }

    /// The same for files in an object store.
    private func copyObjects(to part: URL, into listed: inout [String: BackupManifest.File]) async throws {
        let folder = part.appending(path: Self.blobs)
        let copied = try await settings.inWords { try await PictureCopy(settings, in: folder).take() }
        for (path, file) in copied.files {
            listed["\(Self.blobs)/\(path)"] = file
        }
        // This backup has a list of its own.
        try? FileManager.default.removeItem(at: folder.appending(path: PictureCopy.sums))
    }

    private func lines(_ manifest: BackupManifest, hasKey: Bool) -> [String] {
        let bytes = manifest.files.values.map(\.bytes).reduce(0, +)
        let pictures = manifest.files.keys.filter { $0.hasPrefix(Self.blobs + "/") }.count
        let rows = manifest.rows.values.reduce(0, +)
        return [
            "已备份到 \(folder.path)：\(rows) 行、\(pictures) 个照片文件，共 \(bytes / 1_048_576) MiB",
            hasKey
                ? "主密钥已封给指定的 age 公钥（\(Self.key)）：要有对应的私钥才能打开，私钥请存在别处"
                : "主密钥不在里面：请确认 \(settings.masterKeyFile.path) 已另外备份，没有它，这份备份打不开",
        ]
    }
}

/// The master key, sealed for somebody by the tool age (age-encryption.org, Debian package `age`), so that it can be
/// opened without this product.
enum SealedKey {
    static func make(of key: URL, for recipient: String, at target: URL) throws {
        guard recipient.wholeMatch(of: #/age1[02-9ac-hj-np-z]{58}/#) != nil else {
            throw Settings.Fault(description: "\(recipient) 不是 age 公钥；请用 age-keygen 生成，公钥以 age1 开头")
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["age", "--encrypt", "--recipient", recipient, "--output", target.path, key.path]
        do {
            try process.run()
        } catch {
            throw Settings.Fault(description: "没能运行 age：请先 apt-get install age")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Settings.Fault(
                description: "age 没能封好主密钥（退出码 \(process.terminationStatus)）：装了 age 吗？能读 \(key.path) 吗？")
        }
    }
}

extension Settings {
    /// The SQLite file.
    /// - Throws: `Fault` where rows are in PostgreSQL, which has tools of its own for this.
    func sqliteFile() throws -> URL {
        guard case .sqlite(let file) = rows else {
            throw Fault(description: "数据在 PostgreSQL 里：请用 scripts/backup-postgres 和 scripts/restore-postgres")
        }
        return file
    }
}
