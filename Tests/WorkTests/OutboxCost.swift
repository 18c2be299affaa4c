import Database
import Foundation
import Kernel
import Logging
import TestSupport
import Testing

@testable import Work

/// Like what an application tells its stages: some ids, a hash, a list.
private struct Asked: Event {
    static let name = "cost.asked"
    let application: String
    let person: String
    let stage: String
    let round: Int
    let pack: String
    let categories: [String]
    let subject: String?
    var stream: EventStream { EventStream(kind: "application", id: application) }
}

/// Like what a stage answers.
private struct Answered: Event {
    static let name = "cost.answered"
    let application: String
    let stage: String
    let round: Int
    let outcome: Outcome
    var stream: EventStream { EventStream(kind: "application", id: application) }

    enum Outcome: Codable, Sendable {
        case passed
        case held(rule: String)
    }
}

/// How much processor time the outbox itself takes; handlers do nothing but answer. Printed, not judged: run with
/// `RUZHU_OUTBOX_COST=1 swift test -c release -Xswiftc -enable-testing --filter OutboxCost`.
@Suite(
    "Cost of the outbox", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["RUZHU_OUTBOX_COST"] != nil))
struct OutboxCost {
    private static let stages = ["screening", "review", "agreement", "deposit", "opening"]

    /// As in the product: each of five stages is asked, and all five hear each question.
    private func handlers(upTo last: String) -> [EventHandler] {
        let answering = Self.stages.map { stage in
            EventHandler("\(stage).answer").on(Asked.self) { delivery, now, tx in
                let asked = delivery.event
                guard asked.stage == stage, stage != last else { return }
                try tx.emit(
                    Answered(application: asked.application, stage: stage, round: asked.round, outcome: .passed),
                    at: now)
            }
        }
        let asking = EventHandler("application.ask").on(Answered.self) { delivery, now, tx in
            let answer = delivery.event
            guard let place = Self.stages.firstIndex(of: answer.stage), place + 1 < Self.stages.count else { return }
            try tx.emit(Self.ask(Self.stages[place + 1], of: answer.application), at: now)
        }
        return answering + [asking]
    }

    private static func ask(_ stage: String, of application: String) -> Asked {
        Asked(
            application: application, person: "01jd8q4t2wzx5m000000000000", stage: stage, round: 1,
            pack: "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
            categories: ["food-fresh", "food-packaged"], subject: "company")
    }

    /// Up to the review an application tells 3 events, heard 11 times; up to its shop 9 events, heard 29 times.
    @Test("Of one submission", arguments: [("review", 3, 11), ("opening", 9, 29)], [1, 32])
    func cost(walk: (last: String, events: Int, deliveries: Int), atOnce: Int) async throws {
        let test = try await TestDatabase(WorkMigrations.all, rehearsing: false)
        let dispatcher = Dispatcher(
            database: test.database, handlers: handlers(upTo: walk.last), clock: SystemClock(),
            logger: Logger(label: "cost") { _ in SwiftLogNoOpLogHandler() })
        // A dispatcher is cautious until it has found nothing to do.
        try await dispatcher.drain()
        let rounds = 320
        var submitting = 0.0
        var delivering = 0.0
        for start in stride(from: 0, to: rounds, by: atOnce) {
            let before = Self.processorTime()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in start..<start + atOnce {
                    group.addTask {
                        let now = SystemClock().now
                        let application = ID<Asked>.new(at: now).text + "\(number)"
                        try await test.database.write { tx in
                            try tx.emit(Self.ask("screening", of: application), at: now)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let between = Self.processorTime()
            try await dispatcher.drain()
            submitting += between - before
            delivering += Self.processorTime() - between
        }
        let told = try await test.database.read { tx in
            try tx.value("SELECT COUNT(*) FROM work_events", as: Int.self)
        }
        #expect(told == rounds * walk.events)
        let each = (submitting + delivering) / Double(rounds) * 1_000
        print(
            """
            outbox, \(atOnce) at once, up to \(walk.last): \(Self.text(each)) ms CPU a submission \
            (first write \(Self.text(submitting / Double(rounds) * 1_000)), \(walk.events) events, \
            \(walk.deliveries) deliveries: \(Self.text(each / Double(walk.deliveries))) ms a delivery)
            """)
    }

    private static func text(_ number: Double) -> String { String(format: "%.3f", number) }

    /// Seconds of processor time that this process has used.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
