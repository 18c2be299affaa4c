import Foundation
import Testing

@Suite("A random life of the outbox")
struct OutboxModelTests {
    /// How many lives the long form tries, from `RUZHU_SOAK`; nil for the quick form.
    private static let lives = ProcessInfo.processInfo.environment["RUZHU_SOAK"].flatMap(Int.init)

    @Test("Whatever dies or stands still, each effect happens once and in order, and nothing is forgotten")
    func life() async throws {
        for number in 0..<(Self.lives ?? 6) {
            let seed = Self.startSeed &+ UInt64(number)
            let model = try await OutboxModel(seed: seed)
            let wrong = try await model.live(steps: Self.lives == nil ? 30 : 120, seed: seed)
            #expect(wrong.isEmpty, "RUZHU_SEED=\(seed): \(wrong.joined(separator: "; "))")
            if !wrong.isEmpty { return }
        }
    }

    @Test("The model sees it when a cursor moves in a transaction of its own")
    func defect() async throws {
        for number in 0..<40 {
            let seed = Self.startSeed &+ UInt64(number)
            let model = try await OutboxModel(seed: seed, defersCursors: true)
            if try await !model.live(steps: 60, seed: seed).isEmpty { return }
        }
        Issue.record("No seed from \(Self.startSeed) on showed the defect")
    }

    /// Another one each time; `RUZHU_SEED` repeats one.
    private static let startSeed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["RUZHU_SEED"].flatMap(UInt64.init)
        let seed = given ?? .random(in: 0..<1_000_000_000)
        print("outbox model: RUZHU_SEED=\(seed)")
        return seed
    }()
}

@Suite("A random life of jobs")
struct JobModelTests {
    @Test("Whatever dies, each job runs to an end or is given up, and never twice within one claim")
    func life() async throws {
        let lives = ProcessInfo.processInfo.environment["RUZHU_SOAK"].flatMap(Int.init)
        let given = ProcessInfo.processInfo.environment["RUZHU_SEED"].flatMap(UInt64.init)
        let start = given ?? .random(in: 0..<1_000_000_000)
        print("job model: RUZHU_SEED=\(start)")
        for number in 0..<(lives ?? 6) {
            let seed = start &+ UInt64(number)
            let wrong = try await JobModel().live(steps: 50, seed: seed)
            #expect(wrong.isEmpty, "RUZHU_SEED=\(seed): \(wrong.joined(separator: "; "))")
            if !wrong.isEmpty { return }
        }
    }
}
