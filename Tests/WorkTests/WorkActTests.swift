import Database
import Kernel
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Work

private struct Rang: Event {
    static let name = "acts.rang"
    let place: String
    let value: Int
    var stream: EventStream { EventStream(kind: "acts", id: place) }
}

private struct Other: Event {
    static let name = "acts.other"
    let place: String
    var stream: EventStream { EventStream(kind: "acts", id: place) }
}

@Suite("What operators do about events and jobs")
struct WorkActTests {
    private let clock = ManualClock()
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private struct Broken: Error {}

    /// A database, what was heard in it, and a dispatcher whose handler fails at the value 2.
    private final class Bench: Sendable {
        let test: TestDatabase
        let heard = Heard()
        init() async throws { test = try await TestDatabase(WorkMigrations.all, rehearsing: false) }
    }

    private final class Heard: Sendable {
        private let values = Mutex<[String]>([])
        var all: [String] { values.withLock { $0 } }
        func add(_ event: Rang) { values.withLock { $0.append("\(event.place)\(event.value)") } }
    }

    private func dispatcher(_ bench: Bench, replayable: Bool = true) -> Dispatcher {
        let handler = EventHandler("acts.hear").on(Rang.self) { [heard = bench.heard] delivery, _, _ in
            if delivery.event.value == 2 { throw Broken() }
            heard.add(delivery.event)
        }
        return Dispatcher(
            database: bench.test.database, handlers: [replayable ? handler.replayable() : handler], clock: clock,
            logger: logger)
    }

    private func emit(_ events: [any Event], _ bench: Bench) async throws {
        let now = clock.now
        try await bench.test.database.write { tx in for event in events { try tx.emit(event, at: now) } }
    }

    private func perform(_ act: WorkAct, _ dispatcher: Dispatcher, _ bench: Bench) async throws {
        let (now, replayable) = (clock.now, dispatcher.replayable)
        try await bench.test.database.write { tx in
            try act.perform(by: "op", replayable: replayable, at: now, in: tx)
        }
        try await dispatcher.drain()
    }

    private func stuck(_ dispatcher: Dispatcher) async throws {
        for _ in 0..<8 {
            try await dispatcher.drain()
            clock.advance(by: .seconds(601))
        }
    }

    @Test("The event that is skipped is the one that was seen, it is left out for good, and who did it and why is kept")
    func skip() async throws {
        let bench = try await Bench()
        let dispatcher = dispatcher(bench)
        try await emit([Rang(place: "a", value: 1), Other(place: "a"), Rang(place: "a", value: 2), Rang(place: "a", value: 3)], bench)
        try await stuck(dispatcher)
        let parked = try await bench.test.database.read { tx in try ParkedStream.list(limit: 9, in: tx) }
        #expect(parked.map(\.number) == [3])
        #expect(parked.map(\.event) == [Rang.name])
        await #expect(throws: WorkAct.Refusal.otherEvent) {
            try await perform(.skip(handler: "acts.hear", stream: "acts/a", number: 2, reason: "x"), dispatcher, bench)
        }
        try await perform(.skip(handler: "acts.hear", stream: "acts/a", number: 3, reason: "测试数据"), dispatcher, bench)
        #expect(bench.heard.all == ["a1", "a3"])
        let acts = try await bench.test.database.read { tx in try WorkActRecord.list(limit: 9, in: tx) }
        #expect(acts.map(\.act) == ["skip"])
        #expect(acts.map(\.person) == ["op"])
        #expect(acts.map(\.reason) == ["测试数据"])
        #expect(acts.map(\.detail) == ["3"])
    }

    @Test("A stream is told again from an event on, in its order, and only by a handler that says it bears it")
    func replay() async throws {
        let bench = try await Bench()
        let dispatcher = dispatcher(bench)
        try await emit([3, 4, 5].map { Rang(place: "a", value: $0) }, bench)
        try await dispatcher.drain()
        try await perform(.replay(handler: "acts.hear", stream: "acts/a", from: 2), dispatcher, bench)
        #expect(bench.heard.all == ["a3", "a4", "a5", "a4", "a5"])
        await #expect(throws: WorkAct.Refusal.nothingToReplay) {
            try await perform(.replay(handler: "acts.hear", stream: "acts/a", from: 9), dispatcher, bench)
        }
        await #expect(throws: WorkAct.Refusal.notReplayable) {
            try await perform(
                .replay(handler: "acts.hear", stream: "acts/a", from: 1), self.dispatcher(bench, replayable: false),
                bench)
        }
    }

    @Test("All streams are told again what happened since a moment, and nothing older")
    func replayAll() async throws {
        let bench = try await Bench()
        let dispatcher = dispatcher(bench)
        try await emit([Rang(place: "a", value: 3), Rang(place: "b", value: 3)], bench)
        clock.advance(by: .seconds(60))
        let since = clock.now
        try await emit([Rang(place: "b", value: 4), Rang(place: "c", value: 4)], bench)
        try await dispatcher.drain()
        try await perform(.replayAll(handler: "acts.hear", since: since), dispatcher, bench)
        let runner = JobRunner(
            database: bench.test.database, handlers: [Rewinding.job(on: bench.test.database, clock: clock)],
            clock: clock, logger: logger)
        #expect(try await runner.pass() == 1)
        try await dispatcher.drain()
        #expect(bench.heard.all.sorted() == ["a3", "b3", "b4", "b4", "c4", "c4"])
    }

    @Test("A job that was given up runs again when told to, or is thrown away, and the act is kept")
    func jobs() async throws {
        let bench = try await Bench()
        let kind = JobKind<Int>("acts.job")
        let isBroken = Mutex(true)
        let runs = Mutex(0)
        let runner = JobRunner(
            database: bench.test.database,
            handlers: [
                JobHandler(kind, maximumAttempts: 1) { _, _ in
                    runs.withLock { $0 += 1 }
                    if isBroken.withLock({ $0 }) { throw Broken() }
                }
            ], clock: clock, logger: logger)
        let now = clock.now
        try await bench.test.database.write { tx in
            for number in 1...2 { try tx.enqueue(kind, number, key: "\(number)", at: now) }
        }
        _ = try await runner.pass()
        let failed = try await bench.test.database.read { tx in try FailedJob.list(limit: 9, in: tx) }
        #expect(failed.map(\.error) == ["Broken", "Broken"])
        isBroken.withLock { $0 = false }
        let dispatcher = dispatcher(bench)
        try await perform(.retryJob(failed[0].id), dispatcher, bench)
        try await perform(.discardJob(failed[1].id, reason: "过期"), dispatcher, bench)
        _ = try await runner.pass()
        #expect(runs.withLock { $0 } == 3)
        await #expect(throws: WorkAct.Refusal.notFailed) {
            try await perform(.retryJob(failed[0].id), dispatcher, bench)
        }
        let jobs = try await bench.test.database.read { tx in try WorkOverview.read(at: now, in: tx).jobs }
        #expect(jobs.isEmpty)
        let acts = try await bench.test.database.read { tx in try WorkActRecord.list(limit: 9, in: tx).map(\.act) }
        #expect(acts.sorted() == ["discard_job", "retry_job"])
    }

    @Test("The overview tells for each handler how many streams wait and since when, also for one with nothing to do")
    func overview() async throws {
        let bench = try await Bench()
        let dispatcher = dispatcher(bench)
        try await dispatcher.drain()
        let start = clock.now
        try await emit([Rang(place: "a", value: 2), Rang(place: "b", value: 3)], bench)
        clock.advance(by: .seconds(30))
        try await dispatcher.drain()
        let state = try await bench.test.database.read { tx in try WorkOverview.read(at: start, in: tx) }
        #expect(state.handlers.map(\.handler) == ["acts.hear"])
        #expect(state.handlers.map(\.due) == [1])
        #expect(state.handlers.map(\.oldest) == [start])
        #expect(state.unsorted == 0)
    }
}
