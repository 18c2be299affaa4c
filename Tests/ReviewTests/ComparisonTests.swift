import CanonicalJSON
import Catalogue
import Kernel
import Testing

@testable import Review

@Suite("Comparing")
struct ComparisonTests {
    @Test("A resubmission shows the fields that changed, with what stood there before")
    func changes() throws {
        let before = JSONValue.submissionExample
        let after = try before.replacing(["licence", "address"], with: "上海市浦东新区张江路763号")
            .replacing(["shop", "categories"], with: ["food", "apparel"]).replacing(["shop", "intro"], with: "新鲜")
        let changes = SubmissionChanges(from: before, to: after)

        #expect(changes.contains("/licence/address"))
        #expect(changes.earlier("/licence/address") == "上海市浦东新区张江路762号")
        #expect(changes.earlier("/shop/categories") == ["food"])
        #expect(changes.contains("/shop/intro") && changes.earlier("/shop/intro") == nil)
        #expect(!changes.contains("/licence/name") && !changes.contains("/shop/categories/0"))
    }

    @Test("A first round has changed nothing")
    func first() { #expect(!SubmissionChanges.none.contains("/licence/name")) }

    @Test(
        "Only what is said differs, not how it is written",
        arguments: [
            (FieldKind.text, "张江路７６２号", "张江路762号", false), (.text, "有限公司（独资）", "有限公司(独资)", false),
            (.text, "张江路762号", "张江路782号", true), (.longText, "食品、饮料。", "食品；饮料", false),
            (.identifier, "91330106ma9te5t04e", "91330106MA9TE5T04E", false), (.personName, "孙燕英", "孙燕美", true),
            (.date, "2015年08月13日", "2015-8-13", false), (.date, "2015年08月13日", "2015年08月18日", true),
            (.picture, "a", "b", false),
        ])
    func differs(kind: FieldKind, typed: String, read: String, expected: Bool) {
        let field = PackField(path: "/x", label: "x", kind: kind)
        #expect(field.differs(typed, from: read) == expected)
    }

    @Test(
        "Waiting is told in minutes, hours and days, and gets louder",
        arguments: [
            (0, "不到 1 分", WaitingTime.Tone.ok), (20, "20 分", .ok), (59, "59 分", .ok), (60, "1 小时", .warn),
            (119, "1 小时 59 分", .warn), (120, "2 小时", .bad), (190, "3 小时 10 分", .bad), (1_440, "1 天", .bad),
            (1_560, "1 天 2 小时", .bad), (-5, "不到 1 分", .ok),
        ])
    func waiting(minutes: Int, text: String, tone: WaitingTime.Tone) {
        let time = WaitingTime(from: .example, to: .example + .seconds(minutes * 60))
        #expect(time.text == text)
        #expect(time.tone == tone)
    }
}
