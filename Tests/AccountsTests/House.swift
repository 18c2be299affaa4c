import ChineseIdentifiers
import Database
import Hummingbird
import HummingbirdTesting
import Kernel
import Sealing
import TestSupport
import Web
import Work

@testable import Accounts

/// Accounts with a database of its own, a clock that stands still, and its pages behind the usual middlewares.
struct House: Sendable {
    let test: TestDatabase
    let clock = ManualClock()
    let vault = Vault(.forTesting())
    let accounts: Accounts
    let pages: Pages

    var database: any Database { test.database }

    init(limits: SignInLimits = .standard, rehearsing: Bool = true, isDemo: Bool = false) async throws {
        test = try await TestDatabase(
            SealingMigrations.all + WorkMigrations.all + Accounts.migrations, rehearsing: rehearsing)
        accounts = try Accounts(database: test.database, vault: vault, clock: clock, limits: limits)
        pages = try Pages(templateFolders: [Pages.templates, Accounts.templates], assets: .none, isDemo: isDemo)
    }

    /// Runs `body` with a client that sends requests straight to the router.
    func open<Value: Sendable>(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value) async throws
        -> Value
    {
        let router = Router(context: WebContext.self)
        let cookies = CookieJar(isSecure: false)
        router.add(middleware: ProblemMiddleware(pages: pages))
        router.add(
            middleware: SessionMiddleware(
                resolver: accounts, formToken: FormToken(secret: Array(repeating: 7, count: 32)), cookies: cookies))
        router.add(middleware: ProblemMiddleware(pages: pages))
        accounts.addRoutes(to: router, pages: pages, cookies: cookies)
        router.group("me", context: SignedInContext.self).get { _, context -> String in
            "\(context.identity.label) \(context.identity.isStaff)"
        }
        return try await Application(router: router).test(.router, body)
    }

    /// What would be sent for a challenge.
    func message(for challenge: ID<Challenge>) async throws -> (phone: String, code: String)? {
        try await database.read { [accounts] tx in
            try accounts.codeMessage(for: challenge, in: tx).map { ($0.phone.reveal().plain, $0.code.reveal()) }
        }
    }

    func challenge(_ id: ID<Challenge>) async throws -> Challenge? {
        try await database.read { [vault] tx in try ChallengeStore(vault: vault).find(id, in: tx) }
    }

    func count(_ table: Table) async throws -> Int {
        try await database.read { tx in try tx.value("SELECT COUNT(*) FROM \(table)") ?? 0 }
    }

    /// The payloads of all events.
    func events() async throws -> [String] {
        try await database.read { tx in
            try tx.rows("SELECT payload FROM \(sqlite: "work_events", postgres: "work.events") ORDER BY at").map {
                try $0.get("payload")
            }
        }
    }
}

extension OneTimeCode {
    /// Another code than `digits`.
    static func other(than digits: String) -> String { digits == "000000" ? "111111" : "000000" }
}
