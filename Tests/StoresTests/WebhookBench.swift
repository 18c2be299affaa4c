import Accounts
import Database
import Foundation
import Kernel
import Logging
import PackSupport
import Sealing
import TestSupport
import Testing
import Work

@testable import Applications
@testable import Catalogue
@testable import Stores
@testable import Web

/// Stores, a receiver that listens on this machine, and an operator who sets them up.
final class WebhookBench: Sendable {
    private let kept: TestDatabase
    let vault = Vault(.forTesting())
    let clock = ManualClock()
    let pages: Pages
    let stores: Stores
    let desk: WebhookDesk
    let receiver: Receiver
    private let runner: JobRunner

    /// - Parameter timeout: longer than in the product, because a machine full of tests may be slow.
    init(
        _ receiver: Receiver, allowing hosts: [String]? = nil, resolver: HostResolver = .system,
        timeout: Duration = .seconds(120)
    ) async throws {
        self.receiver = receiver
        kept = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Stores.migrations)
        pages = try Pages(templateFolders: [Pages.templates, Stores.templates], assets: .none, isDemo: false)
        let pack = try ExamplePack.pack()
        let caller = WebhookCaller(
            allowed: AllowedHosts(hosts ?? ["localhost:\(receiver.port)"]), resolver: resolver, timeout: timeout)
        stores = Stores(
            database: kept.database,
            submission: { application, round, _ in
                Submission(
                    application: application, person: .owner, round: round, pack: "pack-1", categories: ["food"],
                    submittedAt: .example, digest: "d", values: Secret(.submissionExample))
            }, pack: { _ in pack }, vault: vault, pages: pages, clock: clock, caller: caller,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, chance: { 0 })
        desk = WebhookDesk(
            vault: vault, allowed: caller.allowed,
            messages: WebhookMessages(pack: { _ in pack }, site: "https://ruzhu.example.cn"))
        runner = JobRunner(
            database: kept.database, handlers: stores.jobs, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let now = clock.now
        try await database.write { [vault] tx in _ = try vault.key(for: ID<Person>.owner.keyOwner, at: now, in: tx) }
    }

    var database: any Database { kept.database }
    func everythingKept() throws -> [(name: String, bytes: Data)] { try kept.kept() }
    var hand: WebhookDesk.Hand { WebhookDesk.Hand(person: "o", now: clock.now) }

    /// Registers an endpoint at the receiver. Returns it with its secret.
    func register(
        _ host: String = "localhost", path: String = "/hooks", events: Set<WebhookEvent> = [.shopOpened]
    ) async throws -> (ID<WebhookEndpoint>, WebhookSecret) {
        let (id, secret, secretID) = (
            ID<WebhookEndpoint>.new(at: clock.now), WebhookSecret.random(), ID<WebhookSecret>.new(at: clock.now)
        )
        let entry = WebhookDesk.Entry(
            address: try WebhookAddress("http://\(host):\(receiver.port)\(path)", allowing: desk.allowed),
            description: "商城店铺中心", events: events)
        try await act { desk, hand, tx in
            try desk.create(entry, id: id, secret: secret, secretID: secretID, by: hand, in: tx)
        }
        return (id, secret)
    }

    func act<Value: Sendable>(
        _ body: @escaping @Sendable (WebhookDesk, WebhookDesk.Hand, borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await database.write { [desk, hand] tx in try body(desk, hand, tx) }
    }

    /// Opens a shop, and hears of it what there is to hear.
    @discardableResult
    func open(_ application: ID<Application>? = nil) async throws -> ID<Store>? {
        let (now, application) = (clock.now, application ?? .new(at: clock.now))
        let request = StageRequested(
            application: application, person: .owner, stage: .opening, round: 1, pack: "pack-1", categories: ["food"])
        try await database.write { tx in try tx.emit(request, at: now) }
        try await Dispatcher(
            database: database, handlers: stores.handlers, clock: clock, logger: Logger(label: "test")
        ).drain()
        return try await database.read { tx in try Stores.storeID(of: application, in: tx) }
    }

    /// Does the jobs that are due now.
    @discardableResult
    func work() async throws -> Int { try await runner.pass() }

    func endpoint(_ id: ID<WebhookEndpoint>) async throws -> WebhookEndpoint {
        try #require(try await database.read { tx in try WebhookStore().endpoint(id, in: tx) })
    }

    func view(_ id: ID<WebhookEndpoint>) async throws -> WebhookView {
        let now = clock.now
        return try await database.read { tx in
            try WebhookView(of: id, before: nil, at: now, staffName: { person, _ in person }, in: tx)
        }
    }

    /// Works until the newest delivery to an endpoint is settled. Returns how long that took, and the tries.
    func settle(_ id: ID<WebhookEndpoint>) async throws -> (Duration, [WebhookAttempt]) {
        let start = clock.now
        for _ in 0..<40 {
            try await work()
            guard let one = try await view(id).deliveries.first, one.delivery.state == .waiting,
                let next = one.delivery.nextAt
            else { break }
            clock.advance(by: next.since(clock.now))
        }
        return (clock.now.since(start), try await view(id).deliveries.first?.attempts.reversed() ?? [])
    }
}
