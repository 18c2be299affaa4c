import Blobs
package import Foundation
import Kernel
import Sealing

/// A copy in a folder of the sealed files of a store, whatever kind of store that is, and the way back.
///
/// A file is in the store before a row names it, and stays for a day after none does: a copy that is begun after that
/// of the rows has all that they name. Files never change, so that one folder serves all days: what it has is not
/// fetched again, and nothing is removed from it. `SHA256SUMS` names what is whole, as the tool `sha256sum` reads it.
package struct PictureCopy: Sendable {
    static let sums = "SHA256SUMS"
    /// For `BlobStore.names`: whenever written, within the years that have four digits.
    static let always = Instant(milliseconds: 0)..<Instant(milliseconds: 253_402_300_799_000)
    private static let atOnce = 8

    private let store: any BlobStore
    private let folder: URL

    /// - Parameter folder: where the copy is: `ab/ab…` for each file, the shelves of a folder store.
    package init(_ settings: Settings, in folder: URL) throws {
        store = try settings.blobStore(for: "documents", clock: SystemClock(), logger: Launch.logger(settings))
        self.folder = folder
    }

    /// Copies what the folder has not yet.
    ///
    /// - Returns: what the folder has now, by path, and how many files were fetched.
    func take() async throws -> (files: [String: BackupManifest.File], fetched: Int) {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var kept = listed() ?? [:]
        try mend(kept)
        var fetched = 0
        for try await page in store.names(written: Self.always) {
            let missing = page.filter { kept[Self.path($0)] == nil }
            let new = try await each(missing) { name in try await fetch(name) }.compactMap(\.self)
            try append(new)
            for (path, file) in new { kept[path] = file }
            fetched += new.count
        }
        return (kept, fetched)
    }

    /// Puts all files of the folder into the store. Those that are there stay; one that is not as it was copied ends it.
    ///
    /// - Returns: how many there are.
    func putBack() async throws -> Int {
        guard let kept = listed() else {
            throw Settings.Fault(description: "\(folder.path) 不是一份照片备份：没有 \(Self.sums)")
        }
        _ = try await each(kept.keys.sorted()) { path in
            guard let name = BlobName(String(path.suffix(32))), Self.path(name) == path,
                let bytes = FileManager.default.contents(atPath: folder.appending(path: path).path),
                ContentHash.hex(of: Array(bytes)) == kept[path]?.sha256
            else { throw Settings.Fault(description: "\(path) 不见了，或和 SHA-256 不一致：这份照片备份坏了") }
            try await store.putBack(SealedPieces(Sealed(bytes: Array(bytes))), as: name)
        }
        return kept.count
    }

    private static func path(_ name: BlobName) -> String { "\(name.text.prefix(2))/\(name.text)" }

    /// Nil for a file that was removed since it was listed.
    private func fetch(_ name: BlobName) async throws -> (key: String, value: BackupManifest.File)? {
        let target = folder.appending(path: Self.path(name))
        let aside = target.appendingPathExtension("part")
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try? FileManager.default.removeItem(at: aside)
        let bytes: [UInt8]
        do {
            bytes = try await store.get(name).bytes
        } catch is MissingBlob {
            return nil
        }
        try FileCopy.write(bytes, to: aside)
        guard rename(aside.path, target.path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return (Self.path(name), .init(sha256: ContentHash.hex(of: bytes), bytes: bytes.count))
    }

    /// Does something for each of some values, a few at once, in no order.
    private func each<Value: Sendable, Outcome: Sendable>(
        _ values: [Value], _ act: @escaping @Sendable (Value) async throws -> Outcome
    ) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            var rest = values[...]
            var outcomes: [Outcome] = []
            for _ in 0..<Self.atOnce {
                guard let value = rest.popFirst() else { break }
                group.addTask { try await act(value) }
            }
            while let outcome = try await group.next() {
                outcomes.append(outcome)
                guard let value = rest.popFirst() else { continue }
                group.addTask { try await act(value) }
            }
            return outcomes
        }
    }

    private var list: URL { folder.appending(path: Self.sums) }

    private static func lines(_ files: some Sequence<(key: String, value: BackupManifest.File)>) -> Data {
        Data(files.map { "\($0.value.sha256)  \($0.key)\n" }.joined().utf8)
    }

    /// What the folder says that it has, as far as the files are there; nil if there is no list.
    private func listed() -> [String: BackupManifest.File]? {
        guard let text = try? String(contentsOf: list, encoding: .utf8) else { return nil }
        var found: [String: BackupManifest.File] = [:]
        for line in text.split(separator: "\n") {
            // Sixty-four digits, two blanks, the path.
            let (sum, path) = (String(line.prefix(64)), String(line.dropFirst(66)))
            var status = stat()
            guard path.utf8.count == 35, stat(folder.appending(path: path).path, &status) == 0 else { continue }
            found[path] = .init(sha256: sum, bytes: Int(status.st_size))
        }
        return found
    }

    /// Writes the list anew if a copy was cut short in the middle of a line.
    private func mend(_ kept: [String: BackupManifest.File]) throws {
        guard let last = try? Data(contentsOf: list).last, last != UInt8(ascii: "\n") else { return }
        try Self.lines(kept).write(to: list, options: .atomic)
    }

    /// Notes files, once they are on the disk.
    private func append(_ files: [(key: String, value: BackupManifest.File)]) throws {
        guard !files.isEmpty else { return }
        sync()
        let descriptor = open(list.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try output.write(contentsOf: Self.lines(files))
        try output.synchronize()
        try output.close()
    }
}

extension Launch {
    /// Copies the sealed pictures of the store into a folder, those that it has not yet.
    package static func backUpPictures(_ settings: Settings, to folder: URL) async throws -> String {
        let (files, fetched) = try await settings.inWords { try await PictureCopy(settings, in: folder).take() }
        return "照片已备份到 \(folder.path)：共 \(files.count) 个文件，这次新取 \(fetched) 个"
    }

    /// Puts such a copy into the store.
    package static func restorePictures(_ settings: Settings, from folder: URL) async throws -> String {
        let count = try await settings.inWords { try await PictureCopy(settings, in: folder).putBack() }
        return "照片已放回：\(count) 个文件，SHA-256 都一致"
    }
}
