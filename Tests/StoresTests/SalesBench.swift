import Accounts
import Applications
import CanonicalJSON
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import PackSupport
import Sealing
import TestSupport
import Work

@testable import Catalogue
@testable import Stores
@testable import Web

/// Shops of natural persons and of a company, and a client that may be anybody.
final class SalesBench: Sendable {
    private let kept: TestDatabase
    private let vault = Vault(.forTesting())
    let clock = ManualClock()
    let pages: Pages
    let stores: Stores
    let reading: TurnoverReading

    static let limit = Money(fen: 10_000_000)

    init() async throws {
        kept = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Stores.migrations)
        pages = try Pages(templateFolders: [Pages.templates, Stores.templates], assets: .none, isDemo: false)
        let pack = try Pack.withPersons()
        reading = TurnoverReading { _ in pack }
        stores = Stores(
            database: kept.database, submission: { _, _, _ in nil }, pack: { _ in pack }, vault: vault, pages: pages,
            clock: clock)
    }

    var database: any Database { kept.database }

    /// Opens a shop.
    func shop(_ name: String = "阿珍手工皂", of person: ID<Person> = .owner, as subject: String = "person")
        async throws -> ID<Store>
    {
        let now = clock.now
        let id = ID<Store>.new(at: now)
        try await database.write { [vault] tx in
            let key = try vault.key(for: person.keyOwner, at: now, in: tx)
            let licence = PublishedLicence(
                creditCode: "", company: name, type: "", capital: "", establishedOn: "", address: "", scope: "",
                permits: [], legalRepresentative: try key.seal("", place: PublishedLicence.representativePlace))
            let store = Store(
                id: id, application: .new(at: now), person: person, name: name, pack: "pack-1", subject: subject,
                categories: ["food"], licence: licence, openedAt: now)
            try StoreStore().add(store, in: tx)
        }
        return id
    }

    /// Counts orders, as the route does.
    @discardableResult
    func count(_ sales: [Sale], in store: ID<Store>) async throws -> SalesCount.Outcome {
        let (count, now) = (SalesCount(reading: reading), clock.now)
        return try await database.write { tx in try count.count(sales, in: store, at: now, in: tx) }
    }

    func turnover(of id: ID<Store>, in year: Int = 2026) async throws -> Turnover {
        try await database.read { [reading] tx in
            guard let store = try StoreStore().find(id, in: tx) else { throw Problem.notFound }
            return try reading.turnover(of: store, in: year, in: tx)
        }
    }

    /// What was told, in order: the year and the level.
    func told() async throws -> [String] {
        try await database.read { tx in
            try tx.rows(
                "SELECT payload FROM \(sqlite: "work_events", postgres: "work.events") WHERE name = \(TurnoverReached.name) ORDER BY stream, number"
            )
            .map { row in
                let payload = Data(try row.get("payload", as: String.self).utf8)
                let event = try JSONDecoder().decode(TurnoverReached.self, from: payload)
                return "\(event.year) \(event.level)"
            }
        }
    }

    /// Runs `body` with a client of the context's routes.
    func serve(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let router = Router(context: WebContext.self)
        router.add(middleware: ProblemMiddleware(pages: pages))
        router.add(
            middleware: SessionMiddleware(
                resolver: RoleSessions(), formToken: FormToken(secret: [1]), cookies: CookieJar(isSecure: false)))
        stores.addRoutes(to: router)
        try await Hummingbird.Application(router: router).test(.router) { client in try await body(client) }
    }
}

extension Sale {
    /// An order that was paid at the moment at which tests begin.
    static func example(
        _ order: String = "1", yuan: Int64, refunded: Int64 = 0, at moment: Instant = .example
    ) -> Sale {
        Sale(order: order, amount: Money(fen: yuan * 100), refunded: Money(fen: refunded * 100), paidAt: moment)
    }
}

extension TestClientProtocol {
    /// Sends JSON; `session` is a person's id, or `operator`.
    func post(_ json: String, to path: String, session: String? = "operator", type: String = "application/json")
        async throws -> TestResponse
    {
        var headers: HTTPFields = [.contentType: type]
        if let session { headers[.cookie] = "ruzhu_session=\(session)" }
        return try await executeRequest(uri: path, method: .post, headers: headers, body: ByteBuffer(string: json))
    }

    func get(_ path: String, session: String?, accept: String = "application/json") async throws -> TestResponse {
        var headers: HTTPFields = [.accept: accept]
        if let session { headers[.cookie] = "ruzhu_session=\(session)" }
        return try await executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    var json: JSONValue { get throws { try JSONValue(parsing: Array(body.readableBytesView)) } }

    /// The codes and pointers of a problem's findings, and its own code.
    var codes: [String] {
        guard let json = try? JSONValue(parsing: Array(body.readableBytesView)) else { return [] }
        return [json["code"]?.string ?? ""]
            + (json["errors"]?.array ?? []).map { "\($0["path"]?.string ?? "") \($0["code"]?.string ?? "")" }
    }
}

extension Pack {
    /// The example's pack, in which natural persons may sell ¥100,000 a year.
    static func withPersons() throws -> Pack {
        var files = ExamplePack.files
        files["subjects.yaml", default: ""] += """

            - id: person
              name: 自然人
              note: 不用办执照
              shopTypes: [ordinary]
              deposit: individual
              turnoverLimit: 100000
              source: platform
            """
        return try Pack(bundle: PackSource(files: files).bundle, hash: "pack-1")
    }
}

/// A session's token is a person's id, or `operator`.
private struct RoleSessions: SessionResolver {
    func identity(forSession token: String) async throws -> Identity? {
        token == "operator"
            ? Identity(person: "o", roles: [.operator], label: { "138****2222" })
            : Identity(person: token, roles: [], label: { "138****2468" })
    }
}
