import Catalogue
import Composition
import Database
import Foundation
import Testing

@testable import ruzhu_bench

@Suite("The comparison of what was acknowledged with what is there")
struct VerifierTests {
    /// Twenty seeded applications, and a ledger of what was done to them.
    fileprivate final class Mall: Sendable {
        let folder: URL
        let product: Product
        let targets: [Target]
        let ledger: [Ledger.Entry]

        var verifier: Verifier { Verifier(database: product.database, vault: product.vault) }

        init() async throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let settings = try Settings(environment: [
                "RUZHU_DATA": folder.path, "RUZHU_PACKS": root.appending(path: "bench/pack").path,
                "RUZHU_LOG_LEVEL": "error",
            ])
            _ = try await Launch.migrate(settings)
            product = try Launch.atRest(settings)
            try await product.catalogue.load()
            targets = try await Seeder(product: product, count: 20, seed: 1).run()
            ledger = targets.compactMap { target in
                switch target.kind {
                case .half:
                    Ledger.Entry(route: .autosave, subject: target.application, key: "", version: 1)
                case .review:
                    Ledger.Entry(route: .submission, subject: target.application, key: "s\(target.number)", version: 0)
                case .decided:
                    Ledger.Entry(route: .decision, subject: target.caseID, key: "d\(target.number)", version: 0)
                case .ready, .reviewer: nil
                }
            }
            // The seeder's acts carry no keys; a client's would.
            try await product.database.write { [ledger] tx in
                for entry in ledger where !entry.key.isEmpty {
                    try tx.run(
                        """
                        INSERT INTO \(BenchTables.answers) (scope, token, answer, at)
                        VALUES ('test', \(entry.key), 'done', \(0))
                        """)
                }
            }
        }

        deinit {
            try? product.database.close()
            try? FileManager.default.removeItem(at: folder)
        }

        func run(_ sql: SQL) async throws {
            try await product.database.write { tx in _ = try tx.run(sql) }
        }
    }

    @Test("Nothing is said of a database that holds everything; each thing that is lost or half made is named")
    func faults() async throws {
        let mall = try await Mall()
        #expect(mall.ledger.map(\.route).count { $0 == .submission } == 4)
        #expect(try await mall.verifier.faults(in: mall.ledger) == [])
        #expect(try await mall.verifier.gaps() == [])

        let half = try #require(mall.ledger.first { $0.route == .autosave })
        let newer = Ledger.Entry(route: .autosave, subject: half.subject, key: "", version: 2)
        #expect(try await mall.verifier.faults(in: [newer]).first?.contains("草稿的版本是 1") == true)
        #expect(try await mall.verifier.faults(in: [half, half]).first?.contains("不止一次") == true)

        let submissions = mall.ledger.filter { $0.route == .submission }
        try await mall.run(
            "UPDATE \(BenchTables.events) SET number = 99 WHERE stream = \("application/" + submissions[0].subject) AND number = 2"
        )
        #expect(try await mall.verifier.faults(in: [submissions[0]]).contains { $0.contains("编号有缺") })
        try await mall.run(
            "UPDATE \(BenchTables.submissions) SET commitments = '{}' WHERE application = \(submissions[1].subject)")
        #expect(try await mall.verifier.faults(in: [submissions[1]]).contains { $0.contains("承诺") })
        try await mall.run("DELETE FROM \(BenchTables.acts) WHERE application = \(submissions[2].subject)")
        try await mall.run("DELETE FROM \(BenchTables.cases) WHERE application = \(submissions[2].subject)")
        #expect(try await mall.verifier.faults(in: [submissions[2]]).contains { $0.contains("有 0 张审核单") })
        try await mall.run("DELETE FROM \(BenchTables.submissions) WHERE application = \(submissions[3].subject)")
        #expect(try await mall.verifier.faults(in: [submissions[3]]).contains { $0.contains("提交不见了") })

        let decision = try #require(mall.ledger.first { $0.route == .decision })
        try await mall.run("DELETE FROM \(BenchTables.answers) WHERE token = \(decision.key)")
        #expect(try await mall.verifier.faults(in: [decision]).contains { $0.contains("幂等键") })
        try await mall.run("DELETE FROM \(BenchTables.stores)")
        #expect(try await mall.verifier.faults(in: [decision]).contains { $0.contains("开了 0 家店") })
    }

    @Test("Copies fill every table, and none can be taken for the original")
    func ballast() async throws {
        let mall = try await Mall()
        let before = try await mall.count()
        try await Ballast(database: mall.product.database, base: 20).add(upTo: 60) { _ in }
        let after = try await mall.count()
        for (table, rows) in before {
            #expect(rows > 0, "\(table) is empty in the seeded mall")
            #expect(after[table] == rows * 3, "\(table)")
        }
        #expect(try await mall.verifier.faults(in: mall.ledger) == [])
    }
}

extension VerifierTests.Mall {
    /// Rows by table, of all that a copy multiplies.
    fileprivate func count() async throws -> [String: Int] {
        let tables = [
            BenchTables.documents, BenchTables.applications, BenchTables.drafts, BenchTables.submissions,
            BenchTables.milestones, BenchTables.entities, BenchTables.checks, BenchTables.cases, BenchTables.acts,
            BenchTables.decisions, BenchTables.stores, BenchTables.streams, BenchTables.events,
            BenchTables.cursors,
        ]
        return try await product.database.read { tx in
            var counts: [String: Int] = [:]
            for table in tables {
                counts["\(table.context).\(table.name)"] = try tx.value("SELECT COUNT(*) FROM \(table)") ?? 0
            }
            return counts
        }
    }
}
