import Database
import Kernel
import Logging
import Synchronization
import TestSupport

@testable import Work

/// A random life of jobs: some fail, some ask for later, processes die or stand still at any step.
final class JobModel: Sendable {
    fileprivate struct Fault: Error {}

    fileprivate enum Ending {
        case done
        case failed
        case later
    }

    fileprivate struct Run {
        let at: Instant
        let ending: Ending
    }

    fileprivate struct History {
        var runs: [Run] = []
        var wasGivenUp = false
        /// How often it still fails.
        var faults: Int
        /// How often it still asks for later.
        var delays: Int
    }

    private static let attempts = 3
    private let test: TestDatabase
    private let clock = ManualClock()
    private let kind = JobKind<Int>("model.job")
    private let histories = Histories()

    init() async throws { test = try await TestDatabase(WorkMigrations.all, rehearsing: false) }

    private func runner(on database: any Database) -> JobRunner {
        let handler = JobHandler(
            kind, maximumAttempts: Self.attempts,
            run: { [histories, clock] job, _ in try histories.run(job, at: clock.now) },
            giveUp: { [histories] job in histories.all.withLock { $0[job]?.wasGivenUp = true } })
        return JobRunner(
            database: database, handlers: [handler], clock: clock,
            logger: Logger(label: "model") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Lives through random steps, comes to rest, and says what went wrong.
    func live(steps: Int, seed: UInt64) async throws -> [String] {
        var chance = Chance(seed: seed)
        var queued = 0
        for _ in 0..<steps {
            switch Int.random(in: 0..<6, using: &chance) {
            case 0:
                // The same key again while it is kept adds nothing; after that it is a new job, so each has its own.
                let (job, now) = (queued, clock.now)
                queued += 1
                let history = History(
                    faults: chance.oneIn(3) ? Int.random(in: 1...5, using: &chance) : 0,
                    delays: chance.oneIn(4) ? Int.random(in: 1...4, using: &chance) : 0)
                histories.all.withLock { $0[job] = history }
                try await test.database.write { [kind] tx in
                    for _ in 0..<2 { try tx.enqueue(kind, job, key: "\(job)", at: now) }
                }
            case 1: clock.advance(by: .seconds(Int.random(in: 0...100, using: &chance)))
            default:
                let processes = (0..<Int.random(in: 1...3, using: &chance)).map { _ in
                    runner(
                        on: MortalDatabase(
                            test.database, diesAt: chance.oneIn(2) ? Int.random(in: 1...25, using: &chance) : nil))
                }
                await withTaskGroup(of: Void.self) { group in
                    for process in processes { group.addTask { _ = try? await process.pass() } }
                }
            }
        }
        let last = runner(on: test.database)
        for _ in 0..<20 {
            while try await last.pass() > 0 {}
            clock.advance(by: .seconds(601))
        }
        return try await wrong()
    }

    private func wrong() async throws -> [String] {
        let left = try await test.database.read { tx in
            try tx.rows("SELECT payload, failed_at FROM \(WorkTables.jobs)").map { row in
                (try row.get("payload", as: String.self), try row.get("failed_at", as: Instant?.self) != nil)
            }
        }
        let failed = Set(left.filter(\.1).compactMap { Int($0.0) })
        var wrong = left.filter { !$0.1 }.map { "job \($0.0) was forgotten" }
        for (job, history) in histories.all.withLock({ $0 }) {
            let counted = history.runs.filter { $0.ending != .later }.count
            if counted > Self.attempts { wrong.append("job \(job) was tried \(counted) times") }
            let isDone = history.runs.contains { $0.ending == .done }
            if !isDone, !failed.contains(job) { wrong.append("job \(job) never ended") }
            if failed.contains(job), !history.wasGivenUp { wrong.append("job \(job) was not given up properly") }
            for (earlier, later) in zip(history.runs, history.runs.dropFirst()) {
                let pause = later.at.since(earlier.at)
                let least: Duration =
                    switch earlier.ending {
                    // Its process died before it could say so: only the end of its claim lets another one begin.
                    case .done: JobRunner.claimLength
                    case .failed: .seconds(1)
                    case .later: .seconds(30)
                    }
                if pause < least { wrong.append("job \(job) ran again after \(pause)") }
            }
        }
        return wrong
    }
}

/// What became of each job. It does not know the database, which can't be closed from within a transaction that lets go
/// of its closures last.
private final class Histories: Sendable {
    let all = Mutex<[Int: JobModel.History]>([:])

    func run(_ job: Int, at now: Instant) throws {
        let ending = all.withLock { histories in
            guard var history = histories[job] else { return JobModel.Ending.done }
            var ending = JobModel.Ending.done
            if history.delays > 0 {
                history.delays -= 1
                ending = .later
            } else if history.faults > 0 {
                history.faults -= 1
                ending = .failed
            }
            history.runs.append(JobModel.Run(at: now, ending: ending))
            histories[job] = history
            return ending
        }
        switch ending {
        case .done: return
        case .failed: throw JobModel.Fault()
        case .later: throw Later(after: .seconds(30))
        }
    }
}
