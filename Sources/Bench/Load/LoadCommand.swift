import ArgumentParser
import Catalogue
import Composition
import Database
import Foundation
import Kernel

struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "load", abstract: "按比例发请求并计时")

    @OptionGroup
    var options: DataOptions

    @Option(help: "服务器的端口，在 127.0.0.1 上")
    var port: UInt16

    @Option(help: "targets.tsv；不写就是数据目录里的")
    var targets: String?

    @Option(help: "计时的秒数")
    var seconds = 20.0

    @Option(help: "计时前热身的秒数")
    var warmUp = 3.0

    @Option(help: "连接数")
    var connections = 64

    @Option(help: "只发其中一种请求：\(Route.allCases.map(\.rawValue).joined(separator: "、"))，可以重复")
    var only: [String] = []

    @Option(help: "计时期间最多发多少个请求")
    var limit: Int = .max

    @Option(help: "请求次序的种子")
    var seed: UInt64 = .random(in: 1...999_999)

    @Option(help: "把确认过的写入记进这个文件")
    var ledger: String?

    @Option(help: "服务器的进程号，可以重复；给了才算它的 CPU")
    var pid: [Int] = []

    @Option(help: "另算这个名字的所有进程的 CPU，例如 postgres")
    var alsoNamed: String?

    @Option(help: "服务器不在时等几秒；没有回答的、503 的写入会用同一个键再发，断线后还会重发一些确认过的")
    var patience = 0.0

    @Flag(help: "一种请求的数据用完后，继续发其他的")
    var goOn = false

    @Option(help: "把结果写成 JSON")
    var json: String?

    func run() async throws {
        let settings = try options.settings()
        let routes = try only.isEmpty ? Route.allCases : only.map(Self.route)
        let product = try await options.product()
        let file = targets.map { URL(filePath: $0) } ?? settings.dataFolder.appending(path: "targets.tsv")
        let (all, answersSeed) = try TargetFile.read(file)
        let now = SystemClock().now
        let answers = try SampleAnswers(
            pack: try product.catalogue.current(at: now), seed: answersSeed, today: try .today(at: now))
        let plan = try Plan(
            all, answers: answers, routes: routes, host: "127.0.0.1:\(port)", seed: seed, run: "\(now.milliseconds)",
            goesOn: goOn)
        let client = try Client(
            plan, host: 0x7F00_0001, port: port, connections: connections, patience: patience,
            ledger: try ledger.map { try Ledger($0) })
        print("种子 \(seed)，\(connections) 个连接，热身 \(Int(warmUp)) 秒，计时 \(Int(seconds)) 秒")
        if warmUp > 0 { _ = try client.run(seconds: warmUp, counting: false) }
        // What the warm-up left to the outbox is not the measured requests' doing.
        if !pid.isEmpty { _ = try await Outbox.settle(product.database, within: 120) }
        let servers = ServerCPU(pids: pid, name: alsoNamed)
        let (before, own) = (servers.seconds, OwnCPU.seconds)
        let passed = try client.run(seconds: seconds, atMost: limit, counting: true)
        let ownCPU = OwnCPU.seconds - own
        let settling = monotonic()
        let rest = pid.isEmpty ? nil : try await Outbox.settle(product.database, within: 300)
        let after = servers.seconds
        let report = Report(
            tallies: client.tallies, seconds: passed, seed: seed, connections: connections, ownCPU: ownCPU,
            serverCPU: pid.isEmpty ? nil : after.server - before.server,
            namedCPU: alsoNamed == nil ? nil : after.named - before.named, name: alsoNamed,
            settling: Double(monotonic() - settling) / 1e9, rest: rest, exhausted: plan.exhausted,
            broken: client.broken, lost: client.lost, refusals: client.refusals, repeated: client.repeated,
            peakMegabytes: pid.isEmpty ? nil : servers.peakMegabytes)
        print(report.text)
        if let json { try Data(report.json.utf8).write(to: URL(filePath: json)) }
        try product.database.close()
        if report.total.faultCount > 0 || report.total.count == 0 { throw ExitCode.failure }
    }

    private static func route(_ name: String) throws -> Route {
        guard let route = Route(rawValue: name) else { throw Complaint(description: "没有 \(name) 这种请求") }
        return route
    }
}
