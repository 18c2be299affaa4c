import Database
import Foundation
import Kernel
import Logging
import Sealing
import TestSupport
import Testing
import Web

@testable import Composition

@Suite("The master key")
struct KeyTests {
    /// A product whose database was begun with a master key that has been replaced by another since.
    private func houseWithAnotherKey() async throws -> House {
        let house = try await House()
        let file = house.product.settings.masterKeyFile.path
        try FileManager.default.removeItem(atPath: file)
        try MasterKey.create(file: file)
        return house
    }

    @Test("With another master key than the data's, nothing is prepared")
    func prepare() async throws {
        let house = try await houseWithAnotherKey()
        let product = try Product(
            house.product.settings, assets: Assets.none, reader: house.reader, sender: house.messages,
            clock: house.clock, logger: house.product.logger)
        await #expect(throws: WrongMasterKey.self) { try await product.prepare() }
        try product.database.close()
        try await house.product.prepare()
    }

    @Test(
        "Serving, migrating and giving roles are refused in words with another master key than the data's",
        .timeLimit(.minutes(5)))
    func refused() async throws {
        let house = try await houseWithAnotherKey()
        try Data("{}".utf8).write(to: house.folder.appending(path: "manifest.json"))
        var environment = house.environment
        environment["RUZHU_ASSETS"] = house.folder.path
        for name in ["SECRET_ID", "SECRET_KEY", "APP_ID", "SIGN"]
            + ["CODE", "CHANGES", "REJECTED", "OPENED", "TURNOVER_NEAR", "TURNOVER_REACHED"].map({ "TEMPLATE_\($0)" })
        {
            environment["RUZHU_SMS_\(name)"] = "1"
        }
        let settings = try Settings(environment: environment)
        let refusals = [
            await Self.refusal { try await Launch.serve(settings) },
            await Self.refusal { _ = try await Launch.migrate(settings) },
            await Self.refusal { _ = try await Launch.grant(role: "reviewer", phone: "13900008809", settings) },
        ]
        for refusal in refusals { #expect(refusal?.contains("主密钥与数据库不符") == true) }
    }

    @Test("The doctor says that the master key is another than the data's")
    func doctor() async throws {
        let whole = try await House()
        let good = await Launch.examine(whole.environment).map(\.line)
        #expect(good.contains { $0.hasPrefix("✓ 主密钥") })
        let house = try await houseWithAnotherKey()
        let found = await Launch.examine(house.environment)
        #expect(found.contains { $0.isFatal && $0.line.hasPrefix("✗ 主密钥：与数据库不符") })
    }

    @Test("Housekeeping cuts SQLite's write-ahead log", .enabled(if: TestEngine.current == .sqlite))
    func log() async throws {
        let house = try await House()
        let log = house.folder.appending(path: "ruzhu.sqlite-wal").path
        #expect(try #require(FileManager.default.contents(atPath: log)).count > 0)
        await Housekeeping(house.product).sweep()
        #expect(try #require(FileManager.default.contents(atPath: log)).isEmpty)
    }

    private static func refusal(_ act: () async throws -> Void) async -> String? {
        do {
            try await act()
            return nil
        } catch {
            return (error as? Settings.Fault)?.description
        }
    }
}
