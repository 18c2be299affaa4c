import ArgumentParser
import Composition
import Database

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "对照记录：确认过的写入有没有丢、重、或只做了一半")

    @OptionGroup
    var options: DataOptions

    @Option(help: "load 记下的文件")
    var ledger: String

    @Option(help: "先等发件箱清空，最多几秒")
    var within = 120.0

    func run() async throws {
        let product = try Launch.atRest(try options.settings())
        let rest = try await Outbox.settle(product.database, within: within)
        let verifier = Verifier(database: product.database, vault: product.vault)
        var faults = try await verifier.faults(in: Ledger.read(ledger))
        if !rest.isNothing { faults.append("发件箱没有清空：\(rest.words)") }
        faults += try await verifier.gaps()
        faults += try await Wholeness(database: product.database).faults()
        try product.database.close()
        for fault in faults.prefix(50) { print(fault) }
        print("确认过的写入 \(verifier.counts(in: try Ledger.read(ledger)))：\(faults.isEmpty ? "都在" : "\(faults.count) 处不对")")
        if !faults.isEmpty { throw ExitCode.failure }
    }
}
