package import Database
package import Foundation
package import Kernel
import Synchronization
package import Work

/// The reference book of rules: packs, published into the database under the hash of their content.
package final class Catalogue: Sendable {
    private let database: any Database
    private let store = PackStore()
    private let shelf = Mutex(Shelf())

    private struct Shelf {
        var packs: [String: Pack] = [:]
        var publications: [Publication] = []
    }

    package init(database: any Database) { self.database = database }

    package static let migrations = CatalogueMigrations.all
    /// Its tables, those that others refer to first.
    package static let tables = [PackRecord.table, PublicationRecord.table]

    /// No published pack has this content hash.
    package struct UnknownPack: Error {
        package let hash: String
    }

    /// Nothing is in force.
    package struct NoPack: Error {}

    // MARK: Reading

    /// Reads what was published since. A pack never changes under its hash, so what was compiled stays valid.
    ///
    /// - Returns: packs that this version of the product can't read; whoever is pinned to one has to wait for one that
    ///   can.
    @discardableResult
    package func load() async throws -> [String] {
        let known = shelf.withLock { Set($0.packs.keys) }
        let (records, publications) = try await database.read { [store] tx in
            (try store.unknown(to: known, in: tx), try store.publications(in: tx))
        }
        var unreadable: [String] = []
        for record in records {
            if let pack = try? Pack(bundle: record.content, hash: record.hash) {
                keep(pack)
            } else {
                unreadable.append(record.hash)
            }
        }
        shelf.withLock { $0.publications = publications }
        return unreadable
    }

    /// The pack with this content hash.
    package func pack(_ hash: String) throws -> Pack {
        guard let pack = shelf.withLock({ $0.packs[hash] }) else { throw UnknownPack(hash: hash) }
        return pack
    }

    /// The pack that new applications follow.
    package func current(at now: Instant) throws -> Pack {
        guard let publication = publications.inForce(at: now) else { throw NoPack() }
        return try pack(publication.pack)
    }

    /// Everything that was proposed or published, the oldest first.
    package var publications: [Publication] { shelf.withLock { $0.publications } }

    // MARK: Publishing

    /// Proposes a pack; a second person has to approve it.
    ///
    /// - Parameter key: marks a write that may be sent again; the repetition gets the first proposal.
    /// - Throws: `PackFaults` for a pack that can't be used, `Publication.Refusal.nothingNew`, `.tooSoon`.
    @discardableResult
    package func propose(
        _ source: PackSource, effectiveAt: Instant, by person: String, at now: Instant, key: IdempotencyKey? = nil
    ) async throws -> Publication {
        try await announce(source, effectiveAt: effectiveAt, by: person, at: now, key: key) { publication, isFirst in
            try publication.checkNotice(isFirst: isFirst, at: now)
        }
    }

    /// Publishes a pack from the operator's command line.
    /// - Throws: `PackFaults`, `Publication.Refusal.tooSoon`, `.nothingNew`.
    @discardableResult
    package func publish(_ source: PackSource, effectiveAt: Instant, at now: Instant) async throws -> Publication {
        try await announce(source, effectiveAt: effectiveAt, by: nil, at: now) { publication, isFirst in
            try publication.announce(by: nil, isFirst: isFirst, at: now)
        }
    }

    /// Publishes the pack of a folder if nothing was ever published: a new mall begins with it.
    package func publishFirst(folder: URL, at now: Instant) async throws {
        guard publications.allSatisfy({ $0.announcedAt == nil }) else { return }
        try await publish(PackSource(folder: folder), effectiveAt: now, at: now)
    }

    /// A second person agrees to a proposal.
    package func approve(
        _ id: ID<Publication>, by person: String, at now: Instant, key: IdempotencyKey? = nil
    ) async throws {
        try await change(id, key, at: now) { publication, isFirst in
            try publication.approve(by: person, isFirst: isFirst, at: now)
        }
    }

    /// Takes a proposal or an announcement back before it holds.
    package func withdraw(
        _ id: ID<Publication>, by person: String?, at now: Instant, key: IdempotencyKey? = nil
    ) async throws {
        try await change(id, key, at: now) { publication, _ in try publication.withdraw(by: person, at: now) }
    }

    private func announce(
        _ source: PackSource, effectiveAt: Instant, by person: String?, at now: Instant, key: IdempotencyKey? = nil,
        _ body: @escaping @Sendable (inout Publication, _ isFirst: Bool) throws -> Void
    ) async throws -> Publication {
        let pack = try Pack(source)
        let record = PackRecord(
            hash: pack.hash, id: pack.content.id, version: pack.content.version, content: source.bundle,
            publishedAt: now)
        let proposed = Publication(
            id: .new(at: now), pack: pack.hash, effectiveAt: effectiveAt, proposedBy: person, proposedAt: now)
        let id = try await database.write { [store] tx in
            try tx.once(key?.narrowed(to: pack.hash), at: now) { tx in
                var publication = proposed
                let before = try store.publications(in: tx)
                guard before.inForce(at: effectiveAt)?.pack != pack.hash else { throw Publication.Refusal.nothingNew }
                try body(&publication, before.allSatisfy { $0.announcedAt == nil })
                if try store.find(pack.hash, in: tx) == nil { try tx.insert(record) }
                try tx.insert(PublicationRecord(publication))
                return publication.id.text
            }
        }
        keep(pack)
        try await load()
        return publications.first { $0.id.text == id } ?? proposed
    }

    private func change(
        _ id: ID<Publication>, _ key: IdempotencyKey?, at now: Instant,
        _ body: @escaping @Sendable (inout Publication, _ isFirst: Bool) throws -> Void
    ) async throws {
        _ = try await database.write { [store] tx in
            try tx.once(key, at: now) { tx in
                guard var publication = try store.publication(id, in: tx) else { throw Problem.notFound }
                try body(&publication, try store.publications(in: tx).allSatisfy { $0.announcedAt == nil })
                try tx.update(PublicationRecord(publication))
                return id.text
            }
        }
        try await load()
    }

    private func keep(_ pack: Pack) { shelf.withLock { $0.packs[pack.hash] = $0.packs[pack.hash] ?? pack } }
}

extension Publication.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .tooSoon:
            Problem(.unprocessable, code: rawValue, title: "生效日期太近", hint: "规则变更要提前 7 天公示（电子商务法第三十四条），请选更晚的日期")
        case .samePerson: Problem(.conflict, code: rawValue, title: "不能批准自己的提议", hint: "请另一位运营人员来批准")
        case .notProposed: Problem(.conflict, code: rawValue, title: "这份提议已经处理过了", hint: "刷新页面看最新的状态")
        case .alreadyInForce: Problem(.conflict, code: rawValue, title: "规则已经生效，不能撤回", hint: "可以再发布一份新的")
        case .nothingNew:
            Problem(.conflict, code: rawValue, title: "那一天的规则本来就是这一份", hint: "不用再发布；要改内容，请先改规则包的文件")
        }
    }
}
