import Database
import Kernel

/// The queries about endpoints, their secrets and keys, and what operators did with them.
struct WebhookStore: Sendable {
    /// All endpoints, the oldest first; there are a few dozen at most.
    func endpoints(in tx: borrowing Transaction) throws -> [WebhookEndpoint] {
        let records: [WebhookEndpointRecord] = try tx.all(
            "SELECT \(columns: WebhookEndpointRecord.table) FROM \(WebhookEndpointRecord.table) ORDER BY id")
        return records.map(\.endpoint)
    }

    func endpoint(_ id: ID<WebhookEndpoint>, in tx: borrowing Transaction) throws -> WebhookEndpoint? {
        let record: WebhookEndpointRecord? = try tx.first(
            """
            SELECT \(columns: WebhookEndpointRecord.table) FROM \(WebhookEndpointRecord.table)
            WHERE id = \(id)
            """)
        return record?.endpoint
    }

    func save(_ endpoint: WebhookEndpoint, in tx: borrowing Transaction) throws {
        try tx.save(WebhookEndpointRecord(endpoint: endpoint))
    }

    /// The secrets that sign at a moment, the newest first.
    func secrets(
        of endpoint: ID<WebhookEndpoint>, at now: Instant, in tx: borrowing Transaction
    ) throws -> [WebhookSecretRecord] {
        try tx.all(
            """
            SELECT \(columns: WebhookSecretRecord.table) FROM \(WebhookSecretRecord.table)
            WHERE endpoint = \(endpoint) AND (ends_at IS NULL OR ends_at > \(now)) ORDER BY id DESC
            """)
    }

    /// Lets the secrets that sign now end at a moment, if they would not end sooner.
    func endSecrets(
        of endpoint: ID<WebhookEndpoint>, at moment: Instant, in tx: borrowing Transaction
    ) throws {
        try tx.run(
            """
            UPDATE \(WebhookSecretRecord.table) SET ends_at = \(moment)
            WHERE endpoint = \(endpoint) AND (ends_at IS NULL OR ends_at > \(moment))
            """)
    }

    /// Deletes secrets that ended.
    @discardableResult
    func forgetSecrets(endedAt now: Instant, in tx: borrowing Transaction) throws -> Int {
        try tx.run("DELETE FROM \(WebhookSecretRecord.table) WHERE ends_at <= \(now)")
    }

    /// All keys of an endpoint, the newest first.
    func keys(of endpoint: ID<WebhookEndpoint>, in tx: borrowing Transaction) throws -> [PartnerKeyRecord] {
        try tx.all(
            """
            SELECT \(columns: PartnerKeyRecord.table) FROM \(PartnerKeyRecord.table)
            WHERE endpoint = \(endpoint) ORDER BY id DESC
            """)
    }

    /// The key with this digest, unless it was ended.
    func key(_ digest: [UInt8], in tx: borrowing Transaction) throws -> PartnerKeyRecord? {
        try tx.first(
            """
            SELECT \(columns: PartnerKeyRecord.table) FROM \(PartnerKeyRecord.table)
            WHERE digest = \(digest) AND ended_at IS NULL
            """)
    }

    func endKey(
        _ id: ID<PartnerKey>, of endpoint: ID<WebhookEndpoint>, at now: Instant, in tx: borrowing Transaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE \(PartnerKeyRecord.table) SET ended_at = \(now)
            WHERE id = \(id) AND endpoint = \(endpoint) AND ended_at IS NULL
            """) > 0
    }

    func noteUse(of id: ID<PartnerKey>, at now: Instant, in tx: borrowing Transaction) throws {
        try tx.run("UPDATE \(PartnerKeyRecord.table) SET used_at = \(now) WHERE id = \(id)")
    }

    func note(
        _ act: WebhookAct, on endpoint: ID<WebhookEndpoint>, by person: String, detail: String = "", at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        try tx.insert(
            WebhookActRecord(
                id: .new(at: now), endpoint: endpoint, at: now, person: person, act: act, detail: detail))
    }

    /// What operators did with an endpoint, the newest first.
    func acts(of endpoint: ID<WebhookEndpoint>, in tx: borrowing Transaction) throws -> [WebhookActRecord] {
        try tx.all(
            """
            SELECT \(columns: WebhookActRecord.table) FROM \(WebhookActRecord.table)
            WHERE endpoint = \(endpoint) ORDER BY id DESC LIMIT 50
            """)
    }
}
