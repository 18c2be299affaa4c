import ArgumentParser
import Composition
import Database
import Foundation
import Kernel
import Work

/// What a load leaves to be done after its answers.
enum Outbox {
    /// Waits until every event is delivered and every job done, as far as they can be.
    /// - Returns: what is left: nothing, unless time ran out or something is stuck.
    static func settle(_ database: any Database, within seconds: Double) async throws -> Rest {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let now = SystemClock().now
            let overview = try await database.read { tx in try WorkOverview.read(at: now, in: tx) }
            let rest = Rest(
                events: overview.unsorted + overview.due,
                jobs: overview.jobs.map { $0.waiting + $0.running }.reduce(0, +),
                parked: overview.parked, failed: overview.jobs.map(\.failed).reduce(0, +))
            if rest.events + rest.jobs == 0 || ContinuousClock.now >= end { return rest }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    struct Rest: Sendable {
        let events: Int
        let jobs: Int
        let parked: Int
        let failed: Int

        var isNothing: Bool { events + jobs + parked + failed == 0 }
        var words: String { "待投递 \(events)，待办 \(jobs)，停住 \(parked)，失败 \(failed)" }
    }
}

struct SettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "settle", abstract: "等到发件箱投递完")

    @OptionGroup
    var options: DataOptions

    @Option(help: "最多等几秒")
    var within = 120.0

    func run() async throws {
        let product = try Launch.atRest(try options.settings())
        let rest = try await Outbox.settle(product.database, within: within)
        print(rest.words)
        try product.database.close()
        if !rest.isNothing { throw ExitCode.failure }
    }
}
