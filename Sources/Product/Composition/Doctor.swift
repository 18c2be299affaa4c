import Catalogue
import ChineseReferenceData
import Database
import Documents
import Foundation
import Kernel
import Logging
import Notifications
import Sealing
import Web

extension Launch {
    /// What the doctor found about one thing.
    package struct Examined: Sendable {
        let name: String
        let text: String
        /// The product can't serve like this.
        package let isFatal: Bool
        private let isGood: Bool

        static func good(_ name: String, _ text: String) -> Examined {
            Examined(name: name, text: text, isFatal: false, isGood: true)
        }
        static func warning(_ name: String, _ text: String) -> Examined {
            Examined(name: name, text: text, isFatal: false, isGood: false)
        }
        static func fatal(_ name: String, _ text: String) -> Examined {
            Examined(name: name, text: text, isFatal: true, isGood: false)
        }

        package var line: String { "\(isGood ? "✓" : isFatal ? "✗" : "!") \(name)：\(text)" }
    }

    /// Looks at everything that serving needs, and says in plain words what is wrong and what to do.
    package static func examine(_ environment: [String: String]) async -> [Examined] {
        let settings: Settings
        do {
            settings = try Settings(environment: environment)
        } catch {
            return [.fatal("配置", "\(error)")]
        }
        return [.good("配置", "可以读懂"), await key(settings), assets(settings), packs(settings), reference()]
            + [
                await database(settings), await files(settings), reading(settings), await messages(settings),
                network(settings),
            ]
    }

    private static func key(_ settings: Settings) async -> Examined {
        do {
            _ = try MasterKey(file: settings.masterKeyFile.path)
            return try await isWrongKey(settings)
                ? .fatal("主密钥", wrongKey) : .good("主密钥", "可用。请确认已另外备份")
        } catch MasterKey.Fault.missing(let path) {
            return .fatal("主密钥", "没有 \(path)。首次安装请运行 ruzhu migrate；若是搬家，请把原来的主密钥放回去")
        } catch MasterKey.Fault.readableByOthers(let path) {
            return .fatal("主密钥", "\(path) 别人也能读，请运行 chmod 600 \(path)")
        } catch MasterKey.Fault.wrongLength(let path) {
            return .fatal("主密钥", "\(path) 不是 32 字节，可能已损坏，请从备份恢复")
        } catch {
            return .fatal("主密钥", "读不了：\(error)")
        }
    }

    /// Whether the database was begun with another key. One that can't be asked yet is told about by `database`.
    private static func isWrongKey(_ settings: Settings) async throws -> Bool {
        guard (try? await settings.hasRows()) == true, let product = try? atRest(settings) else { return false }
        defer { try? product.database.close() }
        guard (try? await product.database.pending(Product.migrations).isEmpty) == true else { return false }
        do {
            try await product.database.read { tx in try product.vault.verifyKey(in: tx) }
            return false
        } catch is WrongMasterKey {
            return true
        }
    }

    private static func assets(_ settings: Settings) -> Examined {
        do {
            _ = try Assets(folder: settings.assetsFolder)
            return .good("页面资源", "齐全")
        } catch {
            return .fatal("页面资源", "\(settings.assetsFolder.path) 里没有。请运行 make assets")
        }
    }

    private static func packs(_ settings: Settings) -> Examined {
        do {
            let pack = try Pack(PackSource(folder: settings.mallPack))
            return .good("规则包", "\(pack.version)，\(pack.content.categories.count) 个类目")
        } catch let faults as PackFaults {
            let first = faults.faults.first.map { "：\($0.description)" } ?? ""
            return .fatal("规则包", "\(settings.mallPack.path) 有 \(faults.faults.count) 处问题\(first)")
        } catch {
            return .fatal("规则包", "\(settings.mallPack.path) 读不出来：\(error)")
        }
    }

    private static func reference() -> Examined {
        let missing = ReferenceFile.missing.map(\.rawValue)
        return missing.isEmpty
            ? .good("行政区划、银行、拼音", "齐全") : .fatal("行政区划、银行、拼音", "缺少 \(missing.joined(separator: "、"))")
    }

    private static func database(_ settings: Settings) async -> Examined {
        do {
            guard try await settings.hasRows() else { return .fatal("数据库", "还没有，请先运行 ruzhu migrate") }
            let database = try settings.openDatabase()
            defer { try? database.close() }
            let pending = try await database.pending(Product.migrations)
            guard pending.isEmpty else {
                return .fatal("数据库", "结构要更新：\(pending.joined(separator: "、"))。请运行 ruzhu migrate")
            }
            guard let server = try await PostgresFacts.read(from: database) else {
                return .good("数据库", "结构是最新的，提交前都已落盘（synchronous=FULL）")
            }
            return examine(server, settings)
        } catch {
            return .fatal("数据库", DatabaseWords.of(error) ?? "打不开：\(error)")
        }
    }

    private static func examine(_ server: PostgresFacts, _ settings: Settings) -> Examined {
        let missing = server.missingRights.map { right in
            switch right {
            case .createSchemas: "不能在库里建 schema"
            case .createTables: "不能在 public 里建表"
            case .own(let tables): "有 \(tables) 张表不归它所有"
            }
        }
        guard missing.isEmpty else {
            return .fatal("数据库", "用户 \(server.user) 的权限不够：\(missing.joined(separator: "、"))。请让它成为库的所有者")
        }
        let words = "PostgreSQL \(server.version)，结构是最新的，提交前都已落盘（synchronous_commit=\(server.durability)）"
        guard case .postgres(let options) = settings.rows, (options.connections + 1) * 2 > server.connections else {
            return .good("数据库", words)
        }
        return .warning(
            "数据库", "\(words)。但服务器一共只允许 \(server.connections) 个连接，而每个进程要用 \(options.connections + 1) 个")
    }

    private static func reading(_ settings: Settings) -> Examined {
        let condition = RecognitionReader(settings: settings, logger: logger(settings)).installation
        return condition.isReady
            ? .good("证照识别", condition.text) : .warning("证照识别", "\(condition.text)。照片照收，信息由商户手工填写")
    }

    private static func messages(_ settings: Settings) async -> Examined {
        let missing = settings.shortMessages.missing
        guard missing.isEmpty else {
            return .fatal("短信", "还没有配置 \(missing.joined(separator: "、"))：没有验证码就没有人能登录")
        }
        do {
            let account = try settings.shortMessages.account()
            if account.isSandbox { return .fatal("短信", "接口指向本机沙箱，短信不会真的发出") }
            let check = await TencentShortMessages(account, clock: SystemClock()).check()
            return check.isWorking ? .good("短信", check.sentence) : .warning("短信", check.sentence)
        } catch {
            return .fatal("短信", "配置有误：\(error)")
        }
    }

    private static func network(_ settings: Settings) -> Examined {
        settings.isSecure
            ? .good("网址", settings.publicURL)
            : .warning("网址", "\(settings.publicURL) 不是 https：对外服务前请配置证书和 RUZHU_PUBLIC_URL")
    }
}
