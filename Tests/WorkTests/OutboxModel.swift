import Database
import Kernel
import Logging
import Synchronization
import TestSupport

@testable import Work

private struct Said: Event {
    static let name = "model.said"
    let place: Int
    /// How many more events the one who hears this says in turn.
    let echoes: Int
    var stream: EventStream { EventStream(kind: "model", id: "\(place)") }
}

private struct Shown: Event {
    static let name = "model.shown"
    let place: Int
    var stream: EventStream { EventStream(kind: "model", id: "\(place)") }
}

private struct Ignored: Event {
    static let name = "model.ignored"
    let place: Int
    var stream: EventStream { EventStream(kind: "model", id: "\(place)") }
}

/// A random life of the outbox: events, handlers that fail, processes that die or stand still at any step, clocks that
/// jump. Afterwards everything must have happened once and in order, and nothing may be missing.
final class OutboxModel: Sendable {
    fileprivate struct Fault: Error {}

    fileprivate static let effects = Table("model", "effects", key: ["position"], columns: [])
    private static let migration = Migration(
        "model", 1,
        [
            """
            CREATE TABLE \(effects) (
                position INTEGER PRIMARY KEY, handler TEXT NOT NULL, stream TEXT NOT NULL, number INTEGER NOT NULL)
            """
        ])
    private static let wishes: [String: Set<String>] = [
        "model.hears-all": [Said.name, Shown.name], "model.echoes": [Said.name], "model.sees": [Shown.name],
    ]

    private let test: TestDatabase
    private let clock = ManualClock()
    private let logger = Logger(label: "model") { _ in SwiftLogNoOpLogHandler() }
    private let hasOneWriter: Bool
    private let defersCursors: Bool
    private let world: World

    init(seed: UInt64, defersCursors: Bool = false) async throws {
        var chance = Chance(seed: seed)
        hasOneWriter = chance.oneIn(2)
        world = World(places: Int.random(in: 1...6, using: &chance))
        self.defersCursors = defersCursors
        test = try await TestDatabase(WorkMigrations.all + [Self.migration], rehearsing: chance.oneIn(3))
        for name in Self.wishes.keys.sorted() {
            for place in 0..<world.places {
                for number in 1...40 where chance.oneIn(12) {
                    let isForGood = chance.oneIn(4)
                    world.faults.withLock {
                        $0["\(name) model/\(place) \(number)"] = isForGood ? .max : Int.random(in: 1...3, using: &chance)
                    }
                }
            }
        }
    }

    /// Lives through `steps` random steps, comes to rest, and says what went wrong.
    func live(steps: Int, seed: UInt64) async throws -> [String] {
        var chance = Chance(seed: seed &+ 1)
        var processes: [MortalDatabase] = []
        var dispatchers: [Dispatcher] = []
        var sleepers: [(MortalDatabase, Task<Void, Never>)] = []
        func start(_ position: Int) {
            let mortal = MortalDatabase(
                test.database, diesAt: chance.oneIn(2) ? Int.random(in: 1...90, using: &chance) : nil,
                pausesAt: chance.oneIn(3) ? Int.random(in: 1...60, using: &chance) : nil, defersCursors: defersCursors)
            let dispatcher = dispatcher(on: mortal)
            if position < processes.count {
                (processes[position], dispatchers[position]) = (mortal, dispatcher)
            } else {
                processes.append(mortal)
                dispatchers.append(dispatcher)
            }
        }
        for position in 0..<Int.random(in: 1...3, using: &chance) { start(position) }
        for _ in 0..<steps {
            switch Int.random(in: 0..<10, using: &chance) {
            case 0..<3: try await emit(using: &chance)
            case 3:
                let jump = chance.oneIn(6) ? Int.random(in: -5_000...5_000, using: &chance) : Int.random(in: 0...80, using: &chance)
                clock.advance(by: .seconds(jump))
            case 4 where !sleepers.isEmpty:
                let (process, task) = sleepers.removeFirst()
                process.wake()
                await task.value
            default:
                let chosen = processes.indices.filter { _ in chance.oneIn(2) }
                var passes: [(Int, Passing, Task<Void, Never>)] = []
                for position in chosen {
                    let passing = Passing(dispatchers[position])
                    passes.append((position, passing, Task { await passing.go() }))
                }
                for (position, passing, task) in passes {
                    let process = processes[position]
                    if await passing.ends(on: process) {
                        if process.isDead { start(position) }
                    } else {
                        // It stands still, and another one takes its place.
                        sleepers.append((process, task))
                        start(position)
                    }
                }
            }
        }
        for (process, task) in sleepers {
            process.wake()
            await task.value
        }
        for process in processes { process.wake() }
        return try await rest()
    }

    private func dispatcher(on database: any Database) -> Dispatcher {
        Dispatcher(
            database: database, handlers: world.handlers, clock: clock, logger: logger, hasOneWriter: hasOneWriter)
    }

    /// A pass that is under way.
    private final class Passing: Sendable {
        private let isDone = Mutex(false)
        let dispatcher: Dispatcher

        init(_ dispatcher: Dispatcher) { self.dispatcher = dispatcher }

        func go() async {
            _ = try? await dispatcher.pass()
            isDone.withLock { $0 = true }
        }

        /// Whether it comes to an end; if not, its process stands still.
        func ends(on process: MortalDatabase) async -> Bool {
            while !isDone.withLock({ $0 }) {
                if process.isPaused { return false }
                try? await Task.sleep(for: .microseconds(100))
            }
            return true
        }
    }

    private func emit(using chance: inout Chance) async throws {
        let count = Int.random(in: 1...4, using: &chance)
        var events: [any Event] = []
        for _ in 0..<count {
            let place = Int.random(in: 0..<world.places, using: &chance)
            switch Int.random(in: 0..<4, using: &chance) {
            case 0: events.append(Ignored(place: place))
            case 1: events.append(Shown(place: place))
            default: events.append(Said(place: place, echoes: Int.random(in: 0...2, using: &chance)))
            }
        }
        let (now, fails, all) = (clock.now, chance.oneIn(5), events)
        try? await test.database.write { tx in
            for event in all { try tx.emit(event, at: now) }
            if fails { throw Fault() }
        }
    }

    /// A healthy process ends what was begun; then what is stuck for good is let go.
    private func rest() async throws -> [String] {
        let last = dispatcher(on: test.database)
        try await settle(last)
        var wrong = try await compare(isParked: true)
        world.faults.withLock { $0 = [:] }
        let now = clock.now
        let parked = try await test.database.read { tx in try ParkedStream.list(limit: 100, in: tx) }
        try await test.database.write { tx in
            for one in parked {
                try WorkAct.retry(handler: one.handler, stream: one.stream)
                    .perform(by: "operator", replayable: [], at: now, in: tx)
            }
        }
        try await settle(last)
        wrong += try await compare(isParked: false)
        return wrong
    }

    private func settle(_ dispatcher: Dispatcher) async throws {
        for _ in 0..<12 {
            try await dispatcher.drain()
            clock.advance(by: .seconds(601))
        }
        try await dispatcher.drain()
    }

    /// Compares, for each handler and stream, what happened with what was emitted.
    private func compare(isParked: Bool) async throws -> [String] {
        let faults = world.faults.withLock { $0 }
        return try await test.database.read { tx in
            var wrong: [String] = []
            var stuck: Set<String> = []
            for (handler, names) in Self.wishes.sorted(by: { $0.key < $1.key }) {
                for place in 0..<self.world.places {
                    let stream = "model/\(place)"
                    let wanted = try tx.rows(
                        """
                        SELECT number FROM \(EventRecord.table)
                        WHERE stream = \(stream) AND name IN (\(list: names.sorted())) ORDER BY number
                        """
                    ).map { try $0.get("number", as: Int.self) }
                    let happened = try tx.rows(
                        """
                        SELECT number FROM \(Self.effects)
                        WHERE handler = \(handler) AND stream = \(stream) ORDER BY position
                        """
                    ).map { try $0.get("number", as: Int.self) }
                    let block = wanted.first { faults["\(handler) \(stream) \($0)"] == .max }
                    let expected = wanted.filter { block == nil || $0 < block ?? 0 }
                    if block != nil { stuck.insert("\(handler) \(stream)") }
                    if happened != expected {
                        wrong.append("\(handler) \(stream): \(happened), not \(expected)")
                    }
                }
            }
            let parked = Set(try ParkedStream.list(limit: 100, in: tx).map { "\($0.handler) \($0.stream)" })
            if parked != stuck { wrong.append("parked \(parked.sorted()), not \(stuck.sorted())") }
            let due = try WorkOverview.read(at: .example, in: tx).due
            if due != 0 { wrong.append("\(due) cursors still due") }
            return wrong
        }
    }
}


/// What handlers do and how they fail. It does not know the database: a transaction that is over may let go of its
/// handlers last, and a database can't be closed from within.
private final class World: Sendable {
    private struct Fault: Error {}

    let places: Int
    /// How often a handler still fails at an event; a very large number is for ever.
    let faults = Mutex<[String: Int]>([:])

    init(places: Int) { self.places = places }

    var handlers: [EventHandler] {
        [
            EventHandler("model.hears-all")
                .on(Said.self) { try self.note("model.hears-all", $0.event.stream, $0.number, in: $2) }
                .on(Shown.self) { try self.note("model.hears-all", $0.event.stream, $0.number, in: $2) },
            EventHandler("model.echoes").on(Said.self) { delivery, now, tx in
                let said = delivery.event
                try self.note("model.echoes", said.stream, delivery.number, in: tx)
                guard said.echoes > 0 else { return }
                try tx.emit(Said(place: said.place, echoes: said.echoes - 1), at: now)
                try tx.emit(Shown(place: (said.place + 1) % self.places), at: now)
            },
            EventHandler("model.sees").on(Shown.self) {
                try self.note("model.sees", $0.event.stream, $0.number, in: $2)
            },
        ]
    }

    /// Fails in the middle, after an effect.
    private func note(
        _ handler: String, _ stream: EventStream, _ number: Int, in tx: borrowing Transaction
    ) throws {
        try tx.run(
            "INSERT INTO \(OutboxModel.effects) (handler, stream, number) VALUES (\(handler), \(stream.text), \(number))")
        let fails = faults.withLock { faults in
            guard let left = faults["\(handler) \(stream.text) \(number)"], left > 0 else { return false }
            if left < .max { faults["\(handler) \(stream.text) \(number)"] = left - 1 }
            return true
        }
        if fails { throw Fault() }
    }
}
