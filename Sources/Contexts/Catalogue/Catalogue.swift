package import Database
package import Foundation
package import Kernel
import Sealing
import Synchronization

/// The reference book of rules: packs, published into the database under the hash of their content.
package final class Catalogue: Sendable {
    private let database: any Database
    private let store = PackStore()
    private let compiled = Mutex(Shelf())

    private struct Shelf {
        var packs: [String: Pack] = [:]
        var newest: Pack?
    }

    package init(database: any Database) { self.database = database }

    package static let migrations = CatalogueMigrations.all

    /// No published pack has this content hash.
    package struct UnknownPack: Error {
        package let hash: String
    }

    /// Nothing was published yet.
    package struct NoPack: Error {}

    /// Reads the published packs. A pack never changes under its hash, so what was compiled stays valid.
    package func load() async throws {
        let records = try await database.read { [store] tx in try store.all(in: tx) }
        for record in records { keep(try Pack(yaml: record.content, hash: record.hash)) }
    }

    /// Publishes a pack's text if it is new.
    /// - Returns: its content hash.
    @discardableResult
    package func publish(_ text: String, at now: Instant) async throws -> String {
        let hash = ContentHash.hex(of: Data(text.utf8))
        let pack = try Pack(yaml: text, hash: hash)
        let file = try PackIdentity(yaml: text)
        let isNew = try await database.write { [store] tx in
            guard try store.find(hash, in: tx) == nil else { return false }
            try tx.insert(
                PackRecord(hash: hash, id: file.id, version: file.version, content: text, publishedAt: now))
            return true
        }
        if isNew { keep(pack) }
        return hash
    }

    /// Publishes every `pack.yaml` under a folder.
    package func publish(folder: URL, at now: Instant) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        for name in names {
            let file = folder.appending(path: name).appending(path: "pack.yaml")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            try await publish(String(contentsOf: file, encoding: .utf8), at: now)
        }
    }

    /// The pack with this content hash.
    package func pack(_ hash: String) throws -> Pack {
        guard let pack = compiled.withLock({ $0.packs[hash] }) else { throw UnknownPack(hash: hash) }
        return pack
    }

    /// The pack for new applications: the one published last.
    package func current() throws -> Pack {
        guard let pack = compiled.withLock({ $0.newest }) else { throw NoPack() }
        return pack
    }

    private func keep(_ pack: Pack) {
        compiled.withLock { shelf in
            shelf.packs[pack.hash] = pack
            shelf.newest = pack
        }
    }
}
