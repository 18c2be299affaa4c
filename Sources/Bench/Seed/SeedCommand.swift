import ArgumentParser
import Composition
import Database
import Foundation

struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "写入基准数据：一部分填好、一部分填了一半、一部分待审、少量已审")

    @OptionGroup
    var options: DataOptions

    @Option(help: "会被请求的申请数")
    var count = 20_000

    @Option(help: "只占地方的申请数，复制得来，不会被请求")
    var ballast = 0

    @Option(help: "随机数的种子")
    var seed: UInt64 = 137

    @Option(help: "targets.tsv 写在哪里；不写就在数据目录里")
    var targets: String?

    func run() async throws {
        let settings = try options.settings()
        _ = try await Launch.migrate(settings)
        let product = try await options.product()
        let file = targets.map { URL(filePath: $0) } ?? settings.dataFolder.appending(path: "targets.tsv")
        let clock = Stopwatch()
        if !FileManager.default.fileExists(atPath: file.path) {
            let made = try await Seeder(product: product, count: count, seed: seed).run()
            try TargetFile.write(made, seed: seed, to: file)
            print("\(count) 份申请，种子 \(seed)：\(clock.words)")
        }
        if ballast > 0 {
            try await Ballast(database: product.database, base: count).add(upTo: ballast) { rows in
                print("复制到 \(rows) 份申请：\(clock.words)")
                fflush(nil)
            }
        }
        try await product.database.tidy()
        try product.database.close()
        // A server of the demo may use this folder: its short messages stay on this machine.
        for marker in ["demo-data", "seeded"] where options.database == nil {
            try Data().write(to: settings.dataFolder.appending(path: marker))
        }
    }
}

/// The time and the CPU that this process has used since a moment.
struct Stopwatch {
    private let start = ContinuousClock.now
    private let cpu = OwnCPU.seconds

    var words: String {
        let passed = ContinuousClock.now - start
        let seconds = Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18
        return String(format: "%.1f 秒，CPU %.1f 秒", seconds, OwnCPU.seconds - cpu)
    }
}

/// What this process has used of the CPU.
enum OwnCPU {
    /// User and system time, in seconds.
    static var seconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let times = [usage.ru_utime, usage.ru_stime]
        return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
