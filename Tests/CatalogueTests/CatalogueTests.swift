import CanonicalJSON
import ChineseIdentifiers
import Foundation
import Kernel
import Testing

@testable import Catalogue

/// The mall's own pack, read once.
enum MallPack {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "packs/mall")
    static let today = CivilDate(year: 2026, month: 3, day: 1) ?? .example
    private static let read = Result { try Pack(PackSource(folder: folder)) }

    static func pack() throws -> Pack { try read.get() }

    static let document = "01j00000000000000000000000"

    /// A company's answers that are complete for clothes.
    static let complete: [String: JSONValue] = [
        "/subject/type": "enterprise", "/licence/picture": .string(document),
        "/licence/creditCode": .string(CreditCode.example.plain), "/licence/name": "杭州禾穗知食品有限公司",
        "/licence/type": "有限责任公司", "/licence/legalRepresentative": "王小明", "/licence/capital": "人民币壹佰万元整",
        "/licence/establishedOn": "2015-08-13", "/licence/address": "杭州市西湖区", "/licence/scope": "食品销售；服装销售",
        "/shop/name": "禾穗知", "/shop/type": "ordinary", "/shop/categories": ["clothing"],
        "/legalRepresentative/idNumber": .string(ResidentID.example.plain), "/contact/name": "王小明",
        "/contact/phone": .string(MobileNumber.example.plain), "/settlement/bank": "招商银行杭州西湖支行",
        "/settlement/accountNumber": .string(CorporateAccountNumber.example.plain),
    ]

    static func values(_ changes: [String: JSONValue] = [:]) throws -> JSONValue {
        var values: JSONValue = [:]
        for (path, value) in complete.merging(changes, uniquingKeysWith: { $1 }) {
            try values.set(value, at: JSONPointer(path), creatingParents: true)
        }
        return values
    }
}

@Suite("The mall's pack")
struct MallPackTests {
    @Test("It can be read, and nothing in it contradicts anything else")
    func reads() throws {
        do {
            let pack = try Pack(PackSource(folder: MallPack.folder))
            #expect(pack.content.subjects.count == 6)
            #expect(Set(pack.content.categories.map(\.code)).count == pack.content.categories.count)
        } catch let faults as PackFaults {
            Issue.record("\(faults)")
        }
    }

    @Test("All subjects have their own first question and at most four steps")
    func subjects() throws {
        let pack = try MallPack.pack()
        for subject in pack.content.subjects {
            let form = pack.form(in: ["subject": ["type": .string(subject.id)]])
            #expect((1...4).contains(form.steps.count), "\(subject.name)")
            #expect(form.schema.fault == nil)
        }
        let person = pack.form(in: ["subject": ["type": "person"]]).fields.map(\.path)
        #expect(!person.contains { $0.hasPrefix("/licence") }, "a natural person has no licence to show")
    }
}

@Suite("What a form asks")
struct FormTests {
    private func due(_ changes: [String: JSONValue]) throws -> [String] {
        try MallPack.pack().check(try MallPack.values(changes), on: MallPack.today).due.map(\.path)
    }

    @Test("A filled form is complete")
    func complete() throws {
        let check = try MallPack.pack().check(try MallPack.values(), on: MallPack.today)
        #expect(check.due.map(\.path) == [])
        #expect(check.findings == [])
    }

    @Test(
        "Choosing a category makes its papers due at once",
        arguments: [
            ("fresh-fruit-vegetables", "cold-chain"), ("mobile-phone", "ccc"), ("jade", "gem-report"),
            ("books", "choice"), ("childrens-wear", "childrens-wear-report"),
        ])
    func categories(category: String, paper: String) throws {
        let asked = try due(["/shop/categories": [.string(category)]])
        #expect(asked.contains { $0.hasPrefix("/qualifications/\(paper)/") }, "\(asked)")
        #expect(try due(["/shop/categories": ["clothing"]]) == [], "and switching back takes them away")
    }

    @Test("Of several papers that meet one need only the chosen one is asked")
    func choice() throws {
        let pack = try MallPack.pack()
        let open = pack.check(try MallPack.values(["/shop/categories": ["snacks"]]), on: MallPack.today)
        let choice = try #require(open.alternatives.first)
        #expect(open.due.contains(choice.field))
        #expect(!open.eventually.isEmpty)
        let option = try #require(choice.options.first)
        let chosen = pack.check(
            try MallPack.values(["/shop/categories": ["snacks"], choice.field.path: .string(option.qualification)]),
            on: MallPack.today)
        #expect(Set(chosen.due.map(\.path)) == Set(option.paths), "exactly that paper")
        #expect(chosen.alternatives.isEmpty && chosen.eventually.isEmpty)
    }

    @Test("A brand shop asks for the chain of authorisations, row by row")
    func brands() throws {
        let pack = try MallPack.pack()
        let bare = try due(["/shop/type": "flagship"])
        #expect(bare.contains("/brands/r0001/name"), "the first row stands there by itself")
        #expect(!bare.contains("/brands/r0001/subAuthorisation"))
        let resold = try due([
            "/shop/type": "flagship", "/brands/r0001/name": "禾", "/brands/r0001/relation": "distributed",
            "/brands/r0002/relation": "own",
        ])
        #expect(resold.contains("/brands/r0001/authorisation") && resold.contains("/brands/r0001/subAuthorisation"))
        #expect(resold.contains("/brands/r0002/certificate"))
        #expect(!resold.contains("/brands/r0002/authorisation"), "who owns the brand needs nobody's leave")
        let row = try #require(pack.form(in: try MallPack.values(["/shop/type": "flagship"])).field(at: "/brands"))
        #expect(row.nextRow(in: try MallPack.values(["/brands/r000z/name": "x"])) == "r0010")
    }

    @Test("In an empty draft everything is due and nothing is wrong")
    func empty() throws {
        let check = try MallPack.pack().check([:], on: MallPack.today)
        #expect(check.findings.isEmpty)
        #expect(!check.due.isEmpty)
    }

    @Test(
        "A wrong value is told at its field with a stable code",
        arguments: [
            ("/licence/creditCode", "91330106MA9TE5T04A", "uscc.check_digit"),
            ("/licence/creditCode", "9133", "uscc.length"),
            ("/licence/creditCode", "92330106MA9T00018L", "uscc.subject"),
            ("/legalRepresentative/idNumber", "330106199001019978", "resident_id.check_digit"),
            ("/contact/phone", "12345", "mobile.length"), ("/licence/establishedOn", "不知道", "date.unreadable"),
            ("/licence/establishedOn", "2027-01-01", "date.future"), ("/shop/name", "x", "field.length"),
            ("/shop/type", "palace", "field.choice"),
        ])
    func wrong(path: String, value: String, code: String) throws {
        let findings = try MallPack.pack().check(try MallPack.values([path: .string(value)]), on: MallPack.today)
            .findings
        #expect(findings.map(\.path) == [path])
        #expect(findings.map(\.code) == [code])
        #expect(findings.allSatisfy { !$0.message.isEmpty })
    }

    @Test("A check digit that is wrong is told with the right one")
    func checkDigit() throws {
        let values = try MallPack.values(["/licence/creditCode": "91330106MA9TE5T04A"])
        let finding = try MallPack.pack().check(values, on: MallPack.today).findings.first
        #expect(finding?.message.contains("第 18 位校验码应为 E") == true)
    }

    @Test(
        "A value of the wrong type is told and does not crash",
        arguments: [JSONValue.number(JSONNumber(1)), ["a"], [:], true])
    func wrongType(value: JSONValue) throws {
        let check = try MallPack.pack().check(try MallPack.values(["/shop/name": value]), on: MallPack.today)
        #expect(!check.isComplete)
    }

    @Test("A category that is unknown, denied or not for this subject is refused with the reason")
    func refusedCategories() throws {
        let pack = try MallPack.pack()
        func codes(_ category: String, _ subject: String = "enterprise") throws -> [String] {
            let values = try MallPack.values([
                "/shop/categories": [.string(category)], "/subject/type": .string(subject),
            ])
            return pack.check(values, on: MallPack.today).findings.filter { $0.path.hasPrefix("/shop/categories") }.map(
                \.code)
        }
        #expect(try codes("weapons").isEmpty == false)
        let denied = try #require(pack.content.categories.first { $0.denied != nil })
        #expect(try codes(denied.id).contains("category.denied"))
        #expect(try codes("jade", "person").contains("category.subject"))
    }

    @Test("A business scope that does not hold what is sold is told with a way out")
    func scope() throws {
        let pack = try MallPack.pack()
        let scoped = try #require(pack.content.qualification("jewellery-scope"))
        let values = try MallPack.values(["/shop/categories": ["jade"], "/licence/scope": "什么都不卖"])
        let finding = pack.check(values, on: MallPack.today).findings.first { $0.path == "/licence/scope" }
        #expect(finding?.code == "scope.missing")
        #expect(finding?.message == scoped.rule?.otherwise)
    }

    @Test("A paper that has run out is told")
    func expired() throws {
        let values = try MallPack.values([
            "/shop/categories": ["snacks"], "/qualifications/food-operation/validTo": "2020-01-01",
            "/qualifications/choice/unused": "x",
        ])
        var chosen = values
        let choice = try #require(try MallPack.pack().check(values, on: MallPack.today).alternatives.first)
        try chosen.set("food-operation", at: choice.field.pointer, creatingParents: true)
        #expect(try MallPack.pack().check(chosen, on: MallPack.today).findings.map(\.code) == ["date.expired"])
    }

    @Test("The deposit is the highest of the categories and the strictest route counts")
    func money() throws {
        let content = try MallPack.pack().content
        func deposit(_ categories: [String], _ subject: String = "enterprise") -> Money {
            content.deposit(for: Selection(subject: subject, categories: categories, shopType: "ordinary"))
        }
        #expect(deposit(["clothing", "jade"]) == Money(fen: 5_000_000))
        #expect(deposit(["jade"], "individual") == Money(fen: 2_500_000))
        #expect(content.route(for: ["clothing", "jade"])?.hasExpert == true)
        #expect(content.demands(for: ["unheard-of"]).deposit.isRequired, "silence of the pack is no permission")
        #expect(!content.demands(for: ["clothing"]).deposit.isRequired)
    }

    @Test(
        "What was typed becomes a value in its normal form",
        arguments: [
            (FieldKind.money, "1,200.5元", JSONValue.number(JSONNumber(120_050))), (.money, "没有", "没有"),
            (.number, "1 000", .number(JSONNumber(1_000))), (.date, "2015年8月3日", "2015-08-03"),
            (.date, "2015-8", "2015-8"), (.expiry, "永久有效", "长期"), (.consent, "yes", true),
            (.region, "浙江省杭州市西湖区", "330106"), (.region, "乌有县", "乌有县"),
        ])
    func typed(kind: FieldKind, text: String, value: JSONValue) {
        #expect(PackField(path: "/x", label: "x", kind: kind).value(of: text) == value)
    }

    @Test(
        "Personal values are masked in views", arguments: ["resident-id", "mobile", "corporate-account", "bank-card"])
    func masks(format: String) throws {
        let field = PackField(path: "/x", label: "x", kind: .identifier, format: format)
        let plain = try #require(field.grammar?.example)
        #expect(field.isPersonal)
        #expect(field.masked(plain) != plain)
        #expect(!field.masked(plain).contains(plain.dropFirst(4).dropLast(4)))
    }
}
