import ArgumentParser
import Composition
import Foundation

struct Packs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "检查、发布和列出规则包", subcommands: [Check.self, Publish.self, List.self, Matrix.self])

    /// Which pack: the one that the settings name, unless a folder is given.
    struct Choice: ParsableArguments {
        @Argument(help: "规则包的文件夹；不写就是配置里的那一个")
        var folder: String?

        func url(_ settings: Settings) -> URL {
            folder.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? settings.mallPack
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "检查规则包，每处问题一行：文件:行 原因")

        @OptionGroup
        var choice: Choice

        func run() async throws {
            let (lines, isGood) = PackCommands.check(choice.url(try .current))
            for line in lines { print(line) }
            if !isGood { throw ExitCode.failure }
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "公示规则包；除了第一份，至少 7 天后才生效")

        @OptionGroup
        var choice: Choice

        @Option(help: "从哪一天起生效，例如 2026-12-01；不写就是最早可以的那一天")
        var effective: String?

        func run() async throws {
            let settings = try Settings.current
            for line in try await PackCommands.publish(choice.url(settings), from: effective, settings) { print(line) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "列出历次发布")

        func run() async throws {
            for line in try await PackCommands.list(try .current) { print(line) }
        }
    }

    struct Matrix: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "把规则包印成总表（Markdown）")

        @OptionGroup
        var choice: Choice

        func run() async throws {
            print(try await PackCommands.matrix(choice.url(try .current)), terminator: "")
        }
    }
}

extension Settings {
    fileprivate static var current: Settings {
        get throws { try Settings(environment: ProcessInfo.processInfo.environment) }
    }
}
