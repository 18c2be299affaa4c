package import Database
package import Kernel

/// The key by which a client marks a write that it may send again (draft-ietf-httpapi-idempotency-key-header).
package struct IdempotencyKey: Sendable, Hashable {
    let scope: String
    let token: String

    /// - Parameters:
    ///   - principal: who sends it; keys of different people never meet.
    ///   - act: which write, such as `submit/01j…`.
    ///   - token: what the client sent, at most 200 characters.
    package init?(principal: String, act: String, token: String) {
        guard !token.isEmpty, token.utf8.count <= 200 else { return nil }
        self.scope = "\(principal)|\(act)"
        self.token = token
    }

    private init(scope: String, token: String) {
        self.scope = scope
        self.token = token
    }

    /// The key for the same act on something more particular: a form that comes back with other content is no
    /// repetition of the first.
    package func narrowed(to what: String) -> IdempotencyKey {
        IdempotencyKey(scope: scope + "|" + what, token: token)
    }
}

/// The answers by which repeated writes are recognised.
package enum Remembered {
    /// Forgets answers given before a moment, a bounded number at a time.
    /// - Returns: how many were forgotten.
    @discardableResult
    package static func forget(before moment: Instant, in tx: borrowing Transaction) throws -> Int {
        try tx.run(
            """
            DELETE FROM \(WorkTables.answers) WHERE (scope, token) IN (
                SELECT scope, token FROM \(WorkTables.answers) WHERE at < \(moment) ORDER BY at LIMIT 1000)
            """)
    }
}

extension Transaction {
    /// Does `body` once for a key. A repetition gets the first answer and changes nothing.
    ///
    /// Without a key the act is simply done.
    package borrowing func once(
        _ key: IdempotencyKey?, at now: Instant, _ body: (borrowing Transaction) throws -> String
    ) throws -> String {
        guard let key else { return try body(self) }
        let before: String? = try value(
            "SELECT answer FROM \(WorkTables.answers) WHERE scope = \(key.scope) AND token = \(key.token)")
        if let before { return before }
        let answer = try body(self)
        try run(
            """
            INSERT INTO \(WorkTables.answers) (scope, token, answer, at)
            VALUES (\(key.scope), \(key.token), \(answer), \(now))
            """)
        return answer
    }
}
