import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import TestSupport
import Work

@testable import Catalogue
@testable import Web

/// A mall with small rules in force, others in the operator's folder, and the pages of both.
final class RulesDesk: Sendable {
    private let test: TestDatabase
    let catalogue: Catalogue
    let clock = ManualClock()
    /// The hash of the rules in force.
    let hash = SmallPack.source.hash
    /// What lies in the operator's folder.
    let next: PackSource
    private let pages: Pages

    static let newer = SmallPack.edited(
        ("pack.yaml", "version: \"1\"", "version: \"2\""), ("pack.yaml", "draftDays: 90", "draftDays: 60"),
        ("categories/all.yaml", "enterprise: 5000", "enterprise: 8000"))

    init(next: PackSource = RulesDesk.newer) async throws {
        self.next = next
        test = try await TestDatabase(WorkMigrations.all + Catalogue.migrations)
        catalogue = Catalogue(database: test.database)
        pages = try Pages(templateFolders: [Pages.templates, Catalogue.templates], assets: .none, isDemo: false)
        try await catalogue.publish(SmallPack.source, effectiveAt: clock.now, at: clock.now)
        clock.advance(by: .seconds(60))
    }

    /// Announces the next rules from 10 March on.
    func announceNext() async throws {
        let proposal = try await propose()
        try await catalogue.approve(proposal.id, by: "tao", at: clock.now)
    }

    func propose() async throws -> Publication {
        try await catalogue.propose(next, effectiveAt: Self.effective, by: "min", at: clock.now)
    }

    /// 2026-03-10 in Shanghai.
    private static let effective = Instant(milliseconds: 1_773_072_000_000)

    /// Lets a browser loose on the pages.
    func open(_ story: @escaping @Sendable (RulesBrowser) async throws -> Void) async throws {
        let router = Router(context: WebContext.self)
        router.add(middleware: ProblemMiddleware(pages: pages))
        router.add(
            middleware: SessionMiddleware(
                resolver: NamedStaff(), formToken: RulesBrowser.formToken, cookies: CookieJar(isSecure: false)))
        router.add(middleware: ProblemMiddleware(pages: pages))
        catalogue.addRoutes(
            to: router, database: test.database, pages: pages, clock: clock, source: { [next] in next },
            staffName: { person, _ in "名为 \(person)" })
        try await Application(router: router).test(.router) { client in
            try await story(RulesBrowser(client: client, person: nil))
        }
    }

    /// The models of all pages, in every situation that shows something of its own.
    static func models() async throws -> [(template: String, models: [any Sendable])] {
        let desk = try await RulesDesk()
        let frame = Self.frame
        let form = ProposalForm(at: desk.clock.now)
        let proposal = try await desk.propose()
        let proposed = [desk.publishingPage(form), desk.publishingPage(form, for: "tao")]
        try await desk.catalogue.approve(proposal.id, by: "tao", at: desk.clock.now)
        let edition = try RulesEdition(of: nil, from: desk.catalogue, at: desk.clock.now)
        let coming = try RulesEdition(of: desk.next.hash, from: desk.catalogue, at: desk.clock.now)
        let trade = try RulesEdition(of: nil, from: desk.catalogue, at: desk.clock.now).content.trades[0]
        let wrong = try await RulesDesk(next: SmallPack.edited(("pack.yaml", "hours: 8", "hours: 8000")))
        let announced = desk.publishingPage(form.outdated.refused(.tooSoon))
        let unpublished = try await RulesDesk.unpublished(form)
        return [
            (
                "rules",
                [
                    RulesPage(page: frame, edition, query: "", changes: KnownChanges()),
                    RulesPage(page: frame, edition, query: "苹果", changes: KnownChanges()),
                    RulesPage(page: frame, coming, query: "", changes: KnownChanges()),
                ]
            ),
            (
                "rules-trade",
                [TradePage(page: frame, edition, trade: trade), TradePage(page: frame, coming, trade: trade)]
            ),
            ("rules-history", [RulesHistoryPage(page: frame, catalogue: desk.catalogue, at: desk.clock.now)]),
            ("packs", proposed + [announced, unpublished, wrong.publishingPage(form)]),
        ]
    }

    /// The desk of a mall without rules.
    private static func unpublished(_ form: ProposalForm) async throws -> PublishingPage {
        let empty = try await TestDatabase(WorkMigrations.all + Catalogue.migrations)
        let catalogue = Catalogue(database: empty.database)
        let folder = PackFolder { newer }
        let desk = PublishingDesk(
            catalogue: catalogue, folder: folder, names: [:], viewer: "min", now: .example,
            changes: KnownChanges())
        return PublishingPage(page: frame, desk, form)
    }

    private func publishingPage(_ form: ProposalForm, for viewer: String = "min") -> PublishingPage {
        let desk = PublishingDesk(
            catalogue: catalogue, folder: PackFolder { next }, names: ["min": "139****8801"], viewer: viewer,
            now: clock.now, changes: KnownChanges())
        return PublishingPage(page: Self.frame, desk, form)
    }

    private static let frame = PageFrame(
        title: "入驻规则", nonce: "n", csrf: "c", person: "139****8801", isStaff: true, isReviewer: true,
        isOperator: true, isDemo: true, assets: Assets.none.links, requestID: "r-1")
}

/// A session's token is a person's name; all but the reviewer are operators.
private struct NamedStaff: SessionResolver {
    func identity(forSession token: String) async throws -> Identity? {
        Identity(person: token, roles: token == "reviewer" ? [.reviewer] : [.operator], label: { "139****8801" })
    }
}

/// A browser, in which somebody may be signed in.
struct RulesBrowser: Sendable {
    let client: any TestClientProtocol
    let person: String?

    static let formToken = FormToken(secret: Array("test".utf8))
    private static let visitor = "abcdefghijklmnopqrstuvwx"

    func signed(in person: String) -> RulesBrowser { RulesBrowser(client: client, person: person) }

    func get(_ path: String, known tag: String? = nil) async throws -> TestResponse {
        var headers = headers
        headers[.ifNoneMatch] = tag
        return try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    func post(_ path: String, _ fields: [String: String] = [:], key: String? = nil) async throws -> TestResponse {
        var fields = fields
        fields["_csrf"] = Self.formToken.bound(to: Self.visitor).masked()
        fields["_key"] = key
        let body = fields.map { "\($0.key.percentEncodedForQuery)=\($0.value.percentEncodedForQuery)" }
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await client.executeRequest(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body.joined(separator: "&")))
    }

    private var headers: HTTPFields {
        let session = person.map { "; ruzhu_session=\($0)" } ?? ""
        return [.accept: "text/html", .cookie: "ruzhu_visitor=\(Self.visitor)\(session)"]
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
