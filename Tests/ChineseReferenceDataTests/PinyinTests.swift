import Testing

@testable import ChineseReferenceData

@Suite("Pinyin")
struct PinyinTests {
    @Test(
        "Texts have initials and full readings",
        arguments: [
            ("生鲜", "sx", "shengxian"), ("银行", "yh", "yinhang"), ("重庆火锅", "cqhg", "chongqinghuoguo"),
            ("3C数码", "3csm", "3cshuma"), ("绿色女装", "lsnz", "lvsenvzhuang"), ("厦门", "xm", "xiamen"),
            ("长沙臭豆腐", "cscdf", "changshachoudoufu"), ("音乐/乐器", "yyyq", "yinyueyueqi"), ("空调", "kt", "kongtiao"),
            ("首都", "sd", "shoudu"), ("调味品", "twp", "tiaoweipin"), ("会计", "kj", "kuaiji"), ("", "", ""),
            ("ＡＢ-12", "ab12", "ab12"), ("氹仔", "dz", "dangzai"),
        ])
    func keys(text: String, initials: String, full: String) {
        #expect(Pinyin.keys(for: text) == PinyinKeys(initials: initials, full: full))
    }

    @Test(
        "Queries rank by how they fit",
        arguments: [
            ("生鲜", "生鲜", SearchRank.whole), ("shengxian", "生鲜", .whole), ("生", "生鲜水果", .prefix),
            ("sheng", "生鲜水果", .prefix), ("shengx", "生鲜", .prefix), ("shengxianshui", "生鲜水果", .prefix),
            ("sx", "生鲜", .initials), ("sxsg", "生鲜水果", .initials), ("shx", "生鲜", .initials),
            ("sxian", "生鲜", .initials), ("水果", "生鲜水果", .infix), ("shuiguo", "生鲜水果", .infix), ("sg", "生鲜水果", .infix),
            ("招行", "招商银行", .scattered), ("生xian", "生鲜", .whole), ("lvcha", "绿茶", .whole), ("lucha", "绿茶", .whole),
        ])
    func ranks(query: String, text: String, rank: SearchRank) {
        #expect(PinyinQuery(query).rank(of: text) == rank)
    }

    @Test(
        "What does not fit has no rank",
        arguments: [("xs", "生鲜"), ("hengxian", "生鲜"), ("鲜生", "生鲜"), ("", "生鲜"), ("s", "")])
    func none(query: String, text: String) {
        #expect(PinyinQuery(query).rank(of: text) == nil)
    }

    @Test("An index answers with prefixes before initials before the inside")
    func order() {
        let index = PinyinIndex(["海鲜水产", "水果", "生鲜", "手写笔", "蔬果", "水晶"]) { [$0] }
        #expect(index.search("sx") == ["生鲜", "手写笔"])
        #expect(index.search("shui") == ["水果", "水晶", "海鲜水产"])
        #expect(index.search("sg") == ["水果", "蔬果"])
        #expect(index.search("s", limit: 1) == ["水果"])
        #expect(index.search("s", limit: 0).isEmpty)
    }

    @Test("Any text and query is read without a crash and finds itself")
    func hostile() {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...90, using: &random)).compactMap { _ in
                        let top: UInt32 = Bool.random(using: &random) ? 0x1FFFF : 0x9FFF
                        return Unicode.Scalar(UInt32.random(in: 0x20...top, using: &random))
                    }))
            let keys = Pinyin.keys(for: text)
            #expect(keys.full.utf8.count >= keys.initials.utf8.count, "seed \(seed)")
            let rank = PinyinQuery(text).rank(of: text)
            #expect(rank == nil || rank == .whole || rank == .prefix, "seed \(seed)")
        }
    }

    @Test("Long texts are answered in linear time")
    func long() {
        let text = String(repeating: "女装", count: 500_000)
        let elapsed = ContinuousClock().measure {
            _ = PinyinQuery(text).rank(of: text)
            _ = Pinyin.keys(for: text)
        }
        #expect(elapsed < .seconds(10))
    }
}
