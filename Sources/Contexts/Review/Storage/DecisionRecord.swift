import Accounts
import Applications
import Database
import Kernel
import Sealing

/// One decision, frozen under the applicant's key. What may be counted stands in the open; the words do not.
struct DecisionRecord: Record {
    static let table = Table(
        "review", "decisions", key: ["case_id"],
        columns: [
            "case_id", "application", "round", "person", "verdict", "reason", "reviewer", "decided_at", "content",
            "salts", "commitments", "digest",
        ])

    static let place: StaticString = "review.decision"

    /// The decision itself, sealed for its case alone.
    var fact: FrozenFact { FrozenFact(content: content, salts: salts, commitments: commitments, digest: digest) }

    let caseID: ID<Case>
    let application: ID<Application>
    let round: Int
    let person: ID<Person>
    let verdict: Verdict
    let reason: RejectionReason?
    let reviewer: ID<Person>
    let decidedAt: Instant
    let content: Sealed
    let salts: Sealed
    let commitments: String
    let digest: String

    var values: [any SQLConvertible] {
        [
            caseID, application, round, person, verdict, reason, reviewer, decidedAt, content, salts, commitments,
            digest,
        ]
    }
}

extension DecisionRecord {
    init(row: Row) throws {
        caseID = try row.get("case_id")
        application = try row.get("application")
        round = try row.get("round")
        person = try row.get("person")
        verdict = try row.get("verdict")
        reason = try row.get("reason")
        reviewer = try row.get("reviewer")
        decidedAt = try row.get("decided_at")
        content = try row.get("content")
        salts = try row.get("salts")
        commitments = try row.get("commitments")
        digest = try row.get("digest")
    }
}

/// The queries about decisions.
struct DecisionStore {
    func add(_ record: DecisionRecord, in tx: borrowing Transaction) throws { try tx.insert(record) }

    /// The decisions on all rounds of an application, the first round first.
    func decisions(on application: ID<Application>, in tx: borrowing Transaction) throws -> [DecisionRecord] {
        try tx.all(
            """
            SELECT \(columns: DecisionRecord.table) FROM \(DecisionRecord.table)
            WHERE application = \(application) ORDER BY round
            """)
    }

    /// The applications that were decided on, the oldest first.
    func decided(in tx: borrowing Transaction) throws -> [ID<Application>] {
        try tx.rows("SELECT DISTINCT application FROM \(DecisionRecord.table) ORDER BY application").map {
            try $0.get("application")
        }
    }
}
