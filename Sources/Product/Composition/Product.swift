package import Accounts
import Agreements
package import Applications
import Blobs
package import Catalogue
import ChineseIdentifiers
package import Database
import Deposits
package import Documents
package import Foundation
package import Hummingbird
package import Kernel
package import Logging
package import Notifications
package import Review
import Screening
package import Sealing
package import ServiceLifecycle
import Stores
package import Web
package import Work
import WorkingTime

/// The whole product, put together: the only place that sees every context.
package struct Product: Sendable {
    package let settings: Settings
    package let database: any Database
    package let accounts: Accounts
    package let catalogue: Catalogue
    package let applications: Applications
    package let documents: Documents
    private let blobsNote: NotedBlobStore.Note
    package let review: Review
    let stores: Stores
    let notifications: Notifications
    let pages: Pages
    let assets: Assets
    package let vault: Vault
    let reader: any PictureReader
    let clock: any WallClock
    let logger: Logger
    let meter = Meter()
    let drain = Drain()
    package let dispatcher: Dispatcher
    package let jobs: JobRunner

    /// The schemas of all contexts, in the order of their dependencies.
    package static let migrations: [Migration] =
        SealingMigrations.all + WorkMigrations.all + Accounts.migrations + Catalogue.migrations + Documents.migrations
        + Applications.migrations + Screening.migrations + Review.migrations + Stores.migrations

    /// All tables, those that others refer to first. A test compares them with the sources and with both engines.
    package static let tables: [Table] =
        SealingMigrations.tables + WorkMigrations.tables + Accounts.tables + Catalogue.tables + Documents.tables
        + Applications.tables + Screening.tables + Review.tables + Stores.tables

    /// The tables whose rows are frozen facts.
    package static let frozen: [FrozenTable] =
        Accounts.frozen + Applications.frozen + Screening.frozen + Review.frozen

    /// The folders of all page templates.
    package static let templates: [URL] = [
        Pages.templates, Accounts.templates, Catalogue.templates, Applications.templates, Review.templates,
        Stores.templates,
        Bundle.module.bundleURL.appending(path: "Templates"),
    ]

    /// Opens the database and builds every context on it. Nothing runs yet.
    ///
    /// - Parameter wrap: may stand between the contexts and the engine, to look at what they ask it.
    /// - Throws: `MasterKey.Fault`, `SQLiteDatabase.NotDurable`, `Assets.NotBuilt`, or what SQLite says.
    package init(
        _ settings: Settings, assets: Assets? = nil, reader: any PictureReader, sender: any ShortMessageSender,
        clock: any WallClock = SystemClock(), logger: Logger, rehearsing: Bool = false,
        through wrap: (any Database) -> any Database = { $0 }
    ) throws {
        let master = try MasterKey(file: settings.masterKeyFile.path)
        self.settings = settings
        let roles = settings.roles
        self.clock = clock
        self.logger = logger
        self.reader = reader
        self.assets = try assets ?? Assets(folder: settings.assetsFolder)
        vault = Vault(master)
        database = wrap(try settings.openDatabase(rehearsing: rehearsing))
        pages = try Pages(templateFolders: Self.templates, assets: self.assets, isDemo: settings.isDemo)
        accounts = try Accounts(
            database: database, vault: vault, clock: clock, limits: settings.isDemo ? .demo : .standard)
        catalogue = Catalogue(database: database)
        let blobs = NotedBlobStore(store: try settings.blobStore(for: "documents", clock: clock, logger: logger))
        blobsNote = blobs.note
        documents = Documents(
            database: database, blobs: blobs, vault: vault, reader: reader, converter: HEICPictures(), clock: clock,
            mayReview: { try Applications.wasHandedIn($0, in: $1) })
        // The shop belongs to a context downstream of applications, which therefore can't ask for it by name.
        applications = Applications(
            database: database, vault: vault, catalogue: catalogue, documents: documents, pages: pages, clock: clock,
            calendar: WorkingCalendar(hours: settings.workingHours),
            shopLink: { application, tx in try Stores.path(ofStoreOpenedBy: application, in: tx) })
        let screening = Screening(applications: applications, catalogue: catalogue, vault: vault)
        review = Review(
            database: database, applications: applications, catalogue: catalogue, documents: documents, vault: vault,
            pages: pages, clock: clock, findings: { try screening.findings(of: $0, in: $1) },
            staffName: { [accounts] in try accounts.phone(of: $0, in: $1).reveal().masked })
        stores = Stores(
            database: database, applications: applications, catalogue: catalogue, vault: vault, pages: pages,
            clock: clock, site: settings.publicURL, webhookHosts: settings.webhookHosts, support: settings.support,
            logger: logger)
        notifications = Notifications(
            database: database, accounts: accounts, sender: sender, clock: clock, site: settings.publicURL,
            logger: logger)
        let agreements = Agreements(catalogue: catalogue)
        let deposits = Deposits(catalogue: catalogue)
        let handlers: [(Part, [EventHandler])] = [
            (.applications, applications.handlers), (.screening, screening.handlers), (.review, review.handlers),
            (.agreements, agreements.handlers), (.deposits, deposits.handlers), (.stores, stores.handlers),
            (.notifications, notifications.eventHandlers),
        ]
        let jobHandlers: [(Part, [JobHandler])] = [
            (.documents, documents.jobs), (.stores, stores.jobs), (.notifications, notifications.jobHandlers),
        ]
        dispatcher = Dispatcher(
            database: database, handlers: handlers.flatMap(\.1),
            delivering: Set(handlers.filter { roles.working.contains($0.0) }.flatMap(\.1).map(\.name)),
            clock: clock, logger: logger)
        jobs = JobRunner(
            database: database,
            handlers: jobHandlers.filter { roles.working.contains($0.0) }.flatMap(\.1)
                + [Rewinding.job(on: database, clock: clock)],
            clock: clock, logger: logger)
    }

    /// Brings the schema up to date and publishes the rule packs.
    /// - Returns: the migrations that were applied.
    /// - Throws: `WrongMasterKey` if the database was begun with another key; nothing was published then.
    @discardableResult
    package func prepare() async throws -> [String] {
        let applied = try await database.migrate(Self.migrations, at: clock.now)
        try await database.write { [vault] tx in try vault.checkKey(in: tx) }
        for hash in try await catalogue.load() {
            logger.warning("a published rule pack can't be read by this version", metadata: ["pack": .string(hash)])
        }
        try await catalogue.publishFirst(folder: settings.mallPack, at: clock.now)
        try await applications.askHeldAgain()
        return applied
    }

    /// What this process does of the whole.
    package var roles: Roles { settings.roles }

    /// All routes behind all middlewares. Addresses of parts that this process has not are answered with a refusal.
    package func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        let problems = ProblemMiddleware(pages: pages)
        let formToken = FormToken(secret: vault.blindIndex("form-token", domain: "web"))
        router.add(middleware: LastAnswers(drain: drain))
        router.add(middleware: TrustedProxy(isTrusted: settings.trustsProxy))
        router.add(middleware: AccessLog(meter: meter))
        router.add(middleware: SecurityHeaders(isSecure: settings.isSecure))
        router.add(middleware: Compression())
        // Twice: outside for what goes wrong while finding out who is there, inside so that its pages know who is there.
        router.add(middleware: problems)
        // Neither needs to know who asks, and what is public and kept for ever must carry nobody's cookie.
        HealthRoutes(
            database: database, migrations: Self.migrations, meter: meter, drain: drain,
            metricsNetwork: settings.metricsNetwork
        ).add(to: router)
        assets.addRoutes(to: router)
        router.add(middleware: SessionMiddleware(resolver: accounts, formToken: formToken, cookies: cookies))
        router.add(middleware: problems)
        router.add(middleware: RateLimitMiddleware(limiter: WriteLimit.limiter, clock: clock))
        for part in Part.allCases {
            if roles.answering.contains(part) {
                addRoutes(of: part, to: router)
            } else {
                addRoutes(of: part, to: Elsewhere(router: router, part: part))
            }
        }
        return router
    }

    /// The server and everything that runs beside it, in the order in which they start.
    package func application(
        router: Router<WebContext>, services: [any Service] = [], onRunning: @escaping @Sendable () async -> Void = {}
    ) -> some ApplicationProtocol {
        observe()
        var services = services
        if !roles.working.isEmpty { services += [dispatcher, jobs] as [any Service] }
        if roles.working.contains(.operations) { services += [Housekeeping(self), Retention(self)] as [any Service] }
        services.append(CatalogueWatch(catalogue: catalogue, logger: logger))
        return Application(
            router: router, server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "ruzhu"),
            services: services,
            onServerRunning: { [drain] channel in
                drain.door.keep(channel)
                await onRunning()
            }, logger: logger)
    }

    private func observe() {
        if roles.working.contains(.documents) {
            meter.gauges { [reader] in
                [
                    .init(
                        "ruzhu_reader_ready", help: "Whether pictures can be read",
                        await reader.condition.isReady ? 1 : 0)
                ]
            }
        }
        meter.gauges { [blobsNote] in
            [
                .init(
                    "ruzhu_blobs_ready", help: "Whether the store of pictures did what it was last asked",
                    blobsNote.isGood ? 1 : 0)
            ]
        }
        WorkGauges(database: database, clock: clock).add(to: meter)
        meter.gauges { [stores] in
            [
                .init(
                    "ruzhu_webhook_endpoints_failing",
                    help: "Endpoints of the mall that nothing reaches; -1 if nobody can say",
                    Double((try? await stores.failingEndpoints()) ?? -1))
            ]
        }
    }
}

/// How often one client may write, here and at the proxy that `ruzhu routes --nginx` describes.
enum WriteLimit {
    static let burst = 120
    static let perMinute = 240

    static var limiter: RateLimiter { RateLimiter(burst: burst, perMinute: perMinute) }
}
