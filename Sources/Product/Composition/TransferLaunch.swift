import Database
import Foundation
import Kernel
import Sealing

extension Launch {
    /// Moves the rows of the data folder's SQLite into an empty PostgreSQL database, and proves that they arrived.
    ///
    /// - Parameter say: is told how far it is, a line at a time.
    /// - Throws: `Settings.Fault` in words.
    package static func transfer(
        to address: String, _ settings: Settings, say: @escaping @Sendable (String) -> Void
    ) async throws {
        guard case .sqlite(let file) = settings.rows else {
            throw Settings.Fault(description: "RUZHU_DATABASE 已经指向 PostgreSQL：搬迁只从数据目录里的 SQLite 出发，请先清空这个设置")
        }
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw Settings.Fault(description: "\(file.path) 不存在，没有可搬的数据")
        }
        guard let options = try? PostgresOptions(address) else {
            throw Settings.Fault(description: "--to 读不懂：应写成 postgres://用户@主机/库名，或 host=… dbname=… user=… 的形式")
        }
        guard try !SQLiteDatabase.isInUse(path: file.path) else {
            throw Settings.Fault(description: "\(file.path) 正被别的进程使用。请先停掉 ruzhu serve，否则搬迁期间的新数据会丢")
        }
        let vault = Vault(try MasterKey(file: settings.masterKeyFile.path))
        let source = try SQLiteDatabase(path: file.path)
        let target = PostgresDatabase(options)
        defer {
            try? source.close()
            try? target.close()
        }
        say("从 \(file.path) 搬到 \(options.address)")
        try await inWords {
            do {
                try await Transfer(source: source, target: target, vault: vault, clock: SystemClock(), say: say).run()
            } catch let refusal as Transfer.Refusal {
                throw Settings.Fault(description: words(of: refusal))
            } catch let broken as FrozenTable.Broken {
                throw Settings.Fault(
                    description: "\(broken.table.context).\(broken.table.name) 的 \(broken.row) 与它的承诺不符：目标库不可使用，请清空后重来")
            }
        }
        say("完成。照片仍在 \(settings.filesPlace)，不用搬。请设置 RUZHU_DATABASE，运行 ruzhu doctor，再启动；旧文件请留作备份")
    }

    private static func words(of refusal: Transfer.Refusal) -> String {
        switch refusal {
        case .sourceNotMigrated(let names):
            "SQLite 的结构不是最新的（缺 \(names.joined(separator: "、"))），请先运行 ruzhu migrate"
        case .sourceIsNewer(let names):
            "SQLite 是更新版本的程序用过的（多出 \(names.joined(separator: "、"))），请用那个版本来搬"
        case .targetNotEmpty(let table, let rows):
            "目标库不是空的：\(table) 里有 \(rows) 行。请换一个空库，或清空后重来"
        case .targetIsNewer(let names):
            "目标库是更新版本的程序用过的（多出 \(names.joined(separator: "、"))），请换一个空库"
        case .differs(let table): "核对不符：\(table) 在两边不一样。目标库不可使用，请清空后重来"
        }
    }
}
