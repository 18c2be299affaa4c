import Database
import Kernel
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Work

private struct Happened: Event {
    static let name = "test.happened"
    let place: String
    let value: Int
    var stream: EventStream { EventStream(kind: "test", id: place) }
}

/// Counts, per stream, what a handler was told; kept in the database, as a real handler's effect is.
private enum Tally {
    static let table = Table("test", "tally", key: ["stream", "value"], columns: ["stream", "value", "position"])
    static let migrations = [
        Migration(
            "test", 1,
            [
                "CREATE TABLE \(table) (stream TEXT NOT NULL, value INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (stream, value)) \(SQL.strict)"
            ])
    ]

    static func add(_ event: Happened, in tx: borrowing Transaction) throws {
        try tx.run(
            """
            INSERT INTO \(table) (stream, value, position)
            VALUES (\(event.place), \(event.value), (SELECT COUNT(*) FROM \(table) WHERE stream = \(event.place)))
            """)
    }

    static func values(_ stream: String, _ database: any Database) async throws -> [Int] {
        try await database.read { tx in
            try tx.rows("SELECT value FROM \(table) WHERE stream = \(stream) ORDER BY position").map {
                try $0.get("value")
            }
        }
    }
}

private struct Broken: Error {}

@Suite("Outbox and jobs")
struct WorkTests {
    let clock = ManualClock()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func database() async throws -> TestDatabase {
        try await TestDatabase(WorkMigrations.all + Tally.migrations)
    }

    private func emit(_ events: [Happened], _ test: TestDatabase) async throws {
        let now = clock.now
        for event in events { try await test.database.write { tx in try tx.emit(event, at: now) } }
    }

    @Test("Events of a stream arrive in their order, each once")
    func order() async throws {
        let test = try await database()
        let handler = EventHandler("test.tally").on(Happened.self) { delivery, _, tx in
            try Tally.add(delivery.event, in: tx)
        }
        let dispatcher = Dispatcher(database: test.database, handlers: [handler], clock: clock, logger: logger)
        try await emit((0..<20).flatMap { value in ["a", "b", "c"].map { Happened(place: $0, value: value) } }, test)
        try await dispatcher.drain()
        for stream in ["a", "b", "c"] { #expect(try await Tally.values(stream, test.database) == Array(0..<20)) }
    }

    @Test("Events arrive in the order of their numbers, whatever the clock said when they were made")
    func backwardClock() async throws {
        let test = try await database()
        let handler = EventHandler("test.tally").on(Happened.self) { delivery, _, tx in
            try Tally.add(delivery.event, in: tx)
        }
        let dispatcher = Dispatcher(database: test.database, handlers: [handler], clock: clock, logger: logger)
        for (value, behind) in [(0, 0), (1, 5), (2, 3)] {
            let at = clock.now - .seconds(behind)
            try await test.database.write { tx in try tx.emit(Happened(place: "a", value: value), at: at) }
        }
        try await dispatcher.drain()
        #expect(try await Tally.values("a", test.database) == [0, 1, 2])
    }

    @Test("An event of a transaction that fails is never told")
    func rolledBack() async throws {
        let test = try await database()
        let now = clock.now
        await #expect(throws: Broken.self) {
            try await test.database.write { tx in
                try tx.emit(Happened(place: "a", value: 1), at: now)
                throw Broken()
            }
        }
        let overview = try await test.database.read { tx in try WorkOverview.read(at: .example, in: tx) }
        #expect(overview.unsorted == 0)
    }

    @Test("An event that fails again and again is parked, blocks its own stream only, and goes on when released")
    func parking() async throws {
        let test = try await database()
        let isBroken = Flag(true)
        let handler = EventHandler("test.tally").on(Happened.self) { delivery, _, tx in
            if delivery.event.place == "a", delivery.event.value == 1, isBroken.value { throw Broken() }
            try Tally.add(delivery.event, in: tx)
        }
        let dispatcher = Dispatcher(database: test.database, handlers: [handler], clock: clock, logger: logger)
        try await emit(
            [0, 1, 2].flatMap { [Happened(place: "a", value: $0), Happened(place: "b", value: $0)] }, test)
        for _ in 0..<Attempt.patience {
            try await dispatcher.drain()
            clock.advance(by: .seconds(700))
        }
        #expect(try await Tally.values("a", test.database) == [0])
        #expect(try await Tally.values("b", test.database) == [0, 1, 2])
        let parked = try await test.database.read { tx in try ParkedStream.list(limit: 100, in: tx) }
        #expect(parked.map(\.stream) == ["test/a"])
        #expect(parked.map(\.event) == [Happened.name])
        #expect(parked.map(\.error) == ["Broken"])

        isBroken.value = false
        let now = clock.now
        try await test.database.write { tx in
            try WorkAct.retry(handler: "test.tally", stream: "test/a")
                .perform(by: "operator", replayable: [], at: now, in: tx)
        }
        try await dispatcher.drain()
        #expect(try await Tally.values("a", test.database) == [0, 1, 2])
    }

    @Test("A database that is busy for long parks no event")
    func busyDatabase() async throws {
        let test = try await database()
        let isBusy = Flag(true)
        let handler = EventHandler("test.tally").on(Happened.self) { delivery, _, tx in
            if isBusy.value { throw DatabaseUnavailable.busy }
            try Tally.add(delivery.event, in: tx)
        }
        let dispatcher = Dispatcher(database: test.database, handlers: [handler], clock: clock, logger: logger)
        try await emit([Happened(place: "a", value: 0)], test)
        for _ in 0..<3 * Attempt.patience {
            try await dispatcher.drain()
            clock.advance(by: .seconds(700))
        }
        isBusy.value = false
        try await dispatcher.drain()
        #expect(try await Tally.values("a", test.database) == [0])
    }

    @Test("Two dispatchers side by side deliver each event once")
    func twoDispatchers() async throws {
        let test = try await database()
        let handler = EventHandler("test.tally").on(Happened.self) { delivery, _, tx in
            try Tally.add(delivery.event, in: tx)
        }
        let dispatchers = (0..<2).map { _ in
            Dispatcher(database: test.database, handlers: [handler], clock: clock, logger: logger)
        }
        try await emit((0..<30).map { Happened(place: "s\($0 % 5)", value: $0) }, test)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for dispatcher in dispatchers { group.addTask { try await dispatcher.drain() } }
            try await group.waitForAll()
        }
        for dispatcher in dispatchers { try await dispatcher.drain() }
        for stream in 0..<5 {
            #expect(try await Tally.values("s\(stream)", test.database) == Array(0..<30).filter { $0 % 5 == stream })
        }
    }

    @Test("A job that fails runs again later, and is given up and shown after its last attempt")
    func jobs() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let runs = Counter()
        let gaveUp = Counter()
        let handler = JobHandler(
            kind, maximumAttempts: 3,
            run: { _, _ in
                runs.add()
                throw Broken()
            }, giveUp: { _ in gaveUp.add() })
        let runner = JobRunner(database: test.database, handlers: [handler], clock: clock, logger: logger)
        let now = clock.now
        try await test.database.write { tx in
            try tx.enqueue(kind, 1, key: "one", at: now)
            try tx.enqueue(kind, 1, key: "one", at: now)
        }
        for _ in 0..<6 {
            _ = try await runner.pass()
            clock.advance(by: .seconds(700))
        }
        #expect(runs.value == 3)
        #expect(gaveUp.value == 1)
        let jobs = try await test.database.read { tx in try WorkOverview.read(at: .example, in: tx).jobs }
        #expect(jobs.map(\.failed) == [1])
        #expect(jobs.map(\.waiting) == [0])
    }

    @Test("A job whose process died is taken up again when its claim has run out")
    func orphanedJob() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let runs = Counter()
        let handler = JobHandler(kind) { _, _ in runs.add() }
        let now = clock.now
        try await test.database.write { tx in
            try tx.enqueue(kind, 1, key: "one", at: now)
            try tx.run("UPDATE \(WorkTables.jobs) SET claimed_until = \(now + .seconds(120))")
        }
        let runner = JobRunner(database: test.database, handlers: [handler], clock: clock, logger: logger)
        _ = try await runner.pass()
        #expect(runs.value == 0)
        clock.advance(by: .seconds(121))
        _ = try await runner.pass()
        #expect(runs.value == 1)
    }

    @Test("A job that runs for longer than its claim is not begun a second time by the same process")
    func longJob() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let runs = Counter()
        let (began, ends) = (Gate(), Gate())
        let handler = JobHandler(kind) { _, _ in
            runs.add()
            began.open()
            await ends.wait()
        }
        let runner = JobRunner(database: test.database, handlers: [handler], clock: clock, logger: logger)
        let now = clock.now
        try await test.database.write { tx in try tx.enqueue(kind, 1, key: "one", at: now) }
        async let first = runner.pass()
        await began.wait()
        clock.advance(by: .seconds(1_000))
        #expect(try await runner.pass() == 0)
        ends.open()
        #expect(try await first == 1)
        #expect(runs.value == 1)
        #expect(try await test.database.read { tx in try WorkOverview.read(at: .example, in: tx).jobs }.isEmpty)
    }

    @Test("A job that ends the process each time is given up without being run again")
    func deadlyJob() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let (runs, gaveUp) = (Counter(), Counter())
        let handler = JobHandler(
            kind, maximumAttempts: 2, run: { _, _ in runs.add() }, giveUp: { _ in gaveUp.add() })
        let now = clock.now
        try await test.database.write { tx in
            try tx.enqueue(kind, 1, key: "one", at: now)
            // As two processes left it that began it and were never heard of again.
            try tx.run("UPDATE \(WorkTables.jobs) SET attempts = 2, claimed_until = \(now)")
        }
        let runner = JobRunner(database: test.database, handlers: [handler], clock: clock, logger: logger)
        _ = try await runner.pass()
        #expect(runs.value == 0)
        #expect(gaveUp.value == 1)
        #expect(
            try await test.database.read { tx in try WorkOverview.read(at: .example, in: tx).jobs }.map(\.failed) == [1]
        )
    }

    @Test("An attempt counts from when it begins, and is numbered from 1")
    func attempts() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let numbers = Kept<[Int]>([])
        let database = test.database
        let handler = JobHandler(kind) { _, attempt in
            let counted = try await database.read { tx in
                try tx.value("SELECT attempts FROM \(sqlite: "work_jobs", postgres: "work.jobs")", as: Int.self)
            }
            numbers.change { $0 += [attempt, counted ?? 0] }
            throw Broken()
        }
        let runner = JobRunner(database: test.database, handlers: [handler], clock: clock, logger: logger)
        let now = clock.now
        try await test.database.write { tx in try tx.enqueue(kind, 1, key: "one", at: now) }
        for _ in 0..<2 {
            _ = try await runner.pass()
            clock.advance(by: .seconds(10))
        }
        #expect(numbers.value == [1, 1, 2, 2])
    }

    @Test("A job that asks for later runs after its pause, as often as it asks, and never counts as tried")
    func later() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let numbers = Kept<[Int]>([])
        let handler = JobHandler(kind, maximumAttempts: 2) { _, attempt in
            numbers.change { $0.append(attempt) }
            throw Later(after: .seconds(30))
        }
        let runner = JobRunner(database: test.database, handlers: [handler], clock: clock, logger: logger)
        let now = clock.now
        try await test.database.write { tx in try tx.enqueue(kind, 1, key: "one", at: now) }
        for _ in 0..<5 {
            #expect(try await runner.pass() == 1)
            #expect(try await runner.pass() == 0)
            clock.advance(by: .seconds(30))
        }
        #expect(numbers.value == [1, 1, 1, 1, 1])
        #expect(
            try await test.database.read { tx in try WorkOverview.read(at: .example, in: tx).jobs }.map(\.waiting) == [
                1
            ])
    }

    @Test("Jobs and streams of handlers that this process lacks are left to others, and block nothing")
    func strangers() async throws {
        let test = try await database()
        let (old, new) = (JobKind<Int>("test.old"), JobKind<Int>("test.new"))
        let runs = Counter()
        let runner = JobRunner(
            database: test.database, handlers: [JobHandler(new) { _, _ in runs.add() }], clock: clock, logger: logger)
        let dispatcher = Dispatcher(
            database: test.database,
            handlers: [EventHandler("test.tally").on(Happened.self) { try Tally.add($0.event, in: $2) }],
            clock: clock, logger: logger)
        let now = clock.now
        try await test.database.write { tx in
            for number in 0..<40 {
                try tx.enqueue(old, number, key: "\(number)", at: now)
                try tx.run(
                    """
                    INSERT INTO \(WorkTables.cursors) (handler, stream, delivered, head, due_since, retry_at, attempts)
                    VALUES (\("test.gone"), \("test/\(number)"), 0, 1, 0, 0, 0)
                    """)
            }
            try tx.enqueue(new, 1, key: "one", at: now + .milliseconds(1))
            try tx.emit(Happened(place: "a", value: 1), at: now)
        }
        clock.advance(by: .seconds(1))
        #expect(try await runner.pass() == 1)
        #expect(runs.value == 1)
        try await dispatcher.drain()
        #expect(try await Tally.values("a", test.database) == [1])
        let claimed = try await test.database.read { tx in
            try tx.value(
                "SELECT COUNT(*) FROM \(WorkTables.jobs) WHERE attempts > 0 OR claimed_until IS NOT NULL", as: Int.self)
        }
        #expect(claimed == 0)
    }

    @Test("A job that is stopped with its process is put back at once, and the attempt does not count")
    func stoppedJob() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let began = Gate()
        let stopping = JobHandler(kind) { _, _ in
            began.open()
            try await Task.sleep(for: .seconds(600))
        }
        let now = clock.now
        try await test.database.write { tx in try tx.enqueue(kind, 1, key: "one", at: now) }
        let runner = JobRunner(database: test.database, handlers: [stopping], clock: clock, logger: logger)
        let process = Task { try await runner.pass() }
        await began.wait()
        process.cancel()
        _ = try await process.value
        let numbers = Kept<[Int]>([])
        let handler = JobHandler(kind) { _, attempt in numbers.change { $0.append(attempt) } }
        let next = JobRunner(database: test.database, handlers: [handler], clock: clock, logger: logger)
        #expect(try await next.pass() == 1)
        #expect(numbers.value == [1])
    }

    @Test("A job that was queued while the clock ran a day ahead does not wait for that day")
    func jobOfAnotherDay() async throws {
        let test = try await database()
        let kind = JobKind<Int>("test.job")
        let runs = Counter()
        let runner = JobRunner(
            database: test.database, handlers: [JobHandler(kind) { _, _ in runs.add() }], clock: clock, logger: logger)
        let (ahead, soon) = (clock.now + .seconds(86_400), clock.now + .seconds(60))
        try await test.database.write { tx in
            try tx.enqueue(kind, 1, key: "ahead", at: ahead)
            try tx.enqueue(kind, 2, key: "soon", at: soon)
        }
        #expect(try await runner.pass() == 0)
        await runner.bringForward()
        #expect(try await runner.pass() == 1)
        #expect(runs.value == 1, "one that waits for its pause goes on to")
    }

    @Test("Answers are forgotten when they are old, and no sooner")
    func forgetting() async throws {
        let test = try await database()
        let start = clock.now
        for (token, at) in [("old", start), ("new", start + .seconds(10))] {
            let key = IdempotencyKey(principal: "p", act: "act", token: token)
            try await test.database.write { tx in _ = try tx.once(key, at: at) { _ in token } }
        }
        let forgotten = try await test.database.write { tx in try Remembered.forget(before: start + .seconds(5), in: tx)
        }
        #expect(forgotten == 1)
        let kept = try await test.database.read { tx in
            try tx.value("SELECT token FROM \(WorkTables.answers)", as: String.self)
        }
        #expect(kept == "new")
    }

    @Test("A write that is sent twice under one key is done once and answered the same")
    func idempotency() async throws {
        let test = try await database()
        let key = IdempotencyKey(principal: "p", act: "act", token: "t")
        let now = clock.now
        let answers = try await [1, 2].asyncMap { value in
            try await test.database.write { tx in
                try tx.once(key, at: now) { tx in
                    try Tally.add(Happened(place: "once", value: value), in: tx)
                    return "answer \(value)"
                }
            }
        }
        #expect(answers == ["answer 1", "answer 1"])
        #expect(try await Tally.values("once", test.database) == [1])
        #expect(IdempotencyKey(principal: "p", act: "a", token: String(repeating: "x", count: 201)) == nil)
    }
}

private final class Flag: Sendable {
    private let state: Mutex<Bool>
    init(_ value: Bool) { state = Mutex(value) }
    var value: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

private final class Kept<Value: Sendable>: Sendable {
    private let state: Mutex<Value>
    init(_ value: Value) { state = Mutex(value) }
    var value: Value { state.withLock { $0 } }
    func change(_ body: (inout Value) -> Void) { state.withLock { body(&$0) } }
}

/// Something to wait for. Once open it stays open.
private final class Gate: Sendable {
    private let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    func open() { continuation.finish() }
    func wait() async { for await _ in stream {} }
}

private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}

extension Array {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
