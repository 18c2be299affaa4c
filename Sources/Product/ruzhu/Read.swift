import ArgumentParser
import Composition
import Foundation

struct Read: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "读取证照照片，每个文件输出一行 JSON")

    @Argument(help: "照片文件（JPG 或 PNG）")
    var files: [String]

    func run() async throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        let isWhole = ReadCommand.run(files, settings) { print($0) }
        if !isWhole { throw ExitCode.failure }
    }
}

/// The process in which one HEIC photo is decoded. Started by the product itself.
struct ConversionProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HEICPictures.command, abstract: "照片转换进程（由产品自己启动）", shouldDisplay: false)

    func run() async throws { HEICPictures.work() }
}

/// The process in which pictures are decoded and read, apart from everything else. Started by the product itself.
struct RecognitionProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recognition-worker", abstract: "识别进程（由产品自己启动）", shouldDisplay: false)

    func run() async throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        ReadCommand.work(settings)
    }
}
