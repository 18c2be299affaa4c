import CanonicalJSON
import ChineseIdentifiers
import Testing

@testable import Catalogue

@Suite("What changes between two packs")
struct PackChangesTests {
    private static let categories = "categories/all.yaml"
    private static let papers = "qualifications/all.yaml"

    /// An edit of a pack, and a sentence that has to tell it.
    struct Edit: Sendable, CustomTestStringConvertible {
        let file: String
        let find: String
        let replace: String
        let sentence: String

        init(_ file: String, _ find: String, _ replace: String, _ sentence: String) {
            (self.file, self.find, self.replace, self.sentence) = (file, find, replace, sentence)
        }

        var testDescription: String { sentence }
    }

    static let edits = [
        Edit(
            categories, "enterprise: 1000, individual: 1000", "enterprise: 2000, individual: 2000",
            "男装女装：保证金由 ¥1,000 调为 ¥2,000"),
        Edit(categories, "enterprise: 5000", "enterprise: 8000", "水果蔬菜：企业保证金由 ¥5,000 调为 ¥8,000"),
        Edit(categories, "individual: 2500", "individual: 3000", "水果蔬菜：个体和个人保证金由 ¥2,500 调为 ¥3,000"),
        Edit(categories, "\"2.5\"", "\"3.25\"", "水果蔬菜：佣金由 2.5% 调为 3.25%"),
        Edit(categories, "[苹果, 青菜]\n          route: auto", "[苹果]\n          route: manual", "水果蔬菜：审核由机审改为人工审核"),
        Edit(categories, "name: 水果蔬菜", "name: 果蔬", "果蔬：原来叫“水果蔬菜”"),
        Edit(
            categories, "any: [farm-promise]", "any: [farm-promise, food-permit]",
            "水果蔬菜：“自产承诺”改为“任选一种：自产承诺、食品经营许可证”（限自然人；平台规则）"),
        Edit(
            categories, "          route: deny\n          denied: 烟草不能在网上卖", "          route: manual", "烟草：可以入驻了"),
        Edit(
            categories, "commission: \"5\"", "commission: \"5\"\n          subjects: [enterprise]", "男装女装：不再接受：自然人"),
        Edit(
            categories, "commission: \"5\"",
            "commission: \"5\"\n          brand: required\n          brandSource: house",
            "男装女装：新增品牌要求：自有商标或完整的授权（平台规则）"),
        Edit(
            categories, "          feeSource: house\n        - id: tobacco",
            "          feeSource: house\n          needs: [{ any: [farm-promise], source: house }]\n        - id: tobacco",
            "男装女装：新增 自产承诺（平台规则）"),
        Edit(papers, "    - { id: front", "    - { id: back, label: 许可证背面 }\n    - { id: front", "食品经营许可证：新增要拍：许可证背面"),
        Edit(papers, "validity: dated", "validity: none", "食品经营许可证：有效期：不用填"),
        Edit(papers, "[农产品, 水果]", "[农产品]", "经营范围含农产品：经营范围要有其中一项：农产品"),
        Edit("form.yaml", "least: 2, most: 30", "least: 2, most: 20", "企业：店铺名称改为 2–20 个字"),
        Edit("form.yaml", "label: 经营范围, kind: longText", "label: 经营范围, optional: true, kind: longText", "企业：经营范围改为选填"),
        Edit("form.yaml", "value: none, label: 以后再说", "value: none, label: 不用", "自然人：用哪种账户新增选项：不用"),
        Edit(
            "form.yaml", "          - { path: /shop/name",
            "          - { path: /shop/motto, label: 口号, kind: text }\n          - { path: /shop/name",
            "自然人：新增必填：口号"),
        Edit("form.yaml", "least: 2, most: 30 }", "least: 2, most: 30, subjects: [person] }", "企业：不再问：店铺名称"),
        Edit(
            "form.yaml", "most: 40 }", "most: 40 }\n            - { path: /mark, label: 商标号, kind: text }",
            "企业：品牌里，新增必填：商标号（旗舰店）"),
        Edit("pack.yaml", "draftDays: 90", "draftDays: 60", "没填完的申请由保留 90 天改为 60 天"),
        Edit(
            "pack.yaml", "people: 1, hours: 8", "people: 2, hours: 8",
            "审核方式由“人工审核：1 名审核员，8 个工作小时内”改为“人工审核：2 名审核员，8 个工作小时内”"),
        Edit("subjects.yaml", "[ordinary, flagship]", "[ordinary]", "企业：可以开的店铺去掉 旗舰店"),
    ]

    @Test("Each change is told in a sentence", arguments: edits)
    func sentences(edit: Edit) throws {
        let told = try Self.sentences(SmallPack.edited((edit.file, edit.find, edit.replace)))
        #expect(told.contains(edit.sentence), "\(told)")
    }

    @Test("A pack does not differ from itself, nor by its comments")
    func same() throws {
        #expect(try Self.sentences(SmallPack.source).isEmpty)
        #expect(try Self.sentences(SmallPack.edited(("pack.yaml", "id: small", "# A comment.\nid: small"))).isEmpty)
    }

    @Test("What comes and what goes is told from the side where it is known")
    func comingAndGoing() throws {
        let old = try Pack(SmallPack.source).content
        let source = SmallPack.edited(
            (Self.categories, "id: clothing", "id: dresses"), (Self.categories, "name: 男装女装", "name: 裙装"))
        let changes = PackChanges(from: old, to: try Pack(source).content)
        #expect(changes.categories.map(\.kind) == [.added, .removed])
        #expect(changes.categories.map(\.name) == ["裙装", "男装女装"])
        #expect(changes.categories[0].sentences[0].contains("保证金 ¥1,000，佣金 5%，机审"))
    }

    private static func sentences(_ source: PackSource) throws -> [String] {
        let changes = PackChanges(from: try Pack(SmallPack.source).content, to: try Pack(source).content)
        let named = (changes.categories + changes.papers + changes.subjects).flatMap { change in
            change.sentences.map { "\(change.name)：\($0)" }
        }
        return changes.general + named
    }
}
