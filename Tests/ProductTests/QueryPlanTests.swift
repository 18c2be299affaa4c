import CanonicalJSON
import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Synchronization
import TestSupport
import Testing

@testable import Composition

/// What a day's work asks of the database when it is full: no statement may read a whole table.
@Suite("Statements with 100,000 rows in each table")
struct QueryPlanTests {
    private static let id: SQL = "\(sqlite: "printf('%026d', n.i)", postgres: "lpad(n.i::text, 26, '0')")"
    private static let bytes: SQL =
        "\(sqlite: "CAST(printf('%032d', n.i) AS BLOB)", postgres: "convert_to(lpad(n.i::text, 32, '0'), 'UTF8')")"

    /// The columns that differ from row to row.
    private static let varying: [String: [String: SQL]] = [
        "sealing.keys": ["owner": "'person/' || \(id)"], "sealing.readings": ["id": id],
        "work.streams": ["stream": "'application/' || \(id)"], "work.events": ["stream": "'application/' || \(id)"],
        "work.cursors": ["stream": "'application/' || \(id)"], "work.answers": ["token": id],
        "work.jobs": ["id": id, "dedupe": id],
        "accounts.people": ["id": id, "phone_index": bytes], "accounts.challenges": ["id": id, "phone_index": bytes],
        "accounts.sessions": ["token_digest": bytes, "person": id],
        "accounts.consents": ["id": id, "person": id], "documents.pictures": ["id": id, "person": id],
        "documents.files": ["id": id, "person": id, "blob": id, "content_index": bytes],
        "applications.applications": ["id": id, "person": id], "applications.drafts": ["application": id],
        "applications.submissions": ["application": id], "applications.milestones": ["application": id],
        "applications.finished_rounds": ["application": id], "applications.forecasts": ["application": id],
        "applications.standings": ["application": id],
        "screening.entities": ["application": id, "credit_code": id], "screening.checks": ["application": id],
        "review.cases": ["id": id, "application": id], "review.acts": ["case_id": id, "application": id],
        "review.decisions": ["case_id": id, "application": id],
        "stores.stores": ["id": id, "application": id, "person": id],
        "stores.sales": ["store": id], "stores.first_day": ["store": id],
        "stores.webhook_messages": ["id": id, "subject": id, "at": "n.i + 1772000000000"],
        "stores.webhook_deliveries": ["id": id, "message": id], "stores.webhook_attempts": ["id": id, "delivery": id],
    ]

    /// How a plan says that it reads a whole table, but for those that stay small. `j` are the rows that a statement is
    /// given as JSON (`JSONRows`), `h` the subscriptions of handlers, a dozen.
    private static var wholeInSQLite: Regex<Substring> {
        #/^SCAN (?!.*USING|applied_|catalogue_|sealing_key_check|accounts_roles|documents_upload_parts|stores_webhook_endpoints|sqlite_|CONSTANT|n$|h$|j VIRTUAL)/#
    }
    private static var wholeInPostgres: Regex<Substring> {
        #/Seq Scan on [a-z]+\.(?!applied_migrations|packs|publications|key_check|roles|told|subscriptions|uploads|upload_parts|sweeps|webhook_endpoints|webhook_secrets|webhook_acts|partner_keys)/#
    }

    /// Statements that count or sum for an operator's page or for the metrics, and may read more.
    private static let overviews = ["COUNT(*)", "GROUP BY"]

    @Test("Applicants, reviewers, handlers and jobs find their rows by an index")
    func dayWork() async throws {
        let watched = Mutex<WatchedDatabase?>(nil)
        let house = try await House { engine in
            let database = WatchedDatabase(engine)
            watched.withLock { $0 = database }
            return database
        }
        let database = try #require(watched.withLock { $0 })
        let applicant = Applicant()
        try await house.open { client in
            let (owner, reviewer, desk) = (Visitor(client), Visitor(client), Visitor(client))
            // Nobody listens there, so that there is a try to copy.
            try await house.signIn(desk, House.operatorPhone, door: "/staff/sign-in")
            try await desk.get("/operations/webhooks")
            try await desk.post(
                "/operations/webhooks",
                [("description", "商城"), ("address", "http://127.0.0.1:9/"), ("event", "shop.opened")])
            let endpoint = try #require(
                try await desk.get("/operations/webhooks").text.firstMatch(of: #/\/operations\/webhooks\/[0-9a-z]{26}/#)
            ).0
            // One that is decided, so that each table has a row to copy.
            let path = try await house.submitted(applicant, owner)
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let page = try await reviewer.claimFirstCase()
            try await reviewer.post(page.path + "/decision", [("decision", "approve"), ("_key", "d")])
            try await house.settle()
            #expect(try await owner.get(path).text.contains("开张了"))
            let shop = try #require(
                try await owner.get(path).text.firstMatch(of: #/\/shops\/[0-9a-z]{26}\/first-day/#)
            ).0
            try await owner.get(String(shop))
            try await owner.post(String(shop), [("step", "goods"), ("done", "yes")])
            let sale: JSONValue = ["sales": [["order": "1", "amount": 100, "paid_at": "2026-03-01T08:00:00Z"]]]
            let report = try await desk.call(.post, "/api" + shop.dropLast("/first-day".count) + "/sales", sale)
            #expect(report.status == .ok)
            try await Self.fill(house)

            database.forget()
            let (second, next) = (Applicant(phone: "13655557778"), Visitor(client))
            let address = try await house.submitted(second, next)
            for page in [address, address + "/review", "/applications", "/health/ready"] { try await next.get(page) }
            try await reviewer.get("/staff/queue")
            let claimed = try await reviewer.claimFirstCase()
            try await reviewer.post(
                claimed.path + "/reveal", [("path", "/legalRepresentative/idNumber"), ("_key", "r")])
            try await reviewer.post(claimed.path + "/decision", [("decision", "approve"), ("_key", "e")])
            try await house.settle()
            let progress = try await next.get(address)
            let firstDay = try #require(progress.text.firstMatch(of: #/\/shops\/[0-9a-z]{26}\/first-day/#)).0
            try await next.get(String(firstDay))
            try await next.post(String(firstDay), [("step", "goods"), ("done", "yes")])
            try await next.get(String(firstDay.dropLast("/first-day".count)))
            try await next.post("/sign-out", [])
            let made = try await desk.post(endpoint + "/keys", [("label", "店铺中心")])
            let key = try #require(made.text.firstMatch(of: #/rzp_[A-Za-z0-9_\-]{43}/#)).0
            for path in ["/api/shops?limit=2", "/api/shops?after=00000000000000000000000005"] {
                let answer = try await client.execute(
                    uri: path, method: .get, headers: [.authorization: "Bearer \(key)"])
                #expect(answer.status == .ok)
            }
            for path in ["/operations/webhooks", String(endpoint)] { try await desk.get(path) }
            try await desk.post(
                endpoint + "/replay-range",
                [("from", "2026-03-01 00:00"), ("to", "2026-03-02 00:00"), ("which", "all")])
            try await desk.post(endpoint + "/rotate", [("overlap", "none")])
            try await house.settle()
            await Housekeeping(house.product).sweep()
        }
        let plans = try await database.plans()
        #expect(plans.count > 60, "the day's work was watched")
        for (statement, plan) in plans where !Self.overviews.contains(where: statement.contains) {
            for line in plan {
                let whole = line.contains(Self.wholeInPostgres) || line.contains(Self.wholeInSQLite)
                #expect(!whole, "\(statement)\n\(plan.joined(separator: "\n"))")
            }
        }
    }

    /// A connection that waits for a hundred thousand rows on a busy machine.
    private static func patientDatabase(of house: House) throws -> any Database {
        guard case .postgres(var options) = house.product.settings.rows else {
            return try house.product.settings.openDatabase()
        }
        options.statementTimeout = .seconds(600)
        return PostgresDatabase(options)
    }

    private static func fill(_ house: House) async throws {
        let database = try patientDatabase(of: house)
        defer { try? database.close() }
        try await database.write { tx in
            // Jobs go away when they are done; this one waits for the next century.
            try tx.run(
                """
                INSERT INTO \(sqlite: "work_jobs", postgres: "work.jobs")
                    (id, kind, dedupe, payload, run_at, attempts, created_at)
                VALUES ('00000000000000000000000000', 'test.never', '', '{}', 9999999999999, 0, 0)
                """)
        }
        for table in Product.tables {
            guard var columns = varying["\(table.context).\(table.name)"] else { continue }
            // What is sealed plays no part here, and need not be copied.
            for large in ["content", "salts"] where table.columns.contains(large) { columns[large] = bytes }
            if table.columns.contains("commitments") { columns["commitments"] = "'{}'" }
            let chosen = columns
            try await database.write { tx in
                let count = try tx.run(.multiply(table, 100_000, varying: chosen))
                #expect(count == 100_000, "\(table.name)")
            }
        }
        if database.dialect == .postgres { try await database.write { tx in _ = try tx.run("ANALYZE") } }
    }
}
