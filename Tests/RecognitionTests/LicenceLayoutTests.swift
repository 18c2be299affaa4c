import Foundation
import Testing

@testable import Recognition

@Suite("Finding fields among lines of text")
struct LicenceLayoutTests {
    @Test("A landscape copy with two columns")
    func landscape() {
        let fields = read([
            Print("营业执照", 700, 100, em: 80), Print("统一社会信用代码", 80, 200), Print("91440300708461136T", 80, 240),
            Print("名　　　称", 80, 340), Print("深圳市腾云计算机系统有限公司", 250, 340),
            Print("类　　　型", 80, 400), Print("有限责任公司（自然人投资或", 250, 400), Print("控股）", 250, 438),
            Print("法定代表人", 80, 500), Print("马小明", 250, 500),
            Print("经营范围", 80, 560), Print("一般项目：软件开发；计算机系统服务；", 250, 560),
            Print("数据处理服务。", 250, 598),
            Print("注册资本", 1000, 340), Print("陆仟伍佰万元整", 1160, 340),
            Print("成立日期", 1000, 400), Print("1998年11月11日", 1160, 400),
            Print("住　　所", 1000, 460), Print("深圳市南山区科技中一路腾讯", 1160, 460), Print("大厦35层", 1160, 498),
            Print("登记机关", 1000, 850), Print("2020年01月02日", 1100, 920),
        ])
        #expect(fields[.creditCode]?.value == "91440300708461136T")
        #expect(fields[.name]?.value == "深圳市腾云计算机系统有限公司")
        #expect(fields[.type]?.value == "有限责任公司（自然人投资或控股）")
        #expect(fields[.legalRepresentative]?.value == "马小明")
        #expect(fields[.scope]?.value == "一般项目：软件开发；计算机系统服务；数据处理服务。")
        #expect(fields[.capital]?.value == "陆仟伍佰万元整")
        #expect(fields[.established]?.value == "1998年11月11日")
        #expect(fields[.address]?.value == "深圳市南山区科技中一路腾讯大厦35层")
        #expect(fields.values.allSatisfy { $0.confidence > Reading.doubtful })
    }

    @Test("A portrait original, upright or turned to any side", arguments: [0.0, 4, 90, 180, 270])
    func portrait(degrees: Double) {
        let fields = read(Self.portrait, turnedBy: degrees)
        #expect(fields[.creditCode]?.value == "91440300708461136T")
        #expect(fields[.name]?.value == "杭州云杉餐饮管理有限公司")
        #expect(fields[.type]?.value == "其他有限责任公司")
        #expect(fields[.address]?.value == "杭州市西湖区文三路100号")
        #expect(fields[.legalRepresentative]?.value == "欧阳娜娜")
        #expect(fields[.capital]?.value == "人民币壹佰万元整")
        #expect(fields[.established]?.value == "2011年08月23日")
        #expect(fields[.term]?.value == "2011年08月23日至长期")
        #expect(fields[.scope]?.value == "餐饮服务；会议及展览服务。")
    }

    private static let portrait = [
        Print("营业执照", 350, 100, em: 80), Print("统一社会信用代码91440300708461136T", 250, 220),
        Print("名称", 100, 320, gaps: 3), Print("杭州云杉餐饮管理有限公司", 260, 320),
        Print("类型其他有限责任公司", 100, 380, gaps: 3, spread: 2),
        Print("住", 100, 440), Print("所杭州市西湖区文三路100号", 190, 440),
        Print("法定代表人欧阳娜娜", 100, 500), Print("注册资本人民币壹佰万元整", 100, 560),
        Print("成立日期", 100, 620), Print("2011年08月23日", 260, 620),
        Print("营业期限", 100, 680), Print("2011年08月23日至长期", 260, 680),
        Print("经营范围", 100, 740), Print("餐饮服务；会议及展览服务。", 260, 740),
    ]

    @Test("A sole trader's words mean the same fields")
    func soleTrader() {
        let fields = read([
            Print("营业执照", 700, 100, em: 80), Print("统一社会信用代码", 80, 200), Print("91440300708461136T", 80, 240),
            Print("名称：南京市鼓楼区晨光小吃店", 80, 340), Print("类型：个体工商户", 80, 400),
            Print("经营者：张三", 80, 460), Print("组成形式：个人经营", 80, 520), Print("经营场所：中山北路1号", 80, 580),
            Print("注册日期：2019年3月5日", 80, 640), Print("经营范围：餐饮服务。", 80, 700),
        ])
        #expect(fields[.legalRepresentative]?.value == "张三")
        #expect(fields[.address]?.value == "中山北路1号")
        #expect(fields[.type]?.value == "个体工商户")
        #expect(fields[.established]?.value == "2019年3月5日")
        #expect(fields[.scope]?.value == "餐饮服务。")
    }

    @Test("A label with one misread character still counts, and so does half of a short one")
    func damagedLabels() {
        var prints = Self.portrait
        prints[7] = Print("法定代表入欧阳娜娜", 100, 500)
        prints[2] = Print("称", 190, 320)
        let fields = read(prints)
        #expect(fields[.legalRepresentative]?.value == "欧阳娜娜")
        #expect(fields[.name]?.value == "杭州云杉餐饮管理有限公司")
    }

    @Test("A doubtful letter, an impossible date and a hole between letters make a field doubtful")
    func doubts() {
        var prints = Self.portrait
        prints[3].probability = 0.6
        prints[10] = Print("2011年18月23日", 260, 620)
        prints[7] = Print("法定代表人欧阳　娜", 100, 500)
        let fields = read(prints)
        for field in [LicenceField.name, .established, .legalRepresentative] {
            #expect((fields[field]?.confidence ?? 1) < Reading.doubtful)
        }
        #expect((fields[.address]?.confidence ?? 0) > Reading.doubtful)
    }

    @Test("Other papers give no fields")
    func otherPapers() {
        #expect(read([]).isEmpty)
        #expect(read([Print("姓名", 10, 10), Print("肖琴", 100, 10), Print("住址杭州市西湖区", 10, 60)]).isEmpty)
    }

    @Test("A label without a value and a scope without an end are places to look at again")
    func gaps() {
        var prints = Self.portrait
        prints[6] = Print("所", 190, 440)
        prints[14] = Print("餐饮服务；会议及展览服务", 260, 740)
        let gaps = LicenceLayout(lines: prints.map { $0.line() }, direction: Point(x: 1, y: 0)).gaps()
        #expect(gaps.contains { abs($0.area.centre.y - 440) < 10 && $0.area.centre.x > 220 && $0.endings == nil })
        #expect(gaps.contains { $0.area.centre.y > 760 && $0.area.width < 120 && $0.endings != nil })
    }

    private func read(_ prints: [Print], turnedBy degrees: Double = 0) -> [LicenceField: LaidOutField] {
        let direction = Point(x: cos(degrees * .pi / 180), y: sin(degrees * .pi / 180))
        return LicenceLayout(lines: prints.map { $0.line(turnedTo: direction) }, direction: direction).fields()
    }
}

/// A line of print: its text, where its first character begins, the height of its middle.
private struct Print {
    var text: String
    var x: Double
    var y: Double
    var em = 30.0
    /// Room after each of the first `spread` characters, in characters.
    var gaps = 0.0
    var spread = 0
    var probability: Float = 0.995

    init(_ text: String, _ x: Double, _ y: Double, em: Double = 30, gaps: Double = 0, spread: Int? = nil) {
        (self.text, self.x, self.y, self.em, self.gaps) = (text, x, y, em, gaps)
        self.spread = spread ?? text.count - 1
    }

    func line(turnedTo direction: Point = Point(x: 1, y: 0)) -> TextLine {
        var centres: [Double] = []
        var at = 0.0
        for (index, character) in text.enumerated() {
            let width = character.isASCII ? 0.55 * em : em
            centres.append(at + width / 2)
            at += width + (index < spread ? gaps * em : 0)
        }
        let upright = Point(x: x + at / 2, y: y)
        let area = RotatedRectangle(
            centre: direction * upright.x + Point(x: -direction.y, y: direction.x) * upright.y, width: at,
            height: em * 1.6, direction: direction)
        return TextLine(
            glyphs: zip(text, centres).map { Glyph(character: $0, probability: probability, position: $1 / at) },
            area: area)
    }
}
