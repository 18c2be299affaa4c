import Database
import Foundation
import HTTPTypes
import Kernel
import Sealing
import Synchronization
import TestSupport
import Testing

@testable import Composition

@Suite("Moving from SQLite to PostgreSQL", .enabled(if: TestEngine.current == .postgres))
struct PostgresTransferTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private static func refusal(_ act: () async throws -> Void) async -> String? {
        do {
            try await act()
            return nil
        } catch {
            return (error as? Settings.Fault)?.description
        }
    }

    @Test("Everything arrives, is proved, and the product goes on with it")
    func move() async throws {
        let house = try await House(engine: .sqlite)
        let applicant = Applicant()
        let path = Mutex("")
        try await house.open { client in
            let owner = Visitor(client)
            let address = try await house.submitted(applicant, owner)
            path.withLock { $0 = address }
        }
        let server = try PostgresServer.shared()
        let name = try await server.create(with: [])
        let (settings, target) = (house.product.settings, server.conninfo(for: name))

        let busy = await Self.refusal { try await Launch.transfer(to: target, settings) { _ in } }
        #expect(busy?.contains("请先停掉 ruzhu serve") == true)

        try house.product.database.close()
        let lines = Lines()
        try await Launch.transfer(to: target, settings) { lines.add($0) }
        #expect(lines.all.contains { $0.contains("每表的行数和摘要都一致") && $0.contains("承诺全部重算相符") })
        #expect(lines.all.contains { $0 == "applications.submissions：1 行" })

        var environment = house.environment
        environment["RUZHU_DATABASE"] = target
        environment["RUZHU_DATABASE_CONNECTIONS"] = "4"
        let moved = try Product(
            try Settings(environment: environment), assets: .none, reader: house.reader, sender: house.messages,
            clock: house.clock, logger: house.product.logger)
        #expect(try await moved.prepare().isEmpty)
        house.clock.advance(by: .seconds(120))
        try await house.open(moved) { client in
            let owner = Visitor(client)
            try await house.signIn(owner, applicant.phone, in: moved)
            #expect(try await owner.get(path.withLock { $0 }).text.contains("资料正在审核"))
        }
        #expect(await Launch.examine(environment).map(\.line).contains { $0.hasPrefix("✓ 数据库：PostgreSQL") })

        let again = await Self.refusal { try await Launch.transfer(to: target, settings) { _ in } }
        #expect(again?.contains("目标库不是空的") == true)

        let vault = moved.vault
        try await moved.database.write { tx in
            try tx.run(
                "UPDATE \(sqlite: "applications_submissions", postgres: "applications.submissions") SET commitments = '{}'"
            )
        }
        await #expect(throws: FrozenTable.Broken.self) {
            _ = try await moved.database.read { tx in try Transfer.prove(with: vault, in: tx) }
        }
        try moved.database.close()
        try server.drop(name)
    }

    @Test("More moves at once than there are processors come to their end")
    func together() async throws {
        let server = try PostgresServer.shared()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0...ProcessInfo.processInfo.activeProcessorCount {
                group.addTask {
                    let test = try await TestDatabase(Product.migrations, rehearsing: false, engine: .sqlite)
                    let (vault, log) = (Vault(.forTesting()), ReadingLog())
                    try await test.database.write { tx in
                        try vault.checkKey(in: tx)
                        for number in 0..<50 {
                            try log.note(
                                of: KeyOwner(kind: "person", id: "a"), by: "b", what: "/\(number)", purpose: "review",
                                at: .example, in: tx)
                        }
                    }
                    let name = try await server.create(with: [])
                    let target = PostgresDatabase(try server.options(for: name))
                    let clock = SystemClock()
                    try await Transfer(source: test.database, target: target, vault: vault, clock: clock) { _ in }.run()
                    let readings = try await target.read { tx in
                        try log.readings(of: KeyOwner(kind: "person", id: "a"), in: tx)
                    }
                    #expect(readings.count == 50)
                    try target.close()
                    try server.drop(name)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("A source or a target of another version is refused, and nothing is changed")
    func versions() async throws {
        let house = try await House(engine: .sqlite)
        try house.product.database.close()
        let server = try PostgresServer.shared()
        let newer = Product.migrations + [Migration("work", 9_000, ["SELECT 1"])]
        let name = try await server.create(with: newer)
        let refusal = await Self.refusal {
            try await Launch.transfer(to: server.conninfo(for: name), house.product.settings) { _ in }
        }
        #expect(refusal?.contains("更新版本") == true)
        try server.drop(name)

        let other = try await server.create(with: [])
        let visited = try SQLiteDatabase(path: house.folder.appending(path: "ruzhu.sqlite").path)
        try await visited.migrate(newer, at: .example)
        try visited.close()
        let source = await Self.refusal {
            try await Launch.transfer(to: server.conninfo(for: other), house.product.settings) { _ in }
        }
        #expect(source?.contains("SQLite 是更新版本") == true)
        let database = PostgresDatabase(try server.options(for: other))
        #expect(try await database.pending(Product.migrations).count == Product.migrations.count)
        try database.close()
        try server.drop(other)
    }
}
