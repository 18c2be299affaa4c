import Testing

@testable import ChineseIdentifiers

@Suite("Registered capital")
struct CapitalAmountTests {
    private static let yuanTable: [(String, Int64?)] = [
        ("人民币壹佰万元整", 100_000_000), ("100万元", 100_000_000), ("壹佰万圆", 100_000_000), ("100万", 100_000_000),
        ("1,000,000.00元", 100_000_000), ("100.000000万人民币", 100_000_000), ("（人民币）100万元", 100_000_000),
        ("RMB 100万元", 100_000_000), ("¥1000000", 100_000_000), ("一百万元人民币", 100_000_000), ("百万", nil),
        ("1百万元", 100_000_000), ("１００万元", 100_000_000), ("1亿元", 10_000_000_000), ("1.5亿元", 15_000_000_000),
        ("1亿2000万元", 12_000_000_000), ("叁亿零伍万元整", 30_005_000_000), ("十万元", 10_000_000), ("拾伍万元", 15_000_000),
        ("壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角壹分", 1_234_567_891), ("壹元零伍分", 105), ("壹万零伍元", 1_000_500),
        ("0.01元", 1), ("0.000001万元", 1), ("5角", nil), ("1万亿元", 100_000_000_000_000), ("0元", 0), ("3千万", 3_000_000_000),
        ("50.5万元", 50_500_000), ("1.0000000000万元", 1_000_000),
    ]

    @Test("Amounts of yuan are read to the fen", arguments: yuanTable)
    func yuan(text: String, fen: Int64?) throws {
        #expect((try? CapitalAmount(text))?.fen == fen)
    }

    @Test(
        "Other currencies keep their text and have no fen",
        arguments: [
            ("500万美元", "USD"), ("USD 1,000", "USD"), ("港币壹佰万元", "HKD"), ("100万欧元", "EUR"), ("10000万日元", "JPY"),
            ("美元伍拾万元整", "USD"), ("usd100", "USD"),
        ])
    func foreign(text: String, currency: String) throws {
        let amount = try CapitalAmount(text)
        #expect(amount.fen == nil)
        #expect(amount.currency == currency)
        #expect(amount.text == text.filter { $0 != " " })
    }

    @Test(
        "Other texts are refused with a reason",
        arguments: [
            ("", CapitalAmount.Fault.form), ("无", .form), ("万元", .form), ("元", .form), ("美元", .form),
            ("0.001元", .precision),
            ("99999999999999999999元", .tooLarge), ("999999999999999999999999999999999999999999元", .tooLarge),
            ("1,00元", .form), ("壹贰元", .form), ("壹佰壹仟元", .form), ("1万2万", .form), ("二百五", .form), ("1.2.3元", .form),
            ("-5元", .form), ("壹元伍", .form), ("壹元壹分壹角", .form), ("100万元abc", .form),
            (String(repeating: "9", count: 100), .form),
        ])
    func invalid(text: String, fault: CapitalAmount.Fault) {
        #expect(throws: fault) { try CapitalAmount(text) }
    }

    @Test("Random amounts written in figures and in financial characters agree")
    func random() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let digits = Int.random(in: 1...12, using: &random)
            let yuan = Int64.random(
                in: 1..<(0..<digits).reduce(Int64(1)) { power, _ in power * 10 } + 1, using: &random)
            #expect(try CapitalAmount("\(yuan)元").fen == yuan * 100, "seed \(seed)")
            #expect(try CapitalAmount(spelled(yuan) + "元整").fen == yuan * 100, "\(spelled(yuan)), seed \(seed)")
        }
    }

    /// The number in financial characters, below one trillion.
    private func spelled(_ number: Int64) -> String {
        let groups = [(number / 100_000_000, "亿"), (number / 10_000 % 10_000, "万"), (number % 10_000, "")]
        var text = ""
        for (group, unit) in groups where group > 0 {
            if !text.isEmpty && group < 1_000 { text += "零" }
            text += spelledGroup(Int(group)) + unit
        }
        return text
    }

    private func spelledGroup(_ group: Int) -> String {
        let digits = Array("零壹贰叁肆伍陆柒捌玖")
        var text = ""
        var skipped = false
        for (divisor, unit) in [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = group / divisor % 10
            if digit == 0 {
                skipped = !text.isEmpty
                continue
            }
            text += (skipped ? "零" : "") + String(digits[digit]) + unit
            skipped = false
        }
        return text
    }
}
