import Database
import Foundation
import Hummingbird
import Kernel
import Web

/// The rules as everybody may read them: those in force, those to come, and all that ever held.
struct RulesRoutes: Sendable {
    let catalogue: Catalogue
    let database: any Database
    let pages: Pages
    let clock: any WallClock
    let changes: KnownChanges
    private let store = PackStore()

    init(
        catalogue: Catalogue, database: any Database, pages: Pages, clock: any WallClock, changes: KnownChanges
    ) {
        (self.catalogue, self.database, self.pages, self.clock) = (catalogue, database, pages, clock)
        self.changes = changes
    }

    func add(to router: some RouterMethods<WebContext>) {
        router.get(RouterPath(RulesPath.rules), use: show)
        router.get(RouterPath(RulesPath.history), use: history)
        router.get(RouterPath(RulesPath.packPattern), use: pack)
        router.get(RouterPath(RulesPath.packTradePattern), use: trade)
        router.get(RouterPath(RulesPath.tradePattern), use: trade)
    }

    @Sendable func show(_ request: Request, context: WebContext) async throws -> Response {
        try page(try RulesEdition(of: nil, from: catalogue, at: clock.now), request, context)
    }

    @Sendable func pack(_ request: Request, context: WebContext) async throws -> Response {
        let name = try context.parameters.require("pack")
        if name.hasSuffix(".json") { return try await bundle(String(name.dropLast(5))) }
        return try page(try RulesEdition(of: name, from: catalogue, at: clock.now), request, context)
    }

    @Sendable func trade(_ request: Request, context: WebContext) async throws -> Response {
        let edition = try RulesEdition(of: context.parameters.get("pack"), from: catalogue, at: clock.now)
        let name = try context.parameters.require("trade").removingPercentEncoding
        guard let trade = edition.content.trades.first(where: { $0.name == name }) else { throw Problem.notFound }
        let page = TradePage(page: pages.frame(trade.name, in: context), edition, trade: trade)
        return try pages.revalidated("rules-trade", page, for: request, in: context)
    }

    @Sendable func history(_ request: Request, context: WebContext) async throws -> Response {
        let page = RulesHistoryPage(page: pages.frame("历次规则", in: context), catalogue: catalogue, at: clock.now)
        return try pages.revalidated("rules-history", page, for: request, in: context)
    }

    private func page(_ edition: RulesEdition, _ request: Request, _ context: WebContext) throws -> Response {
        let query = request.uri.queryParameters["q"].map { String($0.prefix(PackContent.longestQuery)) }
        let page = RulesPage(
            page: pages.frame("入驻规则", in: context), edition, query: query ?? "", changes: changes)
        return try pages.revalidated("rules", page, for: request, in: context)
    }

    /// The files of a pack as they were published: the bytes whose SHA-256 is the pack's name.
    private func bundle(_ hash: String) async throws -> Response {
        let isPublic = catalogue.publications.contains { $0.pack == hash && $0.wasPublic }
        guard isPublic else { throw Problem.notFound }
        let record = try await database.read { [store] tx in try store.find(hash, in: tx) }
        guard let record else { throw Problem.notFound }
        var response = Response.bytes(
            Array(record.content.utf8), type: "application/json", cache: "public, max-age=31536000, immutable")
        response.headers[.contentDisposition] = "attachment; filename=\"rules-\(hash.prefix(12)).json\""
        return response
    }
}

extension Publication {
    /// Whether it was ever announced, so that everybody may look it up.
    var wasPublic: Bool { approval != nil }
}
