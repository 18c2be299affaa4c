import Accounts
import CanonicalJSON
import Database
import Foundation
import Kernel
import Logging
import PackSupport
import Sealing
import TestSupport
import Web
import Work

@testable import Applications
@testable import Catalogue
@testable import Stores

/// Stores on a database of its own, with one submission upstream.
final class StoresBench: Sendable {
    private let kept: TestDatabase
    let vault = Vault(.forTesting())
    let clock = ManualClock()
    let pages: Pages
    let stores: Stores

    init() async throws {
        kept = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Stores.migrations)
        pages = try Pages(templateFolders: [Pages.templates, Stores.templates], assets: .none, isDemo: false)
        let pack = try Pack.withDatedPermits()
        stores = Stores(
            database: kept.database,
            submission: { application, round, _ in
                Submission(
                    application: application, person: .owner, round: round, pack: "pack-1", categories: ["food"],
                    submittedAt: .example, digest: "d", values: Secret(.submissionExample))
            }, pack: { _ in pack }, vault: vault, pages: pages, clock: clock)
        let now = clock.now
        try await database.write { [vault] tx in _ = try vault.key(for: ID<Person>.owner.keyOwner, at: now, in: tx) }
    }

    var database: any Database { kept.database }
    func everythingKept() throws -> [(name: String, bytes: Data)] { try kept.kept() }

    /// Asks for the opening and lets the handlers have it. Returns the store.
    func open() async throws -> ID<Store>? {
        let now = clock.now
        let request = StageRequested(
            application: .shop, person: .owner, stage: .opening, round: 1, pack: "pack-1", categories: ["food"])
        try await database.write { tx in try tx.emit(request, at: now) }
        try await Dispatcher(
            database: database, handlers: stores.handlers, clock: clock, logger: Logger(label: "test")
        ).drain()
        return try await database.read { tx in try Stores.storeID(of: .shop, in: tx) }
    }

    func store() async throws -> Store {
        let store = try await database.read { tx in try StoreStore().find(of: .shop, in: tx) }
        guard let store else { throw Problem.notFound }
        return store
    }

    /// The payloads of the events with this name.
    func events(_ name: String) async throws -> [String] {
        try await database.read { tx in
            try tx.rows(
                "SELECT payload FROM \(sqlite: "work_events", postgres: "work.events") WHERE name = \(name) ORDER BY number"
            ).map {
                try $0.get("payload", as: String.self)
            }
        }
    }
}

extension Pack {
    /// The example's pack, in which a food permit is good until a day.
    fileprivate static func withDatedPermits() throws -> Pack {
        var files = ExamplePack.files
        for (name, text) in files {
            files[name] = text.replacing("- id: food-operation\n", with: "- id: food-operation\n  validity: dated\n")
        }
        return try Pack(bundle: PackSource(files: files).bundle, hash: "pack-1")
    }
}

extension ID {
    fileprivate static func numbered(_ last: Character) -> ID {
        ID(String(repeating: "0", count: 25) + String(last)) ?? .new(at: .example)
    }
}

extension ID<Application> {
    static let shop = ID<Application>.numbered("a")
}

extension ID<Person> {
    static let owner = ID<Person>.numbered("1")
}

extension JSONValue {
    /// What an applicant handed in.
    static let submissionExample: JSONValue = [
        "licence": [
            "creditCode": "91330106MA9TE5T04E", "name": "上海市天翼星辰食品有限公司", "type": "有限责任公司（法人独资）",
            "legalRepresentative": "孙燕英", "capital": "人民币叁拾万元整", "establishedOn": "2015年08月13日",
            "address": "上海市浦东新区张江路762号", "scope": "许可项目：食品互联网销售。",
        ],
        "shop": ["name": "天翼鲜果铺子", "categories": ["food"]],
        "qualifications": ["food-operation": ["number": "JY13101150012345", "validTo": "2030年06月30日"]],
        "legalRepresentative": ["idNumber": "330106199001019979"],
        "contact": ["name": "王小明", "phone": "13800132468"],
    ]
}
