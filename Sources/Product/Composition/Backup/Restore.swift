import Blobs
import Database
package import Foundation
import Kernel
import Sealing

/// Puts a backup back into an empty place, and looks whether it is whole before the product may use it.
package struct Restore {
    private let settings: Settings
    private let folder: URL

    /// - Parameter folder: the backup.
    package init(_ settings: Settings, from folder: URL) { (self.settings, self.folder) = (settings, folder) }

    /// - Parameter key: the master key's file; nil if it lies at its place already.
    /// - Returns: what was done, in lines for people.
    package func perform(key: URL?) async throws -> [String] {
        let manifest = try BackupManifest(of: folder)
        let file = try settings.sqliteFile()
        try refuseUnlessPossible(manifest, over: file, key: key)
        let store = settings.objectStore.location.isEmpty ? nil : try await emptyStore()
        let files = FileManager.default
        try files.createDirectory(
            at: settings.dataFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if let key { try place(key) }
        // Under its own name only when all else is there: half a restoration must not look like an installation.
        let aside = file.appendingPathExtension("part")
        try? files.removeItem(at: aside)
        for (path, listed) in manifest.files.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
            let target: URL
            switch parts[0] {
            case Backup.database: target = aside
            case Backup.blobs where parts.count == 2:
                if let store {
                    try await putBack(path, listed, into: store)
                    continue
                }
                target = settings.blobsFolder.appending(path: parts[1])
            // Published rules are in the database; the folder, the key and what is unknown stay where they are.
            default: continue
            }
            guard try FileCopy.copy(folder.appending(path: path), to: target) == listed else { throw damaged(path) }
        }
        let faults = try SQLiteCopy.faults(of: aside.path)
        guard faults.isEmpty, try SQLiteCopy.rows(of: aside.path) == manifest.rows else {
            throw Settings.Fault(description: "数据库文件有损坏，没有恢复：\(faults.prefix(5).joined(separator: "；"))")
        }
        sync()
        try files.moveItem(at: aside, to: file)
        try Folder.sync(settings.dataFolder.path)
        return try await lines(manifest)
    }

    private func damaged(_ path: String) -> Settings.Fault {
        Settings.Fault(description: "\(path) 和清单里的 SHA-256 不一致：备份坏了，没有恢复数据库")
    }

    /// The object store that the settings name, if nothing is in its part of the bucket yet.
    private func emptyStore() async throws -> any BlobStore {
        let store = try settings.blobStore(for: "documents", clock: SystemClock(), logger: Launch.logger(settings))
        try await settings.inWords {
            for try await page in store.names(written: PictureCopy.always)
            where !page.isEmpty {
                throw Settings.Fault(description: "\(settings.objectStore.location) 里已经有照片了：只恢复到空的地方，请换一个前缀")
            }
        }
        return store
    }

    private func putBack(_ path: String, _ listed: BackupManifest.File, into store: any BlobStore) async throws {
        let source = folder.appending(path: path)
        guard let name = BlobName(source.lastPathComponent),
            let bytes = FileManager.default.contents(atPath: source.path),
            ContentHash.hex(of: Array(bytes)) == listed.sha256
        else { throw damaged(path) }
        try await settings.inWords { try await store.putBack(SealedPieces(Sealed(bytes: Array(bytes))), as: name) }
    }

    private func refuseUnlessPossible(_ manifest: BackupManifest, over file: URL, key: URL?) throws {
        let files = FileManager.default
        for place in [file.path, file.path + "-wal"]
        where files.fileExists(atPath: place) {
            throw Settings.Fault(description: "\(place) 已经有了：只恢复到空的目录，请先移走原来的数据")
        }
        guard !settings.objectStore.location.isEmpty || FileCopy.files(under: settings.blobsFolder).isEmpty else {
            throw Settings.Fault(description: "\(settings.blobsFolder.path) 不是空的：只恢复到空的目录")
        }
        let known = Set(Product.migrations.map { "\($0.context)/\($0.number)" })
        let newer = manifest.migrations.filter { !known.contains($0) }
        guard newer.isEmpty else {
            throw Settings.Fault(description: "备份来自更新的版本（\(newer.joined(separator: "、"))），请用那个版本恢复")
        }
        guard key != nil || files.fileExists(atPath: settings.masterKeyFile.path) else {
            throw Settings.Fault(
                description: "没有主密钥：请用 --key 指出它，或先放到 \(settings.masterKeyFile.path)。"
                    + "备份里的 \(Backup.key) 可以用 age --decrypt -i 私钥文件 打开")
        }
    }

    private func place(_ key: URL) throws {
        let target = settings.masterKeyFile
        if FileManager.default.contentsEqual(atPath: key.path, andPath: target.path) { return }
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw Settings.Fault(description: "\(target.path) 已经有另一把主密钥，没有覆盖它")
        }
        _ = try FileCopy.copy(key, to: target)
    }

    private func lines(_ manifest: BackupManifest) async throws -> [String] {
        let rows = manifest.rows.values.reduce(0, +)
        var lines = ["已恢复 \(manifest.takenAt) 的备份：\(rows) 行、\(manifest.files.count) 个文件，SHA-256 都一致"]
        let product = try Launch.atRest(settings)
        defer { try? product.database.close() }
        try await Launch.inWords { try await product.database.read { tx in try product.vault.verifyKey(in: tx) } }
        let pending = try await product.database.pending(Product.migrations)
        lines.append(
            pending.isEmpty
                ? "主密钥是这份数据的。接着运行 ruzhu verify" : "主密钥是这份数据的。数据库结构较旧，接着运行 ruzhu migrate，再运行 ruzhu verify")
        return lines
    }
}
