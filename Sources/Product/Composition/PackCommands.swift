import Catalogue
import ChineseIdentifiers
import Database
package import Foundation
import Kernel

/// What `ruzhu packs` does: the same acts as the operators' page, for who has the machine.
package enum PackCommands {
    /// Everything that is wrong with a pack, a line each; or that nothing is.
    package static func check(_ folder: URL) -> (lines: [String], isGood: Bool) {
        do {
            let content = try Pack(PackSource(folder: folder)).content
            let line =
                "规则包没有问题：\(content.title) \(content.version)，\(content.subjects.count) 类主体、"
                + "\(content.categories.count) 个类目、\(content.qualifications.count) 种材料"
            return ([line], true)
        } catch let faults as PackFaults {
            return (faults.faults.map(\.line) + ["共 \(faults.faults.count) 处问题"], false)
        } catch {
            return (["读不了 \(folder.path)：请检查它是否存在、本用户能不能读"], false)
        }
    }

    /// The matrix of a pack as Markdown.
    package static func matrix(_ folder: URL) async throws -> String {
        try await inWords { PackMatrix(try Pack(PackSource(folder: folder)).content).markdown }
    }

    /// Announces a pack.
    ///
    /// - Parameter day: from when it holds, such as `2026-12-01`; nil for the earliest day that the law allows.
    package static func publish(_ folder: URL, from day: String?, _ settings: Settings) async throws -> [String] {
        try await withCatalogue(settings) { catalogue, now in
            let before = catalogue.publications.inForce(at: now)
            let start = try start(day, isFirst: before == nil, at: now)
            let source = try await inWords { try PackSource(folder: folder) }
            let publication = try await inWords {
                try await catalogue.publish(source, effectiveAt: start, at: now)
            }
            let content = try catalogue.pack(publication.pack).content
            let changes = try before.map { PackChanges(from: try catalogue.pack($0.pack).content, to: content) }
            return [
                "已公示：\(content.title) \(content.version)，\(start.chineseDay)起生效", "内容的 SHA-256：\(publication.pack)",
                changes.map { "和现行规则比有 \($0.count) 处变化，见 /rules" } ?? "这是第一份规则",
            ]
        }
    }

    /// All publications, the oldest first.
    package static func list(_ settings: Settings) async throws -> [String] {
        try await withCatalogue(settings) { catalogue, now in
            let all = catalogue.publications
            guard !all.isEmpty else { return ["还没有发布过规则"] }
            return all.map { one in
                let version = (try? catalogue.pack(one.pack))?.content.version ?? "（读不了）"
                let state = one.id == all.inForce(at: now)?.id ? "生效中" : one.state.words
                return "\(one.effectiveAt.chineseDay)起\t\(version)\t\(state)\t\(one.pack)"
            }
        }
    }

    private static func start(_ text: String?, isFirst: Bool, at now: Instant) throws -> Instant {
        guard let text else { return isFirst ? now : Publication.earliestDay(at: now).start }
        guard let day = (try? ChineseDate(text))?.date else {
            throw Settings.Fault(description: "看不懂日期“\(text)”，请写成 2026-12-01")
        }
        return ShanghaiDay(day).start
    }

    private static func withCatalogue<Value: Sendable>(
        _ settings: Settings, _ act: (Catalogue, Instant) async throws -> Value
    ) async throws -> Value {
        let product = try Launch.atRest(settings)
        guard try await product.database.pending(Product.migrations).isEmpty else {
            throw Settings.Fault(description: "数据库结构还没有更新，请先运行 ruzhu migrate")
        }
        try await product.catalogue.load()
        let value = try await act(product.catalogue, product.clock.now)
        try product.database.close()
        return value
    }

    private static func inWords<Value>(_ act: () async throws -> Value) async throws -> Value {
        do {
            return try await act()
        } catch {
            throw words(for: error)
        }
    }

    private static func words(for error: any Error) -> any Error {
        switch error {
        case let faults as PackFaults: Settings.Fault(description: faults.faults.map(\.line).joined(separator: "\n"))
        case let refusal as Publication.Refusal:
            Settings.Fault(description: [refusal.problem.title, refusal.problem.hint ?? ""].joined(separator: "。"))
        default: error
        }
    }
}

extension PackFault {
    fileprivate var line: String { "\(place.file):\(place.line) \(message)" }
}

extension Publication.State {
    fileprivate var words: String {
        switch self {
        case .proposed: "等待批准"
        case .approved: "已公示"
        case .withdrawn: "已撤回"
        }
    }
}
