import Database
import Hummingbird
import Kernel
import Logging
import Sealing
import Web
import Work

/// The operators' pages of who hears of shops, and what they do there.
struct WebhookRoutes: Sendable {
    let database: any Database
    let desk: WebhookDesk
    let pages: Pages
    let clock: any WallClock
    /// What an operator is called on pages.
    let staffName: @Sendable (_ person: String, borrowing Transaction) throws -> String

    func add(to router: some RouterMethods<WebContext>) {
        let group = router.group(RouterPath(ShopPath.webhooks), context: OperatorContext.self)
        group.get(use: list)
        group.post(use: create)
        let one = group.group("{endpoint}")
        one.get(use: show)
        one.post("rotate", use: rotate)
        one.post("keys", use: addKey)
        for act in ["change", "on", "off", "end-key", "test", "replay", "replay-range"] {
            one.post(RouterPath(act)) { try await perform(act, $0, $1) }
        }
    }

    @Sendable func list(_ request: Request, context: OperatorContext) async throws -> Response {
        let rows = try await database.read { tx in
            try WebhookStore().endpoints(in: tx).map { ($0, try DeliveryStore().newest(to: $0.id, in: tx)) }
        }
        return try pages.render("webhooks", WebhooksPage(page: pages.frame("通知商城", in: context), rows))
    }

    @Sendable func show(_ request: Request, context: OperatorContext) async throws -> Response {
        let id = try context.endpoint()
        let before = request.uri.queryParameters["before"].flatMap { ID<WebhookDelivery>(String($0)) }
        let now = clock.now
        let view = try await offLoops { [database, staffName] in
            try await database.read { tx in
                try WebhookView(of: id, before: before, at: now, staffName: staffName, in: tx)
            }
        }
        return try pages.render("webhook", WebhookPage(page: pages.frame("接收方", in: context), view, at: now))
    }

    @Sendable func create(_ request: Request, context: OperatorContext) async throws -> Response {
        let form = try await request.form(in: context)
        let (entry, hand) = (try WebhookDesk.Entry(form, allowing: desk.allowed), hand(context))
        let (id, secret, secretID) = (
            ID<WebhookEndpoint>.new(at: hand.now), WebhookSecret.random(), ID<WebhookSecret>.new(at: hand.now)
        )
        let key = form.idempotencyKey(principal: hand.person, act: "webhooks/create")
        let made = try await database.write { [desk] tx in
            try tx.once(key, at: hand.now) { tx in
                try desk.create(entry, id: id, secret: secret, secretID: secretID, by: hand, in: tx)
                return id.text
            }
        }
        note("create", id, context)
        return try shown(secret.text.reveal(), .signature, isFresh: made == id.text, of: made, in: context)
    }

    @Sendable func rotate(_ request: Request, context: OperatorContext) async throws -> Response {
        let (form, id, hand) = (try await request.form(in: context), try context.endpoint(), hand(context))
        guard let overlap = form["overlap"].flatMap(WebhookDesk.Overlap.init) else {
            throw Problem(.unprocessable, code: "webhook.overlap_unknown", title: "请选择旧密钥再用多久", hint: nil)
        }
        let (secret, secretID) = (WebhookSecret.random(), ID<WebhookSecret>.new(at: hand.now))
        let key = form.idempotencyKey(principal: hand.person, act: "webhooks/\(id)/rotate")
        let made = try await database.write { [desk] tx in
            try tx.once(key, at: hand.now) { tx in
                try desk.rotate(id, to: secret, as: secretID, overlap: overlap, by: hand, in: tx)
                return secretID.text
            }
        }
        note("rotate", id, context)
        return try shown(secret.text.reveal(), .signature, isFresh: made == secretID.text, of: id.text, in: context)
    }

    @Sendable func addKey(_ request: Request, context: OperatorContext) async throws -> Response {
        let (form, id, hand) = (try await request.form(in: context), try context.endpoint(), hand(context))
        let label = try form.words("label", code: "partner_key.label_missing", title: "请写明谁用这个密钥")
        let (partner, partnerID) = (PartnerKey.random(), ID<PartnerKey>.new(at: hand.now))
        let key = form.idempotencyKey(principal: hand.person, act: "webhooks/\(id)/keys")
        let made = try await database.write { [desk] tx in
            try tx.once(key, at: hand.now) { tx in
                try desk.addKey(partner, as: partnerID, label: label, to: id, by: hand, in: tx)
                return partnerID.text
            }
        }
        note("keys", id, context)
        return try shown(partner.text.reveal(), .partner, isFresh: made == partnerID.text, of: id.text, in: context)
    }

    /// All other acts: done, and back to the page.
    private func perform(_ act: String, _ request: Request, _ context: OperatorContext) async throws -> Response {
        let (form, id, hand) = (try await request.form(in: context), try context.endpoint(), hand(context))
        let change = try change(act, form, id)
        let key = form.idempotencyKey(principal: hand.person, act: "webhooks/\(id)/\(act)")
        _ = try await database.write { tx in
            try tx.once(key, at: hand.now) { tx in
                try change(hand, tx)
                return ""
            }
        }
        note(act, id, context)
        return .see(ShopPath.webhook(id))
    }

    private typealias Change = @Sendable (WebhookDesk.Hand, borrowing Transaction) throws -> Void

    private func change(_ act: String, _ form: Form, _ id: ID<WebhookEndpoint>) throws -> Change {
        switch act {
        case "change":
            let entry = try WebhookDesk.Entry(form, allowing: desk.allowed)
            return { [desk] hand, tx in try desk.change(id, to: entry, by: hand, in: tx) }
        case "on", "off": return { [desk] hand, tx in try desk.turn(id, on: act == "on", by: hand, in: tx) }
        case "end-key":
            let key: ID<PartnerKey> = try form.id("key")
            return { [desk] hand, tx in try desk.endKey(key, of: id, by: hand, in: tx) }
        case "replay":
            let delivery: ID<WebhookDelivery> = try form.id("delivery")
            return { [desk] hand, tx in try desk.replay(delivery, of: id, by: hand, in: tx) }
        case "replay-range":
            let (start, end, isAll) = (try form.moment("from"), try form.moment("to"), form["which"] == "all")
            guard start < end else {
                throw Problem(
                    .unprocessable, code: "webhook.time_order", title: "开始时间要早于结束时间", hint: "请检查两个时间")
            }
            return { [desk] hand, tx in _ = try desk.replay(start..<end, all: isAll, of: id, by: hand, in: tx) }
        default: return { [desk] hand, tx in try desk.test(id, by: hand, in: tx) }
        }
    }

    /// The page that shows a new secret, this once.
    private func shown(
        _ secret: String, _ kind: WebhookSecretPage.Kind, isFresh: Bool, of endpoint: String,
        in context: OperatorContext
    ) throws -> Response {
        guard isFresh else { return .see("\(ShopPath.webhooks)/\(endpoint)") }
        return try pages.render(
            "webhook-secret",
            WebhookSecretPage(
                page: pages.frame(kind.title, in: context), kind: kind, secret: secret,
                back: "\(ShopPath.webhooks)/\(endpoint)"))
    }

    private func hand(_ context: OperatorContext) -> WebhookDesk.Hand {
        WebhookDesk.Hand(person: context.identity.person, now: clock.now)
    }

    private func note(_ act: String, _ id: ID<WebhookEndpoint>, _ context: OperatorContext) {
        context.logger.notice(
            "Operator's act on a webhook",
            metadata: ["act": "\(act)", "endpoint": "\(id)", "by": "\(context.identity.person)"])
    }
}

extension RequestContext {
    fileprivate func endpoint() throws -> ID<WebhookEndpoint> {
        guard let id = ID<WebhookEndpoint>(try parameters.require("endpoint")) else { throw Problem.notFound }
        return id
    }
}
