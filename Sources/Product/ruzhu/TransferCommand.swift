import ArgumentParser
import Composition
import Foundation

struct Transfer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "把数据目录里 SQLite 的数据搬到一个空的 PostgreSQL 库，并逐行核对")

    @Option(help: "目标库：postgres://… 或 host=… dbname=… 的形式")
    var to: String

    func run() async throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        try await Launch.transfer(to: to, settings) { line in
            print(line)
            // Whoever started this may read it through a pipe.
            fflush(nil)
        }
    }
}
