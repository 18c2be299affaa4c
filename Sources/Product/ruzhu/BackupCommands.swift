import ArgumentParser
import Composition
import Foundation

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份数据库、照片和规则包（SQLite）；服务时也可以做")

    @Option(help: "备份到这个目录，它必须还不存在")
    var to: String

    @Option(help: "把主密钥封给这个 age 公钥，放进备份；不写就不放主密钥")
    var keyFor: String?

    func run() async throws {
        let backup = Backup(try .current, to: URL(filePath: to, directoryHint: .isDirectory))
        for line in try await backup.take(sealingKeyFor: keyFor) { print(line) }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "把备份恢复到空的数据目录，逐个文件核对 SHA-256")

    @Option(help: "备份的目录")
    var from: String

    @Option(help: "主密钥文件；它已经在配置的位置时不用写")
    var key: String?

    func run() async throws {
        let restore = Restore(try .current, from: URL(filePath: from, directoryHint: .isDirectory))
        for line in try await restore.perform(key: key.map { URL(filePath: $0) }) { print(line) }
    }
}

struct BackupPictures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup-pictures", abstract: "把照片从存储复制到一个目录，已经有的不再取（与 pg_dump 配合）")

    @Option(help: "复制到这个目录；每次用同一个")
    var to: String

    func run() async throws {
        print(try await Launch.backUpPictures(try .current, to: URL(filePath: to, directoryHint: .isDirectory)))
    }
}

struct RestorePictures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore-pictures", abstract: "把 backup-pictures 的目录放回存储，逐个核对 SHA-256")

    @Option(help: "照片备份的目录")
    var from: String

    func run() async throws {
        print(try await Launch.restorePictures(try .current, from: URL(filePath: from, directoryHint: .isDirectory)))
    }
}

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "核对数据：主密钥、每份提交和决定的承诺值、照片文件")

    @Option(help: "最多打开多少张照片，均匀抽取")
    var pictures = 1_000

    func run() async throws {
        let found = try await Launch.verify(try .current, pictures: pictures)
        for line in found.lines { print(line) }
        if !found.isGood { throw ExitCode.failure }
    }
}

extension Settings {
    fileprivate static var current: Settings {
        get throws { try Settings(environment: ProcessInfo.processInfo.environment) }
    }
}
