import CanonicalJSON
import ChineseIdentifiers
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Catalogue

@Suite("Rule packs")
struct CatalogueTests {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "packs/enterprise/pack.yaml")
    static let today = CivilDate(year: 2026, month: 3, day: 1) ?? .example

    static func pack() throws -> Pack {
        try Pack(yaml: String(contentsOf: file, encoding: .utf8), hash: String(repeating: "a", count: 64))
    }

    static let complete: [String: JSONValue] = [
        "/licence/picture": "01j00000000000000000000000", "/licence/creditCode": .string(CreditCode.example.plain),
        "/licence/name": "杭州禾穗知食品有限公司", "/licence/type": "有限责任公司", "/licence/legalRepresentative": "王小明",
        "/licence/capital": "人民币壹佰万元整", "/licence/establishedOn": "2015年08月13日", "/licence/address": "杭州市西湖区",
        "/licence/scope": "食品销售", "/shop/name": "禾穗知", "/shop/categories": ["apparel"],
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

    @Test("The form of a category asks what it needs, and no other category's questions")
    func categories() throws {
        let pack = try Self.pack()
        func paths(_ chosen: [String]) -> Set<String> { Set(pack.fields(for: chosen).map(\.path)) }
        #expect(!paths(["apparel"]).contains("/permits/foodOperation/number"))
        #expect(paths(["food"]).contains("/permits/foodOperation/number"))
        #expect(paths(["jade"]).contains("/permits/gemReport/picture"))
        #expect(paths(["food", "jade"]).isSuperset(of: paths(["food"]).union(paths(["jade"]))))
        #expect(pack.form(for: []).steps.count <= 4, "the review page makes the fifth")
    }

    @Test("A filled form is complete; choosing food makes its permit due at once")
    func due() throws {
        let pack = try Self.pack()
        #expect(pack.check(try Self.values(), on: Self.today).isComplete)
        let food = pack.check(try Self.values(["/shop/categories": ["food"]]), on: Self.today)
        #expect(food.due.map(\.path) == ["/permits/foodOperation/number", "/permits/foodOperation/picture"])
        #expect(food.findings.isEmpty)
    }

    @Test("In an empty draft everything is due and nothing is wrong")
    func empty() throws {
        let check = try Self.pack().check([:], on: Self.today)
        #expect(check.findings.isEmpty)
        #expect(check.due.count == Self.complete.count)
    }

    @Test(
        "A wrong value is told at its field with a stable code",
        arguments: [
            ("/licence/creditCode", "91330106MA9TE5T04A", "uscc.check_digit"),
            ("/licence/creditCode", "9133", "uscc.length"),
            ("/licence/creditCode", "92330106MA9TE5T04E", "uscc.check_digit"),
            ("/legalRepresentative/idNumber", "330106199001019978", "resident_id.check_digit"),
            ("/contact/phone", "12345", "mobile.length"), ("/licence/establishedOn", "不知道", "date.unreadable"),
            ("/licence/establishedOn", "2027年01月01日", "date.future"), ("/shop/name", "x", "field.length"),
        ])
    func wrong(path: String, value: String, code: String) throws {
        let findings = try Self.pack().check(try Self.values([path: .string(value)]), on: Self.today).findings
        #expect(findings.map(\.path) == [path])
        #expect(findings.map(\.code) == [code])
        #expect(findings.allSatisfy { !$0.message.isEmpty && $0.hint?.isEmpty == false })
    }

    @Test(
        "A value of the wrong type is told and does not crash",
        arguments: [JSONValue.number(JSONNumber(1)), ["a"], [:], true])
    func wrongType(value: JSONValue) throws {
        let check = try Self.pack().check(try Self.values(["/shop/name": value]), on: Self.today)
        #expect(!check.isComplete)
    }

    @Test("A category that the pack does not know is refused")
    func unknownCategory() throws {
        let check = try Self.pack().check(
            try Self.values(["/shop/categories": ["apparel", "weapons"]]), on: Self.today)
        #expect(check.findings.map(\.code) == ["category.unknown"])
    }

    @Test("Of several categories the strictest demand counts; jade demands expert, contract and deposit")
    func demands() throws {
        let pack = try Self.pack()
        let apparel = pack.demands(for: ["apparel"])
        #expect(!apparel.expert.isRequired && !apparel.agreement.isRequired && !apparel.deposit.isRequired)
        #expect(!apparel.deposit.rule.isEmpty, "not required only because the pack says so")
        let mixed = pack.demands(for: ["apparel", "jade"])
        #expect(mixed.expert.isRequired && mixed.agreement.isRequired && mixed.deposit.isRequired)
        #expect(pack.demands(for: ["unheard-of"]).deposit.isRequired, "silence of the pack is no permission")
    }

    @Test(
        "Personal values are masked in views",
        arguments: [
            (FieldKind.residentID, "330106199001019979"), (.mobile, "13800132468"), (.personName, "王小明"),
            (.account, "1202020609999991234"),
        ])
    func masks(kind: FieldKind, plain: String) {
        #expect(kind.isPersonal)
        #expect(kind.masked(plain) != plain)
        #expect(!kind.masked(plain).contains(plain.dropFirst(4).dropLast(4)) || plain.count < 9)
    }

    @Test(
        "A pack that contradicts itself is refused",
        arguments: [
            ("kind: mobile", "kind: telepathy"), ("path: /contact/name", "path: /contact/phone"),
            ("categories: [food]", "categories: [fruit]"),
        ])
    func contradictions(before: String, after: String) throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(throws: PackFault.self) {
            try Pack(yaml: text.replacing(before, with: after, maxReplacements: 1), hash: "h")
        }
    }

    @Test("A published pack is found under its content's hash by the next process")
    func publishing() async throws {
        let test = try await TestDatabase(Catalogue.migrations)
        let first = Catalogue(database: test.database)
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let hash = try await first.publish(text, at: .example)
        #expect(try await first.publish(text, at: .example + .seconds(60)) == hash)
        let second = Catalogue(database: test.database)
        #expect(throws: Catalogue.NoPack.self) { try second.current() }
        try await second.load()
        #expect(try second.pack(hash).hash == hash)
        let newer = try await second.publish(text.replacing("2026-01", with: "2026-02"), at: .example + .seconds(120))
        #expect(try second.current().hash == newer)
        #expect(try second.pack(hash).version == "2026-01", "a running application keeps its rules")
    }
}
