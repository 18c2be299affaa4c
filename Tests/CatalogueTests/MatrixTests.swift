import Foundation
import Testing

@testable import Catalogue

@Suite("The matrix of rules")
struct MatrixTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("The committed document is what the pack makes")
    func document() throws {
        let pack = try Pack(PackSource(folder: Self.root.appending(path: "packs/mall")))
        let committed = try String(contentsOf: Self.root.appending(path: "docs/pack-matrix.md"), encoding: .utf8)
        #expect(
            committed == PackMatrix(pack.content).markdown,
            "run: ruzhu packs matrix packs/mall > docs/pack-matrix.md")
    }

    @Test("Every subject stands against every category that it may sell, once")
    func completeness() throws {
        let content = try Pack(PackSource(folder: Self.root.appending(path: "packs/mall"))).content
        let rows = PackMatrix(content).trades.flatMap(\.rows)
        for category in content.categories {
            let subjects = rows.filter { $0.category.id == category.id }.flatMap(\.subjects).map(\.id)
            #expect(Set(subjects) == (category.denied == nil ? category.subjects : []), "\(category.id)")
            #expect(subjects.count == Set(subjects).count, "\(category.id)")
        }
    }

    @Test("A row tells the number of questions, the papers, the fees and where each rule comes from")
    func row() throws {
        let markdown = PackMatrix(try Pack(SmallPack.source).content).markdown
        let lines = markdown.split(separator: "\n").map(String.init)
        #expect(
            lines.contains(
                "| 水果蔬菜（1001） | 企业 | 食品经营许可证 或 经营范围含农产品 [1] | 11（多 4） |  | ¥5,000 [2] | 2.5% | 机审 |"))
        #expect(lines.contains("| 水果蔬菜（1001） | 自然人 | 自产承诺 [2] | 5（多 1） |  | ¥2,500 [2] | 2.5% | 机审 |"))
        #expect(lines.contains("| 烟草（9001） | 都不可以 | 烟草不能在网上卖 [1] |  |  |  |  | 不可入驻 |"))
        #expect(lines.contains("依据：[1] 食品安全法第三十五条；[2] 平台规则。"))
        #expect(lines.contains("| 食品经营许可证 | 许可证编号、有效期至、许可证照片 | 食品安全法第三十五条 |"))
    }
}
