import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Kernel

/// Made-up answers to a pack's form. The same seed and number give the same answers.
struct SampleAnswers: Sendable {
    let pack: Pack
    let seed: UInt64
    private let form: PackForm
    private let start: JSONValue

    /// What an applicant has uploaded, by id; every picture of the form shows one of the two.
    struct Pictures: Sendable {
        let licence: String
        let other: String
    }

    /// - Throws: `Complaint` if complete answers would be refused.
    init(pack: Pack, seed: UInt64, today: CivilDate) throws {
        self.pack = pack
        self.seed = seed
        guard let subject = pack.content.subjects.first, let category = pack.content.categories.first else {
            throw Complaint(description: "规则包里没有主体或类目")
        }
        var chosen: JSONValue = ["subject": ["type": .string(subject.id)], "shop": [:]]
        chosen["shop"]?["categories"] = [.string(category.id)]
        chosen["shop"]?["type"] = subject.shopTypes.first.map { .string($0) }
        start = chosen
        form = pack.form(in: chosen)
        let check = pack.check(try complete(0, Pictures(licence: "a", other: "b")), on: today)
        guard check.isComplete else {
            let wrong = check.due.map { "\($0.path) 没有填" } + check.findings.map { "\($0.path) \($0.message)" }
            throw Complaint(description: "样例没有通过规则包：" + wrong.joined(separator: "；"))
        }
    }

    /// How many answers a complete form holds, beside who applies.
    func count(in values: JSONValue) -> Int { form.asked(in: values).count { $0.kind != .list } }

    /// Answers to every question, with two rows in each list.
    func complete(_ number: Int, _ pictures: Pictures) throws -> JSONValue {
        var chance = Chance(seed: seed, thing: number)
        var values = start
        // The second pass answers what the first one's answers made the form ask.
        for _ in 0..<2 {
            for field in form.fields where field.shown.holds(in: values) == .yes && values[field.pointer] == nil {
                let asked = field.kind == .list ? ["r0001", "r0002"].flatMap { field.row($0).fields } : [field]
                for one in asked {
                    try values.set(try answer(to: one, pictures, &chance), at: one.pointer, creatingParents: true)
                }
            }
        }
        return values
    }

    /// Answers to about half of the questions.
    func half(_ number: Int, _ pictures: Pictures) throws -> JSONValue {
        var chance = Chance(seed: seed, thing: number)
        var values = start
        for field in form.fields
        where field.kind != .list && chance.number(0...1) == 0 && values[field.pointer] == nil
            && field.shown.isAlways
        {
            try values.set(try answer(to: field, pictures, &chance), at: field.pointer, creatingParents: true)
        }
        return values
    }

    /// New answers to a few questions of one page, as a merge patch (RFC 7396).
    func patch(_ chance: inout Chance) throws -> JSONValue {
        var patch: JSONValue = [:]
        let typed = chance.one(of: form.steps).fields.filter(\.isTyped)
        for _ in 0..<4 where !typed.isEmpty {
            let field = chance.one(of: typed)
            let pictures = Pictures(licence: "", other: "")
            try patch.set(try answer(to: field, pictures, &chance), at: field.pointer, creatingParents: true)
        }
        return patch
    }

    /// The path of some field that a reviewer may speak of.
    func somePath(_ chance: inout Chance) -> String { chance.one(of: form.fields.filter(\.isTyped)).path }

    private func answer(to field: PackField, _ pictures: Pictures, _ chance: inout Chance) throws -> JSONValue {
        switch field.kind {
        case .text: .string(words(field.least...min(field.most, field.least + 14), &chance))
        case .longText: .string(words(min(field.most, 40)...min(field.most, 120), &chance))
        case .number, .money: .number(JSONNumber(Int64(chance.number(field.least...min(field.most, 9_999_999)))))
        case .date: .string(day(2_005...2_024, &chance))
        case .expiry: .string(day(2_031...2_045, &chance))
        case .personName: .string(chance.one(of: Words.surnames) + words(1...2, &chance))
        case .choice: .string(chance.one(of: field.options).value)
        case .region: .string(chance.one(of: Words.counties))
        case .bank: .string(chance.one(of: Words.banks))
        case .categories: .array(field.options.prefix(1).map { .string($0.value) })
        case .licence: .string(pictures.licence)
        case .picture: .string(pictures.other)
        case .consent: true
        case .identifier: .string(try identifier(field, &chance))
        case .list: throw Complaint(description: "列表里不能再套列表：\(field.path)")
        }
    }

    private func identifier(_ field: PackField, _ chance: inout Chance) throws -> String {
        switch field.format {
        case "uscc": SampleNumbers.creditCode(&chance)
        case "resident-id": SampleNumbers.residentID(&chance)
        case "mobile": "13" + chance.digits(9)
        case "bank-card": SampleNumbers.bankCard(&chance)
        case "corporate-account": "12020206" + chance.digits(11)
        case nil: "ZJ" + chance.digits(10)
        case let other?: throw Complaint(description: "不会编 \(other) 这种编号：\(field.path)")
        }
    }

    private func words(_ range: ClosedRange<Int>, _ chance: inout Chance) -> String {
        String((0..<chance.number(range)).map { _ in chance.one(of: Words.characters) })
    }

    private func day(_ years: ClosedRange<Int>, _ chance: inout Chance) -> String {
        "\(chance.number(years))-\(SampleNumbers.two(chance.number(1...12)))-\(SampleNumbers.two(chance.number(1...28)))"
    }
}

extension PackField {
    /// Whether it is typed again and again while a form is filled in: nothing hangs on it.
    fileprivate var isTyped: Bool {
        switch kind {
        case .text, .longText, .number, .money, .personName: shown.isAlways && path != PackContent.shopTypePath
        default: false
        }
    }
}

private enum Words {
    static let characters = Array("上海华信诚达文化商贸有限公司北京广州深圳服饰食品家居日用百货新鲜优质安心品牌生活")
    static let surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"]
    static let counties = ["330106", "110105", "310115", "440305", "510107", "320102"]
    static let banks = ["招商银行杭州西湖支行", "中国工商银行上海张江支行", "中国建设银行深圳南山支行"]
}
