import Database
import Kernel

/// The queries about messages and their ways to endpoints.
struct DeliveryStore: Sendable {
    func message(_ id: ID<WebhookMessage>, in tx: borrowing Transaction) throws -> WebhookMessage? {
        try tx.first("SELECT \(columns: WebhookMessage.table) FROM \(WebhookMessage.table) WHERE id = \(id)")
    }

    /// Keeps a message, once for each subject.
    /// - Returns: whether it is new.
    func add(_ message: WebhookMessage, in tx: borrowing Transaction) throws -> Bool {
        let known: Int? = try tx.value(
            "SELECT 1 AS one FROM \(WebhookMessage.table) WHERE subject = \(message.subject)")
        guard known == nil else { return false }
        try tx.insert(message)
        return true
    }

    /// Messages of some events in a time, at most so many, the oldest first.
    func messages(
        of events: [String], from start: Instant, to end: Instant, after last: ID<WebhookMessage>?, limit: Int,
        in tx: borrowing Transaction
    ) throws -> [WebhookMessage] {
        guard !events.isEmpty else { return [] }
        return try tx.all(
            """
            SELECT \(columns: WebhookMessage.table) FROM \(WebhookMessage.table)
            WHERE id > \(last?.text ?? "") AND at >= \(start) AND at < \(end) AND event IN (\(list: events))
            ORDER BY id LIMIT \(limit)
            """)
    }

    func delivery(_ id: ID<WebhookDelivery>, in tx: borrowing Transaction) throws -> WebhookDelivery? {
        try tx.first(
            """
            SELECT \(columns: WebhookDelivery.table) FROM \(WebhookDelivery.table)
            WHERE id = \(id)
            """)
    }

    func delivery(
        of message: ID<WebhookMessage>, to endpoint: ID<WebhookEndpoint>, in tx: borrowing Transaction
    ) throws -> WebhookDelivery? {
        try tx.first(
            """
            SELECT \(columns: WebhookDelivery.table) FROM \(WebhookDelivery.table)
            WHERE message = \(message) AND endpoint = \(endpoint)
            """)
    }

    /// A page of an endpoint's deliveries, the newest first, each with its message.
    func deliveries(
        to endpoint: ID<WebhookEndpoint>, before: ID<WebhookDelivery>?, limit: Int, in tx: borrowing Transaction
    ) throws -> [(delivery: WebhookDelivery, message: WebhookMessage)] {
        let bound: SQL = before.map { "AND id < \($0)" } ?? ""
        let found: [WebhookDelivery] = try tx.all(
            """
            SELECT \(columns: WebhookDelivery.table) FROM \(WebhookDelivery.table)
            WHERE endpoint = \(endpoint) \(bound) ORDER BY id DESC LIMIT \(limit)
            """)
        guard !found.isEmpty else { return [] }
        let messages: [WebhookMessage] = try tx.all(
            """
            SELECT \(columns: WebhookMessage.table) FROM \(WebhookMessage.table)
            WHERE id IN (\(list: found.map(\.message)))
            """)
        let byID = Dictionary(messages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return found.compactMap { one in byID[one.message].map { (one, $0) } }
    }

    /// The newest delivery of each endpoint.
    func newest(to endpoint: ID<WebhookEndpoint>, in tx: borrowing Transaction) throws -> WebhookDelivery? {
        try tx.first(
            """
            SELECT \(columns: WebhookDelivery.table) FROM \(WebhookDelivery.table)
            WHERE endpoint = \(endpoint) ORDER BY id DESC LIMIT 1
            """)
    }

    /// The tries of some deliveries, the newest first.
    func attempts(of deliveries: [ID<WebhookDelivery>], in tx: borrowing Transaction) throws -> [WebhookAttempt] {
        guard !deliveries.isEmpty else { return [] }
        return try tx.all(
            """
            SELECT \(columns: WebhookAttempt.table) FROM \(WebhookAttempt.table)
            WHERE delivery IN (\(list: deliveries)) ORDER BY id DESC LIMIT 1000
            """)
    }

    /// Forgets messages from before a moment with all that became of them, but none that is still on its way.
    ///
    /// - Returns: how many messages were forgotten, at most 200.
    func forget(before moment: Instant, in tx: borrowing Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT m.id FROM \(WebhookMessage.table) AS m WHERE m.at < \(moment) AND NOT EXISTS (
                SELECT 1 FROM \(WebhookDelivery.table) AS d WHERE d.message = m.id AND d.state = 'waiting')
            ORDER BY m.at LIMIT 200
            """)
        let old = try rows.map { try $0.get("id", as: ID<WebhookMessage>.self) }
        guard !old.isEmpty else { return 0 }
        try tx.run(
            """
            DELETE FROM \(WebhookAttempt.table) WHERE delivery IN (
                SELECT id FROM \(WebhookDelivery.table) WHERE message IN (\(list: old)))
            """)
        try tx.run("DELETE FROM \(WebhookDelivery.table) WHERE message IN (\(list: old))")
        return try tx.run("DELETE FROM \(WebhookMessage.table) WHERE id IN (\(list: old))")
    }
}
