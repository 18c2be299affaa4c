package import Database
package import Foundation
import Kernel

extension Settings {
    /// Where the rows are.
    package enum Rows: Sendable {
        case sqlite(file: URL)
        case postgres(PostgresOptions)
    }

    /// What `RUZHU_DATABASE` and `RUZHU_DATABASE_CONNECTIONS` say. The address is not repeated in faults: it may hold a
    /// password.
    static func rows(_ address: String, connections: String, dataFolder: URL) throws -> Rows {
        guard !address.isEmpty else { return .sqlite(file: dataFolder.appending(path: "ruzhu.sqlite")) }
        guard var options = try? PostgresOptions(address) else {
            throw Fault(
                description: "RUZHU_DATABASE 读不懂：应写成 postgres://用户@主机/库名，或 host=… dbname=… user=… 的形式；不填为 SQLite")
        }
        let allowed = PostgresOptions.allowedConnections
        guard let number = Int(connections), allowed.contains(number) else {
            throw Fault(
                description:
                    "RUZHU_DATABASE_CONNECTIONS 应为 \(allowed.lowerBound)–\(allowed.upperBound) 的数，现在是 \(connections)")
        }
        options.connections = number
        return .postgres(options)
    }

    /// Opens the engine that the settings name. PostgreSQL is connected to only when there is something to do.
    ///
    /// - Throws: `SQLiteDatabase.NotDurable`, or what SQLite says.
    package func openDatabase(rehearsing: Bool = false) throws -> any Database {
        switch rows {
        case .sqlite(let file): return try SQLiteDatabase(path: file.path, rehearsing: rehearsing)
        case .postgres(var options):
            options.isRehearsing = rehearsing
            return PostgresDatabase(options)
        }
    }

    /// Whether there are rows already, of whatever version. An SQLite file is not made by looking.
    package func hasRows() async throws -> Bool {
        switch rows {
        case .sqlite(let file): return FileManager.default.fileExists(atPath: file.path)
        case .postgres:
            let database = try openDatabase()
            defer { try? database.close() }
            return try await database.pending(Product.migrations).count < Product.migrations.count
        }
    }
}

/// Errors of the database that an operator can do something about, in words.
enum DatabaseWords {
    static func of(_ error: any Error) -> String? {
        switch error {
        case let unreachable as PostgresDatabase.Unreachable:
            let reason = unreachable.message.trimmingCharacters(in: .whitespacesAndNewlines)
            return "连不上 PostgreSQL：\(reason.isEmpty ? "没有回应" : reason)。请检查 RUZHU_DATABASE、网络和 pg_hba.conf"
        case let notDurable as PostgresDatabase.NotDurable:
            return
                "PostgreSQL 的 \(notDurable.setting) 是 \(notDurable.value)，断电或切换主库时会丢掉已经答应过的数据，拒绝使用。请改为 on"
        case PostgresDatabase.Unsuitable.version(let version):
            return "PostgreSQL 版本太旧（\(version)），需要 \(PostgresDatabase.oldestVersion) 以上"
        case PostgresDatabase.Unsuitable.encoding(let encoding):
            return "库的编码是 \(encoding)，需要 UTF8。\(recreate)"
        case PostgresDatabase.Unsuitable.collation:
            return "库的排序规则不是按字节（C）。\(recreate)"
        case let notDurable as SQLiteDatabase.NotDurable:
            return
                "SQLite 没有按要求落盘（synchronous=\(notDurable.synchronous ?? -1)，journal_mode=\(notDurable.journal ?? "?")），拒绝使用"
        case let changed as MigrationChanged:
            return "数据库里的 \(changed.context)/\(changed.number) 与这个版本的程序不一致，请确认程序和数据库是一套的"
        case let unavailable as DatabaseUnavailable: return unavailable.problem.title
        default: return nil
        }
    }

    private static let recreate =
        "请重新建库：CREATE DATABASE ruzhu TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
}
