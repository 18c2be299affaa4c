import ChineseIdentifiers
import Testing

@testable import ChineseReferenceData

@Suite("Banks, cards and lines")
struct BanksTests {
    @Test(
        "Banks are found by name, pinyin, initials and short name",
        arguments: [
            ("招商", "招商银行"), ("zhaoshang", "招商银行"), ("zsyh", "招商银行"), ("招行", "招商银行"), ("CMB", "招商银行"),
            ("工行", "中国工商银行"), ("gongshang", "中国工商银行"), ("zggs", "中国工商银行"), ("gs", "中国工商银行"), ("jsyh", "中国建设银行"),
            ("建行", "中国建设银行"),
            ("ＩＣＢＣ", "中国工商银行"), ("hangzhou", "杭州银行"), ("hzyh", "杭州银行"), ("邮储", "中国邮政储蓄银行"),
            ("zhao shang yin hang", "招商银行"),
        ])
    func search(text: String, name: String) {
        #expect(Banks.search(text).prefix(3).map(\.name).contains { $0.hasPrefix(name) }, "\(Banks.search(text))")
    }

    @Test("The first bank for zs is 招商银行, and nothing answers nonsense")
    func order() {
        #expect(Banks.search("zs").first?.name == "招商银行")
        #expect(Banks.search("").isEmpty && Banks.search(" - ").isEmpty && Banks.search("qqqqqq").isEmpty)
        #expect(Banks.search("银行", limit: 5).count == 5)
        #expect(Banks.all.count > 500 && Set(Banks.all.map(\.name)).count == Banks.all.count)
        #expect(Banks.all.allSatisfy { bank in bank.headOffice.map { (try? CNAPSCode($0)) != nil } ?? true })
    }

    @Test(
        "A card tells its bank and kind by its first digits",
        arguments: [
            ("6212261202009999997", "中国工商银行", CardIssuer.Kind.debit), ("6228480010999999997", "中国农业银行", .debit),
        ])
    func card(number: String, bank: String, kind: CardIssuer.Kind) throws {
        let issuer = try #require(BankCards.bank(of: try BankCardNumber(number)))
        #expect(issuer.bank == bank && issuer.kind == kind && issuer.length == 19)
        #expect(issuer.kind.receivesSettlements)
    }

    @Test("The longest beginning wins and unknown cards have no bank")
    func beginnings() throws {
        #expect(BankCards.bank(ofFirst: "621226")?.abbreviation == "ICBC")
        #expect(BankCards.bank(ofFirst: "62") == nil)
        #expect(BankCards.bank(ofFirst: "汉字") == nil)
        #expect(BankCards.bank(of: try BankCardNumber("4000000000000002")) == nil)
        let credit = try #require(BankCards.bank(ofFirst: "356390"))
        #expect(credit.kind == .credit && credit.bank == "中信银行" && !credit.kind.receivesSettlements)
    }

    @Test("A line number tells bank and city")
    func lines() throws {
        let branch = BankLine(try CNAPSCode("102331009999"))
        #expect(branch.bank == "中国工商银行" && branch.province == "浙江" && branch.city == "杭州市")
        #expect(BankLine(try CNAPSCode("308584009998")).bank == "招商银行")
        #expect(BankLine(try CNAPSCode("308584009998")).city == "深圳市")
        let city = BankLine(try CNAPSCode(withCheck: "31333109999"))
        #expect(city.bank == "城市商业银行" && city.city == "杭州市")
        let unknown = BankLine(try CNAPSCode(withCheck: "99999999999"))
        #expect(unknown.bank == nil && unknown.city == nil && unknown.province == nil)
    }
}

extension CNAPSCode {
    /// A number of eleven digits with the check digit that fits.
    fileprivate init(withCheck digits: String) throws {
        let fitting = (0...9).lazy.compactMap { try? CNAPSCode(digits + String($0)) }.first
        self = try #require(fitting)
    }
}
