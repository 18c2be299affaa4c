package import ChineseIdentifiers
package import Database
package import Foundation
package import Hummingbird
package import Kernel
package import Sealing
package import Web

/// The front of this context: who somebody is, how they sign in, what they may do and what they agreed to.
package struct Accounts: Sendable {
    private let database: any Database
    private let clock: any WallClock
    private let people: PersonStore
    private let sessions: SessionStore
    private let challenges: ChallengeStore
    private let signIn: SignIn

    /// - Parameter consents: the texts that applicants agree to; `nil` for those that come with the product.
    package init(
        database: any Database, vault: Vault, clock: any WallClock, consents: ConsentTexts? = nil,
        limits: SignInLimits = .standard
    ) throws {
        self.database = database
        self.clock = clock
        people = PersonStore(vault: vault)
        sessions = SessionStore()
        challenges = ChallengeStore(vault: vault)
        let steps = SignInSteps(
            limits: limits, challenges: challenges, people: people, sessions: sessions,
            consents: ConsentStore(vault: vault),
            texts: try consents ?? ConsentTexts(folder: Self.templates.appending(path: "consents")))
        let clients = RateLimiter(burst: limits.codesPerClientAnHour, perHour: limits.codesPerClientAnHour)
        signIn = SignIn(database: database, steps: steps, clients: clients, clock: clock)
    }

    /// The schema of this context.
    package static let migrations = AccountsMigrations.all
    /// Its tables, those that others refer to first.
    package static let tables = [
        PersonRecord.table, RoleRecord.table, ChallengeRecord.table, SessionRecord.table, ConsentRecord.table,
    ]
    package static let frozen = [FrozenTable(ConsentRecord.table, place: ConsentStore.place)]

    /// The folder of this context's page templates.
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    /// Adds the pages of signing in and out, for applicants and staff, and the consent text.
    package func addRoutes(to router: some RouterMethods<WebContext>, pages: Pages, cookies: CookieJar) {
        for door in Door.allCases {
            SignInRoutes(door: door, signIn: signIn, pages: pages).add(to: router)
            CodeRoutes(door: door, signIn: signIn, pages: pages, cookies: cookies).add(to: router)
        }
        SignOutRoutes(signIn: signIn, cookies: cookies).add(to: router)
        ConsentRoutes(text: signIn.steps.texts.current, pages: pages).add(to: router)
    }

    /// The phone number and the code to send for a challenge; `nil` once it is used, replaced or expired.
    package func codeMessage(
        for challenge: ID<Challenge>, in tx: borrowing Transaction
    ) throws -> (phone: Secret<MobileNumber>, code: Secret<String>)? {
        try challenges.contents(of: challenge, at: clock.now, in: tx)
    }

    /// The person's phone number. Whoever reads it notes so in the reading log.
    /// - Throws: `Vault.Erased` if the person's data was erased.
    package func phone(of person: ID<Person>, in tx: borrowing Transaction) throws -> Secret<MobileNumber> {
        try people.phone(of: person, in: tx)
    }

    /// The person with this phone number, if there is one.
    package func person(withPhone phone: MobileNumber, in tx: borrowing Transaction) throws -> ID<Person>? {
        try people.find(phone, in: tx)
    }

    /// The person with this phone number, known from now on.
    package func register(_ phone: MobileNumber) async throws -> ID<Person> {
        let now = clock.now
        return try await database.write { [people] tx in try people.findOrAdd(phone, at: now, in: tx) }
    }

    /// The same within the caller's transaction, for people who come in by the thousand.
    package func register(_ phone: MobileNumber, at now: Instant, in tx: borrowing Transaction) throws -> ID<Person> {
        try people.findOrAdd(phone, at: now, in: tx)
    }

    /// Begins a session for a person who was proved by other means than a code.
    /// - Returns: the token for the browser's cookie.
    package func beginSession(for person: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws -> String {
        let token = RandomToken.make(bytes: 32)
        try sessions.begin(token, for: person, at: now, in: tx)
        return token
    }

    /// Makes the owner of a phone number a member of staff. Giving a role twice changes nothing.
    @discardableResult
    package func grant(_ role: Role, toPhone phone: MobileNumber) async throws -> ID<Person> {
        let now = clock.now
        return try await database.write { [people] tx in
            let person = try people.findOrAdd(phone, at: now, in: tx)
            try people.give(role, to: person, at: now, in: tx)
            return person
        }
    }

    /// Destroys the phone numbers and codes of challenges that have expired; each request for a code does so too.
    package func forgetExpiredCodes() async throws {
        let now = clock.now
        while try await database.write({ [challenges] tx in try challenges.sweep(at: now, in: tx) }) > 0 {
            try Task.checkCancellation()
        }
    }

    /// Forgets who was signed in by sessions that have expired.
    package func forgetExpiredSessions() async throws {
        let now = clock.now
        while try await database.write({ [sessions] tx in try sessions.sweep(at: now, in: tx) }) > 0 {
            try Task.checkCancellation()
        }
    }
}

extension Accounts: SessionResolver {
    package func identity(forSession token: String) async throws -> Identity? {
        let now = clock.now
        return try await database.read { [people, sessions] tx in
            guard let owner = try sessions.owner(of: token, at: now, in: tx) else { return nil }
            do {
                let label = try people.label(of: owner.person, phone: owner.phone, in: tx)
                return Identity(person: owner.person.text, roles: owner.roles, label: label)
            } catch is Vault.Erased {
                return nil
            }
        }
    }
}
