import ArgumentParser
import Catalogue
import Composition
import Foundation

/// The reference load: fills a database, asks a server the questions that a mall's people ask, and looks afterwards
/// whether everything that was acknowledged is there.
@main
struct RuzhuBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ruzhu-bench", abstract: "基准测试的数据和负载",
        subcommands: [SeedCommand.self, LoadCommand.self, SettleCommand.self, VerifyCommand.self])
}

/// Which data are meant. The rest of the settings comes from the environment, as for `ruzhu`.
struct DataOptions: ParsableArguments {
    @Option(help: "数据目录（RUZHU_DATA）")
    var data: String?

    @Option(help: "数据库地址（RUZHU_DATABASE）；不写就是数据目录里的 SQLite")
    var database: String?

    @Option(help: "规则包目录（RUZHU_PACKS），其中的 mall 是表单")
    var packs = "bench/pack"

    func settings() throws -> Settings {
        var environment = ProcessInfo.processInfo.environment
        environment["RUZHU_PACKS"] = packs
        if let data { environment["RUZHU_DATA"] = data }
        if let database { environment["RUZHU_DATABASE"] = database }
        environment["RUZHU_LOG_LEVEL"] = environment["RUZHU_LOG_LEVEL"] ?? "error"
        return try Settings(environment: environment)
    }

    /// The product on these data, at rest, with the published rules loaded.
    func product() async throws -> Product {
        let product = try Launch.atRest(try settings())
        try await product.catalogue.load()
        return product
    }
}

/// Something that the user has to change.
struct Complaint: Error, CustomStringConvertible {
    let description: String
}
