import Accounts
import Applications
import Database
import Documents
import Review
import Sealing

/// What looking at all data came to.
package struct Verification: Sendable {
    package let lines: [String]
    package let isGood: Bool
}

extension Launch {
    /// Looks whether the data are whole and belong together: the master key is theirs, frozen facts are what their
    /// commitments are to, and files that rows name are there and open. Changes nothing; the product may serve meanwhile.
    ///
    /// - Parameter pictures: how many pictures are opened, spread evenly over all.
    package static func verify(_ settings: Settings, pictures: Int) async throws -> Verification {
        let product = try atRest(settings)
        defer { try? product.database.close() }
        let pending = try await product.database.pending(Product.migrations)
        guard pending.isEmpty else {
            throw Settings.Fault(description: "数据库结构还没有更新（\(pending.joined(separator: "、"))），请先运行 ruzhu migrate")
        }
        try await inWords { try await product.database.read { tx in try product.vault.verifyKey(in: tx) } }
        var lines = ["✓ 主密钥：是这份数据的"]
        var isGood = true
        func add(_ name: String, _ text: String, broken: [String]) {
            isGood = isGood && broken.isEmpty
            let list = broken.prefix(20).joined(separator: "、")
            lines.append(broken.isEmpty ? "✓ \(name)：\(text)" : "✗ \(name)：\(text)；\(broken.count) 处不对：\(list)")
        }
        func add(_ name: String, _ report: FactReport) {
            let erased = report.erased == 0 ? "" : "，\(report.erased) 份的密钥已销毁、摘要一致"
            add(name, "\(report.proved) 份逐项核对过承诺值\(erased)", broken: report.broken)
        }
        add("提交", try await product.database.read { tx in try product.applications.proveSubmissions(in: tx) })
        add("审核决定", try await product.database.read { tx in try product.review.proveDecisions(in: tx) })
        let files = try await settings.inWords { try await product.documents.proveFiles() }
        add("照片文件", "存储里应有 \(files.named) 个", broken: files.missing)
        let report = try await settings.inWords { try await product.documents.provePictures(most: pictures) }
        let erased = report.erased == 0 ? "" : "，\(report.erased) 张的密钥已销毁"
        add("照片", "\(report.opened) 个文件打开过\(erased)", broken: report.broken)
        return Verification(lines: lines, isGood: isGood)
    }
}
