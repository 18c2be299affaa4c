import Database
import Kernel
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Work

private struct Rang: Event {
    static let name = "shared.rang"
    let place: String
    var stream: EventStream { EventStream(kind: "shared", id: place) }
}

/// What only shows when processes die or work side by side. The random lives cover more; these say it in words.
@Suite("Processes side by side and one after the other")
struct SharedOutboxTests {
    private let clock = ManualClock()
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private struct Broken: Error {}

    private func ring(_ places: [String], _ test: TestDatabase) async throws {
        let now = clock.now
        try await test.database.write { tx in for place in places { try tx.emit(Rang(place: place), at: now) } }
    }

    @Test("An event that ends the process each time is parked, and the others are delivered", arguments: [true, false])
    func deadlyEvent(hasOneWriter: Bool) async throws {
        let test = try await TestDatabase(WorkMigrations.all, rehearsing: false)
        let heard = Mutex<[String]>([])
        try await ring(["a", "deadly", "b", "c"], test)
        for _ in 0..<20 {
            let process = MortalDatabase(test.database)
            let handler = EventHandler("shared.hear").on(Rang.self) { delivery, _, _ in
                if delivery.event.place == "deadly" { try process.die() }
                heard.withLock { $0.append(delivery.event.place) }
            }
            let dispatcher = Dispatcher(
                database: process, handlers: [handler], clock: clock, logger: logger, hasOneWriter: hasOneWriter)
            try? await dispatcher.drain()
            clock.advance(by: .seconds(100))
        }
        let parked = try await test.database.read { tx in try ParkedStream.list(limit: 100, in: tx) }
        #expect(parked.map(\.stream) == ["shared/deadly"])
        #expect(parked.map(\.error) == ["interrupted"])
        #expect(heard.withLock { Set($0) } == ["a", "b", "c"])
    }

    @Test("Whoever sorts an event sorts it for handlers that run elsewhere too")
    func elsewhere() async throws {
        let test = try await TestDatabase(WorkMigrations.all)
        let heard = Mutex<Set<String>>([])
        func process(_ name: String) -> Dispatcher {
            let handler = EventHandler(name).on(Rang.self) { _, _, _ in heard.withLock { _ = $0.insert(name) } }
            return Dispatcher(
                database: test.database, handlers: [handler], clock: clock, logger: logger, hasOneWriter: false)
        }
        let (here, there) = (process("shared.here"), process("shared.there"))
        try await there.drain()
        try await ring(["a"], test)
        try await here.drain()
        #expect(heard.withLock { $0 } == ["shared.here"])
        try await there.drain()
        #expect(heard.withLock { $0 } == ["shared.here", "shared.there"])
    }

    @Test("One handler that throws sinks none of those delivered with it", arguments: [true, false])
    func oneThrows(hasOneWriter: Bool) async throws {
        let test = try await TestDatabase(WorkMigrations.all)
        let told = Table("shared", "told", key: ["place"], columns: [])
        try await test.database.write { tx in _ = try tx.run("CREATE TABLE \(told) (place TEXT PRIMARY KEY)") }
        let handler = EventHandler("shared.hear").on(Rang.self) { delivery, _, tx in
            try tx.run("INSERT INTO \(told) (place) VALUES (\(delivery.event.place))")
            if delivery.event.place == "7" { throw Broken() }
        }
        let dispatcher = Dispatcher(
            database: test.database, handlers: [handler], clock: clock, logger: logger, hasOneWriter: hasOneWriter)
        try await dispatcher.drain()
        try await ring((0..<40).map { "\($0)" }, test)
        try await dispatcher.drain()
        let places = try await test.database.read { tx in
            try tx.rows("SELECT place FROM \(told)").map { try $0.get("place", as: String.self) }
        }
        #expect(Set(places) == Set((0..<40).map { "\($0)" }).subtracting(["7"]))
    }

    @Test("A clock that ran far ahead and came back delays nothing by more than a pause")
    func clockCameBack() async throws {
        let test = try await TestDatabase(WorkMigrations.all)
        let isBroken = Mutex(true)
        let heard = Mutex(0)
        let handler = EventHandler("shared.hear").on(Rang.self) { _, _, _ in
            if isBroken.withLock({ $0 }) { throw Broken() }
            heard.withLock { $0 += 1 }
        }
        let dispatcher = Dispatcher(
            database: test.database, handlers: [handler], clock: clock, logger: logger, hasOneWriter: false)
        clock.advance(by: .seconds(86_400))
        try await ring(["a"], test)
        try await dispatcher.drain()
        clock.advance(by: .seconds(-86_400))
        isBroken.withLock { $0 = false }
        try await dispatcher.drain()
        #expect(heard.withLock { $0 } > 0)
    }
}
