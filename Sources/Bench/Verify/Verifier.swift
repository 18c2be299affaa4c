import CanonicalJSON
import Database
import Foundation
import Sealing

/// Compares what a server acknowledged with what the database holds.
struct Verifier: Sendable {
    let database: any Database
    let vault: Vault

    private static let batch = 500

    /// `autosave 120，submission 80 …`
    func counts(in entries: [Ledger.Entry]) -> String {
        Route.allCases.compactMap { route in
            let count = entries.count { $0.route == route }
            return count == 0 ? nil : "\(route.rawValue) \(count)"
        }.joined(separator: "，")
    }

    /// What is missing, doubled or half made, a line each.
    func faults(in entries: [Ledger.Entry]) async throws -> [String] {
        var faults = repeated(entries)
        for start in stride(from: 0, to: entries.count, by: Self.batch) {
            let some = entries[start..<min(start + Self.batch, entries.count)]
            faults += try await database.read { tx in
                try some.flatMap { entry in try self.faults(of: entry, in: tx).map { "\(entry.subject) \($0)" } }
            }
        }
        return faults
    }

    /// Each draft is handed in once and each case decided once, so a second acknowledgement is one too many; and no two
    /// saves of a draft may have been given the same version.
    private func repeated(_ entries: [Ledger.Entry]) -> [String] {
        let written = entries.map { entry in
            "\(entry.subject) 的 \(entry.route.rawValue)" + (entry.route == .autosave ? " 版本 \(entry.version)" : "")
        }
        return Dictionary(written.map { ($0, 1) }, uniquingKeysWith: +).filter { $0.value > 1 }.keys.sorted()
            .map { "\($0) 被确认了不止一次" }
    }

    private func faults(of entry: Ledger.Entry, in tx: borrowing Transaction) throws -> [String] {
        switch entry.route {
        case .autosave: try draftFaults(of: entry, in: tx)
        case .submission: try submissionFaults(of: entry, in: tx)
        case .decision: try decisionFaults(of: entry, in: tx)
        case .status, .requirements, .queue: []
        }
    }

    private func draftFaults(of entry: Ledger.Entry, in tx: borrowing Transaction) throws -> [String] {
        let kept: Int? = try tx.value(
            "SELECT version FROM \(BenchTables.drafts) WHERE application = \(entry.subject)")
        guard let kept else { return ["草稿不见了"] }
        return kept < entry.version ? ["草稿的版本是 \(kept)，确认过 \(entry.version)"] : []
    }

    private func submissionFaults(of entry: Ledger.Entry, in tx: borrowing Transaction) throws -> [String] {
        let id = entry.subject
        let rows = try tx.rows(
            "SELECT \(columns: BenchTables.submissions) FROM \(BenchTables.submissions) WHERE application = \(id)")
        guard let row = rows.first else { return ["提交不见了"] }
        var faults = try Frozen(
            row, place: "applications.submission", key: "\(id)/\(try row.get("round", as: Int.self))"
        ).faults(vault: vault, in: tx).map { "的提交：\($0)" }
        if rows.count > 1 { faults.append("提交了 \(rows.count) 次") }
        let cases: Int? = try tx.value("SELECT COUNT(*) FROM \(BenchTables.cases) WHERE application = \(id)")
        if cases != 1 { faults.append("有 \(cases ?? 0) 张审核单") }
        let acts: Int? = try tx.value(
            """
            SELECT COUNT(*) FROM \(BenchTables.acts) WHERE application = \(id) AND act = 'opened'
            """)
        if acts != 1 { faults.append("审核单的开始记了 \(acts ?? 0) 次") }
        let milestones: Int? = try tx.value(
            "SELECT COUNT(*) FROM \(BenchTables.milestones) WHERE application = \(id) AND what = 'submitted'")
        if milestones != 1 { faults.append("历史里提交了 \(milestones ?? 0) 次") }
        return faults + (try answerFaults(of: entry, in: tx)) + (try streamFaults(of: id, in: tx))
    }

    private func decisionFaults(of entry: Ledger.Entry, in tx: borrowing Transaction) throws -> [String] {
        let id = entry.subject
        let row = try tx.rows(
            "SELECT \(columns: BenchTables.decisions) FROM \(BenchTables.decisions) WHERE case_id = \(id)"
        ).first
        guard let row else { return ["的决定不见了"] }
        var faults = try Frozen(row, place: "review.decision", key: id).faults(vault: vault, in: tx).map { "的决定：\($0)" }
        let (application, verdict): (String, String) = (try row.get("application"), try row.get("verdict"))
        let standing = try tx.rows("SELECT state, verdict FROM \(BenchTables.cases) WHERE id = \(id)").first
        if try standing?.get("state", as: String.self) != "decided"
            || standing?.get("verdict", as: String?.self) != verdict
        {
            faults.append("的审核单和决定不一致")
        }
        let acts: Int? = try tx.value(
            "SELECT COUNT(*) FROM \(BenchTables.acts) WHERE case_id = \(id) AND act = 'decided'")
        if acts != 1 { faults.append("的决定记了 \(acts ?? 0) 次") }
        let state: String? = try tx.value("SELECT state FROM \(BenchTables.applications) WHERE id = \(application)")
        let expected = ["approved": "open", "changes_requested": "changes_requested", "rejected": "rejected"][verdict]
        if state != expected { faults.append("的申请 \(application) 停在 \(state ?? "无")") }
        if verdict == "approved" {
            let shops: Int? = try tx.value(
                "SELECT COUNT(*) FROM \(BenchTables.stores) WHERE application = \(application)")
            if shops != 1 { faults.append("的申请 \(application) 开了 \(shops ?? 0) 家店") }
        }
        return faults + (try answerFaults(of: entry, in: tx)) + (try streamFaults(of: application, in: tx))
    }

    /// A repetition of the same request has to find its answer.
    private func answerFaults(of entry: Ledger.Entry, in tx: borrowing Transaction) throws -> [String] {
        let kept: Int? = try tx.value(
            "SELECT COUNT(*) FROM \(BenchTables.answers) WHERE token IN (\(entry.key), \("\"\(entry.key)\""))")
        return kept == 1 ? [] : ["的幂等键记了 \(kept ?? 0) 次"]
    }

    /// The events of an application are numbered from 1 without holes, and all were sorted.
    private func streamFaults(of application: String, in tx: borrowing Transaction) throws -> [String] {
        let stream = "application/\(application)"
        let row = try tx.rows(
            """
            SELECT COUNT(*) AS count, COALESCE(MIN(number), 0) AS first, COALESCE(MAX(number), 0) AS last,
                   COUNT(CASE WHEN is_fanned = 1 THEN 1 END) AS fanned
            FROM \(BenchTables.events) WHERE stream = \(stream)
            """
        ).first
        let head: Int? = try tx.value("SELECT head FROM \(BenchTables.streams) WHERE stream = \(stream)")
        guard let row, let head else { return ["没有事件"] }
        let (count, first, last): (Int, Int, Int) = (
            try row.get("count"), try row.get("first"), try row.get("last")
        )
        var faults: [String] = []
        if first != 1 || last != count || head != last {
            faults.append("的事件编号有缺：\(count) 个，\(first)–\(last)，头在 \(head)")
        }
        if try row.get("fanned", as: Int.self) != count { faults.append("有事件没有分发") }
        return faults
    }

    /// Streams that are stuck or whose cursor is behind, over the whole database.
    func gaps() async throws -> [String] {
        try await database.read { tx in
            try tx.rows(
                """
                SELECT handler, stream FROM \(BenchTables.cursors)
                WHERE parked_at IS NOT NULL OR delivered < head ORDER BY stream LIMIT 50
                """
            ).map { "\(try $0.get("stream", as: String.self)) 停在 \(try $0.get("handler", as: String.self))" }
        }
    }
}
