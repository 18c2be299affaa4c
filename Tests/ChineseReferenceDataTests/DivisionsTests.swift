import ChineseIdentifiers
import Testing

@testable import ChineseReferenceData

@Suite("Divisions")
struct DivisionsTests {
    @Test(
        "A code has its whole name, without shelves",
        arguments: [
            ("330106", "浙江省杭州市西湖区"), ("330100", "浙江省杭州市"), ("33", "浙江省"), ("110105", "北京市朝阳区"),
            ("500229", "重庆市城口县"), ("429004", "湖北省仙桃市"), ("441900", "广东省东莞市"), ("460400", "海南省儋州市"),
            ("659001", "新疆维吾尔自治区石河子市"), ("710000", "台湾省"), ("810000", "香港特别行政区"),
            ("820000", "澳门特别行政区"), ("810101", "香港特别行政区香港岛中西区"),
        ])
    func names(code: String, name: String) {
        #expect(Divisions.name(of: code) == name)
    }

    @Test("Unknown codes have no name but perhaps a nearest ancestor")
    func nearest() {
        #expect(Divisions.name(of: "330199") == nil)
        #expect(Divisions.nearest(to: "330199")?.name == "杭州市")
        #expect(Divisions.nearest(to: "339999")?.name == "浙江省")
        #expect(Divisions.nearest(to: "330106")?.name == "西湖区")
        #expect(Divisions.nearest(to: "3301061")?.name == "西湖区")
        for nothing in ["", "9", "99", "990101", "000000", "ABCDEF", "３３"] {
            #expect(Divisions.nearest(to: nothing) == nil && Divisions.division(nothing) == nil)
            #expect(Divisions.children(of: nothing).isEmpty)
        }
    }

    @Test("A picker goes from 34 provinces down to every county")
    func picker() {
        #expect(Divisions.provinces.count == 34)
        #expect(Divisions.provinces.first?.name == "北京市")
        var cities = 0
        var counties = 0
        for province in Divisions.provinces where province.isOfficial && !"78".contains(province.code.prefix(1)) {
            #expect(province.level == .province)
            for city in Divisions.children(of: province.code) {
                #expect(city.level == .city)
                cities += 1
                counties += Divisions.children(of: city.code).count
            }
        }
        // 2,978 counties without the three cities that stand for their own county.
        #expect(cities == 342 && counties == 2_975)
        #expect(Divisions.children(of: "330106").isEmpty)
        #expect(Divisions.children(of: "81").map(\.name) == ["香港岛", "九龙", "新界"])
        #expect(Divisions.division("810101")?.isOfficial == false)
        #expect(Divisions.division("810000")?.isOfficial == true)
    }

    @Test("An unlisted division in an identifier is worth a remark, a listed or national one is not")
    func remarks() throws {
        func warning(_ code: String) -> IdentifierFinding? {
            Divisions.warning(about: IdentifierCheck(canonical: "X", divisionCode: code))
        }
        #expect(warning("330106") == nil)
        #expect(warning("100000") == nil)
        #expect(Divisions.warning(about: IdentifierCheck(canonical: "X")) == nil)
        #expect(warning("330199")?.message.contains("浙江省杭州市") == true)
        #expect(warning("990101")?.code == "division.unknown")
    }

    @Test("Any text is looked up without a crash")
    func hostile() {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let code = String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in
                        Unicode.Scalar(UInt32.random(in: 0...0x3100, using: &random) % (Bool.random() ? 0x3A : 0x3100))
                    }))
            let known = Divisions.division(code)
            #expect(known == nil || Divisions.nearest(to: code) == known, "seed \(seed)")
            _ = Divisions.children(of: code)
        }
    }
}
