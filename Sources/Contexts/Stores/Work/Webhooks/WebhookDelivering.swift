import Database
import Kernel
import Logging
import Sealing
import Synchronization
import Work

/// A message to bring to an endpoint, as often as it takes.
struct DeliveryToMake: Codable, Sendable {
    static let kind = JobKind<DeliveryToMake>("stores.call-webhook")

    let delivery: ID<WebhookDelivery>
    /// What was begun anew meanwhile has another one, and this job nothing more to do.
    let series: Int

    func enqueue(at now: Instant, in tx: borrowing Transaction) throws {
        try tx.enqueue(Self.kind, self, key: "\(delivery)/\(series)", at: now)
    }
}

/// Brings messages to endpoints: each at least once, under the same id every time.
struct WebhookDelivering: Sendable {
    let database: any Database
    let vault: Vault
    let caller: WebhookCaller
    let clock: any WallClock
    let logger: Logger
    /// From 0 to 1.
    let chance: @Sendable () -> Double
    private let gate = WebhookGate()
    private let webhooks = WebhookStore()
    private let deliveries = DeliveryStore()

    init(
        database: any Database, vault: Vault, caller: WebhookCaller, clock: any WallClock, logger: Logger,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.database = database
        self.vault = vault
        self.caller = caller
        self.clock = clock
        self.logger = logger
        self.chance = chance
    }

    /// Failed tries are put back by `Later` and counted in the delivery; what the runner counts are tries that ended
    /// with the process.
    var handler: JobHandler {
        JobHandler(DeliveryToMake.kind, maximumAttempts: 100) { job, _ in
            try await work(on: job)
        } giveUp: { job in
            try await end(job, with: .failed(.interrupted), began: clock.now, isLast: true)
        }
    }

    private enum Step: Sendable {
        case nothing
        case wait(Duration)
        case stop
        case call(WebhookCaller.Call, ID<WebhookEndpoint>)
    }

    private func work(on job: DeliveryToMake) async throws {
        let began = clock.now
        let step = try await database.read { tx in try self.step(for: job, at: began, in: tx) }
        switch step {
        case .nothing: return
        case .wait(let pause): throw Later(after: pause)
        case .stop: try await stop(job)
        case .call(let call, let endpoint):
            guard gate.enter(endpoint) else { throw Later(after: .seconds(2)) }
            defer { gate.leave(endpoint) }
            let outcome = await caller.make(call)
            // A process that is told to stop has not tried.
            if !outcome.isSuccess { try Task.checkCancellation() }
            if let pause = try await end(job, with: outcome, began: began) { throw Later(after: pause) }
        }
    }

    private func step(for job: DeliveryToMake, at now: Instant, in tx: borrowing Transaction) throws -> Step {
        guard let delivery = try deliveries.delivery(job.delivery, in: tx), delivery.state == .waiting,
            delivery.series == job.series, let endpoint = try webhooks.endpoint(delivery.endpoint, in: tx),
            let message = try deliveries.message(delivery.message, in: tx)
        else { return .nothing }
        guard endpoint.isOn else { return .stop }
        // The end of a try was noted, and the process ended before the job was put back.
        if let next = delivery.nextAt, next > now { return .wait(next.since(now)) }
        let secrets = try secrets(of: endpoint.id, at: now, in: tx)
        let second = now.milliseconds / 1_000
        let call = WebhookCaller.Call(
            address: endpoint.address, id: message.webhookID, second: second, body: message.body,
            signatures: secrets.signatures(id: message.webhookID, second: second, body: message.body),
            number: delivery.tries + 1)
        return .call(call, endpoint.id)
    }

    private func secrets(
        of endpoint: ID<WebhookEndpoint>, at now: Instant, in tx: borrowing Transaction
    ) throws -> [WebhookSecret] {
        let key = try vault.existingKey(for: endpoint.keyOwner, in: tx)
        return try webhooks.secrets(of: endpoint, at: now, in: tx).compactMap { record in
            let text = try key.openText(record.secret, place: WebhookSecret.place, row: record.id.text)
            return WebhookSecret(text.reveal())
        }
    }

    private func stop(_ job: DeliveryToMake) async throws {
        let now = clock.now
        try await database.write { [deliveries] tx in
            guard var delivery = try deliveries.delivery(job.delivery, in: tx), delivery.state == .waiting,
                delivery.series == job.series
            else { return }
            (delivery.state, delivery.nextAt, delivery.changedAt) = (.stopped, nil, now)
            try tx.update(delivery)
        }
    }

    /// Notes how a try ended, and what follows for the delivery and its endpoint.
    /// - Returns: after which pause to try again; nil if there is nothing more to do.
    @discardableResult
    private func end(
        _ job: DeliveryToMake, with outcome: WebhookOutcome, began: Instant, isLast: Bool = false
    ) async throws -> Duration? {
        let (now, chance) = (clock.now, chance())
        let (pause, wentOff) = try await database.write { [deliveries, webhooks] tx -> (Duration?, Bool) in
            guard var delivery = try deliveries.delivery(job.delivery, in: tx),
                var endpoint = try webhooks.endpoint(delivery.endpoint, in: tx)
            else { return (nil, false) }
            let isOurs = delivery.series == job.series && delivery.state == .waiting
            try tx.insert(
                WebhookAttempt(
                    id: .new(at: now), delivery: delivery.id, series: job.series,
                    number: isOurs ? delivery.tries + 1 : 0, at: began, duration: Int(now.since(began).milliseconds),
                    outcome: outcome))
            let (before, wasOn) = (endpoint, endpoint.isOn)
            var pause: Duration?
            if isOurs {
                pause = isLast ? nil : delivery.note(outcome, at: now, chance: chance)
                if isLast { (delivery.state, delivery.nextAt) = (.failed, nil) }
                try tx.update(delivery)
            }
            if outcome.isSuccess {
                endpoint.noteSuccess()
            } else if wasOn {
                endpoint.noteFailure(
                    outcome.fault == .gone ? .gone : delivery.state == .failed ? .gaveUp : .triedAgainLater, at: now)
            }
            if endpoint != before { try webhooks.save(endpoint, in: tx) }
            return (pause, wasOn && !endpoint.isOn)
        }
        if !outcome.isSuccess {
            logger.notice(
                "Webhook was not taken",
                metadata: ["delivery": "\(job.delivery)", "fault": "\(outcome.fault?.rawValue ?? "")"])
        }
        if wentOff { logger.warning("Webhook endpoint was switched off", metadata: ["delivery": "\(job.delivery)"]) }
        return pause
    }
}

extension WebhookDelivery {
    /// Notes how a try of this series ended.
    /// - Returns: after which pause to try again; nil if there is nothing more to do.
    fileprivate mutating func note(_ outcome: WebhookOutcome, at now: Instant, chance: Double) -> Duration? {
        (tries, changedAt) = (tries + 1, now)
        let pause =
            outcome.isSuccess || outcome.fault == .gone ? nil : WebhookRetries.pause(after: tries, chance: chance)
        state = outcome.isSuccess ? .delivered : pause == nil ? .failed : .waiting
        nextAt = pause.map { now + $0 }
        return pause
    }
}

extension WebhookSecret {
    static let place: StaticString = "stores.webhook_secret"
}

extension ID<WebhookEndpoint> {
    /// Whose key seals an endpoint's secrets.
    var keyOwner: KeyOwner { KeyOwner(kind: "webhook", id: text) }
}

/// Keeps slow endpoints from taking all places of the job runner: a few calls at once, fewer to one endpoint.
final class WebhookGate: Sendable {
    private let busy = Mutex<[ID<WebhookEndpoint>: Int]>([:])
    private static let most = 4
    private static let mostToOne = 2

    func enter(_ endpoint: ID<WebhookEndpoint>) -> Bool {
        busy.withLock { busy in
            guard busy.values.reduce(0, +) < Self.most, busy[endpoint, default: 0] < Self.mostToOne else {
                return false
            }
            busy[endpoint, default: 0] += 1
            return true
        }
    }

    func leave(_ endpoint: ID<WebhookEndpoint>) {
        busy.withLock { busy in
            let rest = busy[endpoint, default: 1] - 1
            busy[endpoint] = rest > 0 ? rest : nil
        }
    }
}
