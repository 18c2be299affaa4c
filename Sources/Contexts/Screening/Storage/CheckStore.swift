import Accounts
import Applications
import Database
import Foundation
import Kernel
import Sealing

/// One check: what the reviewer is told, and what it saw, frozen under the applicant's key.
struct CheckRecord: Record {
    static let table = Table(
        "screening", "checks", key: ["application", "round"],
        columns: [
            "application", "round", "person", "findings", "checked_at", "content", "salts", "commitments", "digest",
        ])

    static let place: StaticString = "screening.check"

    static func row(of application: ID<Application>, round: Int) -> String { "\(application)/\(round)" }

    let application: ID<Application>
    let round: Int
    let person: ID<Person>
    let findings: [Finding]
    let checkedAt: Instant
    let content: Sealed
    let salts: Sealed
    let commitments: String
    let digest: String

    init(_ request: StageRequested, findings: [Finding], features: FrozenFact, at now: Instant) {
        application = request.application
        round = request.round
        person = request.person
        self.findings = findings
        checkedAt = now
        content = features.content
        salts = features.salts
        commitments = features.commitments
        digest = features.digest
    }

    var values: [any SQLConvertible] {
        [
            application, round, person, FindingsColumn(findings), checkedAt, content, salts, commitments, digest,
        ]
    }

    init(row: Row) throws {
        application = try row.get("application")
        round = try row.get("round")
        person = try row.get("person")
        findings = try row.get("findings", as: FindingsColumn.self).findings
        checkedAt = try row.get("checked_at")
        content = try row.get("content")
        salts = try row.get("salts")
        commitments = try row.get("commitments")
        digest = try row.get("digest")
    }
}

/// Findings as JSON text. They speak of a company's public data, never of a person's.
private struct FindingsColumn: SQLConvertible {
    let findings: [Finding]

    init(_ findings: [Finding]) { self.findings = findings }

    var sqlValue: SQLValue {
        let json = try? JSONEncoder().encode(findings)
        return .text(json.map { String(decoding: $0, as: UTF8.self) } ?? "[]")
    }

    init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .text(let text) = sqlValue,
            let findings = try? JSONDecoder().decode([Finding].self, from: Data(text.utf8))
        else { throw UnfitValue() }
        self.findings = findings
    }
}

/// The queries about checks.
struct CheckStore {
    func save(_ record: CheckRecord, in tx: borrowing Transaction) throws { try tx.save(record) }

    func latest(of application: ID<Application>, in tx: borrowing Transaction) throws -> CheckRecord? {
        try tx.first(
            """
            SELECT \(columns: CheckRecord.table) FROM \(CheckRecord.table)
            WHERE application = \(application) ORDER BY round DESC LIMIT 1
            """)
    }
}
