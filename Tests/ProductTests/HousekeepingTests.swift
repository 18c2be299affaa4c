import Database
import HTTPTypes
import Kernel
import NIOPosix
import Synchronization
import TestSupport
import Testing
import Web
import Work

@testable import Composition

@Suite("Housekeeping, and looking at what waits")
struct HousekeepingTests {
    @Test("One round forgets all answers that have had their time, however many there are")
    func answers() async throws {
        let house = try await House()
        let database = house.product.database
        let now = house.clock.now
        try await database.write { tx in
            for number in 0..<2_500 {
                let key = IdempotencyKey(principal: "somebody", act: "act", token: "\(number)")
                _ = try tx.once(key, at: now) { _ in "answer" }
            }
        }
        house.clock.advance(by: Housekeeping.answersLast + .seconds(1))
        await Housekeeping(house.product).sweep()
        let left: Int? = try await database.read { tx in
            try tx.value("SELECT COUNT(*) FROM \(sqlite: "work_answers", postgres: "work.answers")")
        }
        #expect(left == 0)
    }

    @Test("What reads many rows is not read on the event loops, where requests wait for it")
    func places() async throws {
        let placed = Mutex<PlacedDatabase?>(nil)
        let house = try await House { engine in
            let database = PlacedDatabase(engine)
            placed.withLock { $0 = database }
            return database
        }
        let database = try #require(placed.withLock { $0 })
        let product = house.product
        await withTaskExecutorPreference(LoopExecutor()) {
            _ = try? await product.database.read { tx in try tx.rows("SELECT 1") }
        }
        #expect(database.forget() == (TestEngine.current == .sqlite ? 1 : 0), "else nothing would be seen here")

        await withTaskExecutorPreference(LoopExecutor()) { await Housekeeping(product).sweep() }
        #expect(database.reads > 0)
        #expect(database.forget() == 0)
    }

    @Test("The metrics of the work come from one look at the database")
    func metrics() async throws {
        let placed = Mutex<PlacedDatabase?>(nil)
        let house = try await House { engine in
            let database = PlacedDatabase(engine)
            placed.withLock { $0 = database }
            return database
        }
        let database = try #require(placed.withLock { $0 })
        // Handlers are known once a dispatcher has begun.
        try await house.settle()
        _ = database.forget()
        let meter = Meter()
        WorkGauges(database: house.product.database, clock: house.clock).add(to: meter)
        let text = await withTaskExecutorPreference(LoopExecutor()) { await meter.exposition() }
        #expect(database.reads == 1)
        #expect(database.forget() == 0)
        for line in ["ruzhu_work_parked 0.0", "ruzhu_work_lag_seconds 0.0", "ruzhu_jobs_waiting 0.0"] {
            #expect(text.contains(line))
        }
        #expect(text.contains("ruzhu_work_handler_due{handler=\"stores.open-store\"}"))
        try house.product.database.close()
        #expect(await meter.exposition().contains("ruzhu_work_parked -1.0"), "nobody can say")
    }
}

/// An engine that counts what is read, and what of it on an event loop.
private final class PlacedDatabase: Database {
    private let engine: any Database
    private let counts = Mutex((all: 0, onLoops: 0))

    init(_ engine: any Database) { self.engine = engine }

    var reads: Int { counts.withLock { $0.all } }

    /// - Returns: how many reads were on an event loop since the last time.
    func forget() -> Int {
        counts.withLock { counts in
            defer { counts = (0, 0) }
            return counts.onLoops
        }
    }

    private func note() {
        counts.withLock { counts in
            counts.all += 1
            if MultiThreadedEventLoopGroup.currentEventLoop != nil { counts.onLoops += 1 }
        }
    }

    var dialect: Dialect { engine.dialect }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await engine.read { tx in
            self.note()
            return try body(tx)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value { try await engine.write(body) }

    func afterCommit(_ observer: @escaping @Sendable () -> Void) { engine.afterCommit(observer) }
    func tidy() async throws { try await engine.tidy() }
    func close() throws { try engine.close() }
}
