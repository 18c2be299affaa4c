import Accounts
import CanonicalJSON
import Catalogue
import Database
import HTTPTypes
import Hummingbird
import Kernel
import Sealing
import Web

/// What the mall's systems fetch of shops, with a key of their own.
struct PartnerRoutes: Sendable {
    let database: any Database
    let vault: Vault
    let pack: @Sendable (_ hash: String) throws -> Pack
    let clock: any WallClock
    /// The address under which people reach this site, without a slash at its end.
    let site: String
    private let stores = StoreStore()

    init(
        database: any Database, vault: Vault, pack: @escaping @Sendable (_ hash: String) throws -> Pack,
        clock: any WallClock, site: String
    ) {
        self.database = database
        self.vault = vault
        self.pack = pack
        self.clock = clock
        self.site = site
    }

    func add(to router: some RouterMethods<WebContext>) {
        router.get(RouterPath(ShopPath.list), use: list)
        router.get(RouterPath(ShopPath.one), use: show)
    }

    /// How long a shop stays out of the list. Ids are made before their transaction commits, so that a shop could else
    /// appear before one that a reader has passed already.
    static let settling = Duration.seconds(30)
    static let mostOnAPage = 100

    @Sendable func show(_ request: Request, context: WebContext) async throws -> Response {
        try await answer(to: request) { _ in
            let id = try context.shop()
            let found = try await database.read { [stores] tx in
                try stores.find(id, in: tx).map { try self.data(of: $0, in: tx) }
            }
            guard let found else { throw Problem.notFound }
            return try json(found)
        }
    }

    /// Shops in the order of their opening. `next` is what to send as `after`; null when there are no more for now.
    @Sendable func list(_ request: Request, context: WebContext) async throws -> Response {
        try await answer(to: request) { now in
            let (after, limit) = (try cursor(in: request), try limit(in: request))
            let found = try await offLoops {
                try await database.read { [stores] tx in
                    // Ids are in the order of opening, so that all behind the first new one are new too.
                    try stores.page(after: after, limit: limit + 1, in: tx)
                        .prefix { $0.openedAt <= now - Self.settling }.map { try self.data(of: $0, in: tx) }
                }
            }
            let shown = found.prefix(limit)
            let next = found.count > limit ? shown.last?.store.id.text : nil
            return [
                "shops": .array(try shown.map(json)), "next": next.map { .string($0) } ?? .null,
                "last": (shown.last?.store.id ?? after).map { .string($0.text) } ?? .null,
            ]
        }
    }

    private func cursor(in request: Request) throws -> ID<Store>? {
        guard let text = request.uri.queryParameters["after"], !text.isEmpty else { return nil }
        guard let id = ID<Store>(String(text)) else {
            throw Problem(.unprocessable, code: "shops.cursor_unknown", title: "看不懂 after", hint: "请用上一页给出的 last")
        }
        return id
    }

    private func limit(in request: Request) throws -> Int {
        guard let text = request.uri.queryParameters["limit"] else { return 50 }
        guard let limit = Int(text), (1...Self.mostOnAPage).contains(limit) else {
            throw Problem(
                .unprocessable, code: "shops.limit", title: "limit 应为 1–\(Self.mostOnAPage) 的整数", hint: nil)
        }
        return limit
    }

    /// Answers whoever has a key; all others are told how to come (RFC 6750 section 3).
    private func answer(
        to request: Request, _ body: (_ now: Instant) async throws -> JSONValue
    ) async throws -> Response {
        let now = clock.now
        guard try await hasKey(request, at: now) else {
            let problem = Problem(
                .unauthorized, code: "partner.unauthorized", title: "需要有效的接口密钥",
                hint: "请在请求头里带上 Authorization: Bearer 密钥；密钥由商城运营人员发放")
            var response = Response.json(problem.partnerDocument)
            response.status = .unauthorized
            response.headers[.contentType] = "application/problem+json"
            response.headers[.wwwAuthenticate] = "Bearer realm=\"ruzhu\""
            return response
        }
        return .json(try await body(now))
    }

    private func hasKey(_ request: Request, at now: Instant) async throws -> Bool {
        guard let key = request.headers[.authorization].flatMap(PartnerKey.init(authorization:)) else { return false }
        let record = try await database.read { tx in try WebhookStore().key(key.digest, in: tx) }
        guard let record else { return false }
        // When it was used is told to the hour.
        if (record.usedAt.map { now.since($0) } ?? .seconds(3_600)) >= .seconds(3_600) {
            try await database.write { tx in try WebhookStore().noteUse(of: record.id, at: now, in: tx) }
        }
        return true
    }

    /// A shop with what had to be opened of it.
    private struct Opened: Sendable {
        let store: Store
        /// Nil after the owner was erased.
        let representative: String?
        let contact: JSONValue?
    }

    private func data(of store: Store, in tx: borrowing Transaction) throws -> Opened {
        do {
            let key = try vault.existingKey(for: store.person.keyOwner, in: tx)
            let contact = try store.contact.map {
                try JSONValue(parsing: try key.open($0, place: Store.contactPlace).reveal())
            }
            return Opened(
                store: store,
                representative: try key.openText(
                    store.licence.legalRepresentative, place: PublishedLicence.representativePlace
                ).reveal(), contact: contact)
        } catch is Vault.Erased {
            return Opened(store: store, representative: nil, contact: nil)
        }
    }

    private func json(_ opened: Opened) throws -> JSONValue {
        let (store, licence) = (opened.store, opened.store.licence)
        let content = try pack(store.pack).content
        func text(_ text: String) -> JSONValue { text.isEmpty ? .null : .string(text) }
        return [
            "id": .string(store.id.text), "name": .string(store.name), "state": "open",
            "opened_at": .string(store.openedAt.iso8601), "page_url": .string(site + ShopPath.page(store.id)),
            "licence_url": .string(site + ShopPath.licence(store.id)),
            "subject": [
                "kind": text(store.subjectKind), "name": text(content.subject(store.subjectKind)?.name ?? ""),
                "exemption": store.exemption.map { .string($0.rawValue) } ?? .null,
            ],
            "categories": .array(
                store.categories.map { ["id": .string($0), "name": .string(content.names(of: [$0]).first ?? $0)] }),
            "licence": [
                "code": text(licence.creditCode), "name": text(licence.company), "type": text(licence.type),
                "legal_representative": text(opened.representative ?? ""), "capital": text(licence.capital),
                "established_on": text(licence.establishedOn), "address": text(licence.address),
                "scope": text(licence.scope),
            ],
            "permits": .array(
                licence.permits.map {
                    ["label": .string($0.label), "number": .string($0.number), "valid_until": text($0.until)]
                }),
            "contact": opened.contact ?? .null,
            "settlement": [
                "account": store.hasAccount.map { .string($0 ? "given" : "not_given") } ?? .null,
                "payment": "not_connected",
            ],
        ]
    }
}

extension Problem {
    fileprivate var partnerDocument: JSONValue {
        [
            "type": "about:blank", "title": .string(title), "status": .number(JSONNumber(Int64(status.rawValue))),
            "code": .string(code), "detail": hint.map { .string($0) } ?? .null,
        ]
    }
}
