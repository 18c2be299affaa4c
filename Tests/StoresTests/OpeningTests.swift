import Accounts
import Applications
import Database
import Foundation
import Kernel
import Sealing
import Testing

@testable import Stores

@Suite("Opening a store")
struct OpeningTests {
    @Test("The requested opening makes a store, tells of it and reports that it passed")
    func opens() async throws {
        let bench = try await StoresBench()
        let id = try #require(try await bench.open())
        let store = try await bench.store()
        #expect(store.id == id)
        #expect(store.name == "天翼鲜果铺子")
        #expect(store.licence.permits == [.init(label: "食品经营许可证编号", number: "JY13101150012345", until: "2030年6月30日")])
        let told = try #require(try await bench.events(StoreOpened.name).first)
        let event = try JSONDecoder().decode(StoreOpened.self, from: Data(told.utf8))
        #expect(event.store == id && event.person == .owner)
        let report = try #require(try await bench.events(StageReport.name).first)
        #expect(try JSONDecoder().decode(StageReport.self, from: Data(report.utf8)).outcome == .passed)
    }

    @Test("Asked twice, it opens once and answers twice")
    func idempotent() async throws {
        let bench = try await StoresBench()
        let first = try await bench.open()
        #expect(try await bench.open() == first)
        #expect(try await bench.events(StoreOpened.name).count == 1)
        #expect(try await bench.events(StageReport.name).count == 2)
        let count: Int? = try await bench.database.read { tx in
            try tx.value("SELECT COUNT(*) FROM \(sqlite: "stores_stores", postgres: "stores.stores")")
        }
        #expect(count == 1)
    }

    @Test("Publishing the representative's name is noted once, as a reading by the public")
    func noted() async throws {
        let bench = try await StoresBench()
        _ = try await bench.open()
        _ = try await bench.open()
        let readings = try await bench.database.read { tx in
            try ReadingLog().readings(of: ID<Person>.owner.keyOwner, in: tx)
        }
        #expect(readings.map(\.purpose) == ["licence_page"])
        #expect(readings.map(\.reader) == ["public"])
    }

    @Test("No name, number or phone of a person stands in the database's files")
    func sealed() async throws {
        let bench = try await StoresBench()
        _ = try await bench.open()
        for (_, bytes) in try bench.everythingKept() {
            for planted in ["孙燕英", "王小明", "330106199001019979", "13800132468"] {
                #expect(bytes.range(of: Data(planted.utf8)) == nil)
            }
        }
    }

    @Test("Before the opening there is no store and no address")
    func nothingYet() async throws {
        let bench = try await StoresBench()
        let (id, path) = try await bench.database.read { tx in
            (try Stores.storeID(of: .shop, in: tx), try Stores.path(ofStoreOpenedBy: .shop, in: tx))
        }
        #expect(id == nil && path == nil)
    }
}
