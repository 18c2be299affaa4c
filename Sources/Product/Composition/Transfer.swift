import Crypto
import Database
import Foundation
import Kernel
import Sealing
import Synchronization
import Web

/// Moves all rows from one engine to the other and then proves that nothing was lost or changed: counts and digests of
/// each table, read back from the target, and every commitment of every frozen fact.
///
/// The source is read in one snapshot and not changed. Pictures are not touched: they lie beside the database.
struct Transfer: Sendable {
    let source: any Database
    let target: any Database
    let vault: Vault
    let clock: any WallClock
    /// Is told how far it is, in Chinese.
    let say: @Sendable (String) -> Void

    /// Rows in one transaction of the target.
    private static let pageLength = 500

    /// Why nothing is moved, or why what was moved must not be used.
    enum Refusal: Error, Equatable {
        case sourceNotMigrated([String])
        case sourceIsNewer([String])
        case targetNotEmpty(table: String, rows: Int)
        case targetIsNewer([String])
        case differs(table: String)
    }

    /// What a table holds.
    private struct Content: Equatable, Sendable {
        var rows = 0
        var digest: [UInt8] = []
    }

    /// - Throws: `Refusal`, `WrongMasterKey`, `FrozenTable.Broken`, or what the engines say.
    func run() async throws {
        try await checkSource()
        try await prepareTarget()
        let kept = try await copy()
        say("核对：逐表重读目标库")
        for table in Product.tables {
            let found = try await target.read { tx in try Self.content(of: table, in: tx) }
            guard found == kept[table] else { throw Refusal.differs(table: table.label) }
        }
        let report = try await target.read { [vault] tx in try Self.prove(with: vault, in: tx) }
        say(
            "核对通过：\(kept.values.map(\.rows).reduce(0, +)) 行，每表的行数和摘要都一致；"
                + "封存的事实 \(report.proved) 份，承诺全部重算相符"
                + (report.erased > 0 ? "；另有 \(report.erased) 份的密钥已按要求销毁，只核对了摘要" : ""))
    }

    private func checkSource() async throws {
        let pending = try await source.pending(Product.migrations)
        guard pending.isEmpty else { throw Refusal.sourceNotMigrated(pending) }
        let unknown = try await source.unknown(to: Product.migrations)
        guard unknown.isEmpty else { throw Refusal.sourceIsNewer(unknown) }
        try await source.read { [vault] tx in try vault.verifyKey(in: tx) }
    }

    private func prepareTarget() async throws {
        let unknown = try await target.unknown(to: Product.migrations)
        guard unknown.isEmpty else { throw Refusal.targetIsNewer(unknown) }
        // Before migrating: somebody's older database is not to be changed by this.
        try await target.read { tx in
            for table in Product.tables where try !tx.columns(of: table).isEmpty {
                let rows = try tx.count(of: table)
                guard rows == 0 else { throw Refusal.targetNotEmpty(table: table.label, rows: rows) }
            }
        }
        try await target.migrate(Product.migrations, at: clock.now)
    }

    /// Copies all tables from one snapshot of the source.
    private func copy() async throws -> [Table: Content] {
        let hasBegun = Mutex(false)
        // The closure waits for the target, and SQLite runs it on the thread that asks.
        return try await offLoops {
            try await source.read { tx in
                // An engine may run a reading closure again. What it has written stays written, so it must not.
                let isFirst = hasBegun.withLock { begun in
                    defer { begun = true }
                    return !begun
                }
                guard isFirst else { throw DatabaseUnavailable.unreachable }
                return try copyAll(in: tx)
            }
        }
    }

    private func copyAll(in tx: borrowing Transaction) throws -> [Table: Content] {
        var contents: [Table: Content] = [:]
        for table in Product.tables {
            let content = try Self.content(of: table, in: tx) { page in
                try Blocking.wait { [target] in
                    try await target.write { tx in for row in page { try tx.add(row, to: table) } }
                }
            }
            contents[table] = content
            if content.rows > 0 { say("\(table.label)：\(content.rows) 行") }
        }
        return contents
    }

    /// Reads a table page by page, in the order of its key.
    private static func content(
        of table: Table, in tx: borrowing Transaction, _ visit: ([[SQLValue]]) throws -> Void = { _ in }
    ) throws -> Content {
        var hash = SHA256()
        var rows = 0
        var key: [SQLValue]?
        while true {
            let page = try tx.page(of: table, after: key, limit: pageLength)
            let values = try page.map { try $0.values(of: table.columns) }
            for row in values { for value in row { hash.update(value) } }
            if !values.isEmpty { try visit(values) }
            rows += page.count
            key = try page.last?.values(of: table.key)
            if page.count < pageLength { return Content(rows: rows, digest: Array(hash.finalize())) }
        }
    }

    /// Proves all frozen facts of a database.
    /// - Throws: `FrozenTable.Broken` at the first that does not stand.
    static func prove(with vault: Vault, in tx: borrowing Transaction) throws -> FactReport {
        var report = FactReport()
        for frozen in Product.frozen {
            var key: [SQLValue]?
            while true {
                let page = try tx.page(of: frozen.table, after: key, limit: pageLength)
                for row in page { try frozen.prove(row, with: vault, &report, in: tx) }
                if let row = report.broken.first { throw FrozenTable.Broken(table: frozen.table, row: row) }
                key = try page.last?.values(of: frozen.table.key)
                if page.count < pageLength { break }
            }
        }
        return report
    }
}

extension Table {
    fileprivate var label: String { "\(context).\(name)" }
}

extension SHA256 {
    /// Adds a value with its kind and length, so that no two rows read the same.
    fileprivate mutating func update(_ value: SQLValue) {
        switch value {
        case .null: update(data: [0])
        case .integer(let number):
            update(data: [1])
            withUnsafeBytes(of: number.bigEndian) { update(bufferPointer: $0) }
        case .text(let text): update(2, Array(text.utf8))
        case .blob(let bytes): update(3, bytes)
        }
    }

    private mutating func update(_ kind: UInt8, _ bytes: [UInt8]) {
        update(data: [kind])
        withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { update(bufferPointer: $0) }
        update(data: bytes)
    }
}

/// Waits for something asynchronous. Never on a thread of Swift's pool, which it would take from those who are waited
/// for: on a machine with one processor the pool has no other.
private enum Blocking {
    static func wait(_ act: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<Void, any Error>?>(nil)
        // Not a child: it must run in the pool, not on the thread that waits.
        Task {
            do {
                try await act()
                outcome.withLock { $0 = .success(()) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        try outcome.withLock { $0 }?.get()
    }
}
