import Accounts
import ChineseIdentifiers
import Database
import Documents
import Foundation
import Hummingbird
import Kernel
import Logging
import Notifications
import Sealing
import ServiceLifecycle
import Web

/// What the executable's commands do.
package enum Launch {
    /// Serves until it is told to stop.
    package static func serve(_ settings: Settings) async throws {
        let logger = logger(settings)
        guard !DemoSeed.isDemo(settings) else {
            throw Settings.Fault(description: "\(settings.dataFolder.path) 是演示数据，里面有公开的工作人员手机号，不能用来正式服务")
        }
        let reader = reader(settings, logger)
        let product = try Product(settings, reader: reader.use, sender: try sender(settings), logger: logger)
        try checkEngine(of: product)
        let pending = try await inWords { try await product.database.pending(Product.migrations) }
        guard pending.isEmpty else {
            throw Settings.Fault(description: "数据库结构还没有更新（\(pending.joined(separator: "、"))），请先运行 ruzhu migrate")
        }
        try await inWords { try await product.prepare() }
        let app = product.application(router: product.router(), services: reader.services) {
            logger.notice(
                "Serving",
                metadata: [
                    "address": "http://\(settings.host):\(settings.port)",
                    "roles": "\(settings.roles.names.joined(separator: ","))",
                ])
        }
        try await run(app, of: product)
    }

    /// Who sends short messages. A process that sends none needs no keys for it, and is handed none.
    private static func sender(_ settings: Settings) throws -> any ShortMessageSender {
        guard settings.roles.working.contains(.notifications) else { return NoShortMessages() }
        let missing = settings.shortMessages.missing
        guard missing.isEmpty else {
            throw Settings.Fault(description: "还没有配置 \(missing.joined(separator: "、"))：发不出验证码，就没有人能登录")
        }
        let account = try settings.shortMessages.account()
        guard !account.isSandbox else {
            throw Settings.Fault(description: "RUZHU_SMS_ENDPOINT 指向本机沙箱，短信不会真的发出；沙箱只能用于 ruzhu demo")
        }
        return TencentShortMessages(account, clock: SystemClock())
    }

    /// Recognition runs where pictures are worked at.
    static func reader(_ settings: Settings, _ logger: Logger) -> (use: any PictureReader, services: [any Service]) {
        guard settings.roles.working.contains(.documents) else { return (ReaderElsewhere(), []) }
        let reader = RecognitionReader(settings: settings, logger: logger)
        return (reader, [reader])
    }

    /// One SQLite file bears a few processes of one machine, not a fleet: each commits on its own and waits for the
    /// others' commits.
    static func checkEngine(of product: Product) throws {
        guard product.database.dialect == .sqlite, product.roles.isPartial else { return }
        guard !product.roles.picksParts else {
            throw Settings.Fault(
                description:
                    "SQLite 只支持角色 all、web、worker；按业务拆分（\(product.roles.names.joined(separator: "、"))）需要 PostgreSQL")
        }
        product.logger.warning("Several processes on one SQLite file: on this machine only, and slower writes")
    }

    /// Brings the database up to date; makes the master key when there is no data yet.
    package static func migrate(_ settings: Settings) async throws -> [String] {
        try FileManager.default.createDirectory(
            at: settings.dataFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var lines: [String] = []
        let hasKey = FileManager.default.fileExists(atPath: settings.masterKeyFile.path)
        if !hasKey, try await inWords({ try await !settings.hasRows() }) {
            try MasterKey.create(file: settings.masterKeyFile.path)
            lines.append("已生成主密钥 \(settings.masterKeyFile.path)：请另外备份，丢失后加密的资料无法恢复")
        }
        let product = try atRest(settings)
        let applied = try await inWords { try await product.prepare() }
        try product.database.close()
        return lines + (applied.isEmpty ? ["数据库结构已是最新"] : applied.map { "已更新 \($0)" })
    }

    /// Gives the owner of a phone number a role.
    package static func grant(role name: String, phone text: String, _ settings: Settings) async throws -> String {
        guard let role = Role(rawValue: name) else {
            throw Settings.Fault(
                description: "没有 \(name) 这个角色；可用：\(Role.allCases.map(\.rawValue).joined(separator: "、"))")
        }
        let phone = try MobileNumber(text)
        let product = try atRest(settings)
        // Somebody known under another key would not be found, and be made once more.
        try await inWords { try await product.database.read { tx in try product.vault.verifyKey(in: tx) } }
        try await product.accounts.grant(role, toPhone: phone)
        try product.database.close()
        return "\(phone.masked) 现在是 \(role.rawValue)"
    }

    static let wrongKey = "与数据库不符：库里的资料是用另一把主密钥加密的。请把原来的主密钥放回去；不要重新生成，否则原来的资料打不开"

    /// Does something with the data; a master key that does not belong to them, or a database that can't be used, is
    /// told in words.
    @discardableResult
    static func inWords<Value>(_ act: () async throws -> Value) async throws -> Value {
        do {
            return try await act()
        } catch is WrongMasterKey {
            throw Settings.Fault(description: "主密钥" + wrongKey)
        } catch {
            guard let words = DatabaseWords.of(error) else { throw error }
            throw Settings.Fault(description: "数据库：" + words)
        }
    }

    /// The product for a command that only looks at the data or changes it: nothing is served, read or sent.
    package static func atRest(_ settings: Settings) throws -> Product {
        let logger = logger(settings)
        return try Product(
            settings, assets: Assets.none, reader: RecognitionReader(settings: settings, logger: logger),
            sender: NoShortMessages(), logger: logger)
    }

    static func logger(_ settings: Settings) -> Logger {
        var logger = Logger(label: "ruzhu") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        return logger
    }
}

/// Stands where pictures are taken in and not read: another process reads them.
private struct ReaderElsewhere: PictureReader {
    func read(_ picture: [UInt8]) async throws(PictureReaderFault) -> PictureReading { throw .busy }

    var condition: ReaderCondition { ReaderCondition(isReady: true, text: "由任务进程负责，状态看它的 ruzhu_reader_ready") }
}
