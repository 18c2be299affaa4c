import CanonicalJSON
import ChineseIdentifiers
import Kernel

@testable import Catalogue

/// SplitMix64: small, and the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Packs that nobody would write, with everything in them that a pack can say.
struct RandomPack {
    private var random: SeededGenerator
    private static let papers = (0..<6).map { "paper-\($0)" }

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func pack() -> Pack {
        let route = ReviewRoute(
            id: "manual", name: "人工", people: 1, hasExpert: false, hours: 8, note: "一人", rank: 0, isDenial: false)
        let shopTypes = ["ordinary", "brand"].map {
            ShopType(id: $0, name: $0, note: $0, needsBrand: $0 == "brand", source: "s")
        }
        let content = PackContent(
            id: "random", title: "随机", version: "1", summary: "随机", sources: [:], routes: [route],
            shopTypes: shopTypes, subjects: [subject("company", ["91"]), subject("person", [])],
            qualifications: Self.papers.map { paper($0) },
            categories: (0..<5).map { category("category-\($0)", route) },
            fees: .init(before: Money(fen: 100), rule: "r", source: "s"), deadlines: .init(draft: 1, changes: 1),
            screening: Demand(isRequired: false, rule: "r"), template: template())
        return Pack(content, hash: "random")
    }

    private func subject(_ id: String, _ prefixes: [String]) -> PackSubject {
        PackSubject(
            id: id, name: id, note: id, creditCodePrefixes: prefixes, brings: [], guidance: [],
            shopTypes: ["ordinary", "brand"], paysIndividualDeposit: prefixes.isEmpty, turnoverLimit: nil, source: "s")
    }

    private mutating func paper(_ id: String) -> Qualification {
        let validities = Qualification.Validity.allCases
        return Qualification(
            id: id, name: id, help: nil,
            number: chance(2)
                ? .init(label: "编号", format: chance(2) ? "food-operation" : nil, hint: nil, least: 2, most: 40) : nil,
            validity: validities.randomElement(using: &random) ?? .none,
            pictures: (0..<Int.random(in: 0...2, using: &random)).map {
                .init(id: "p\($0)", label: "照片", hint: nil, examples: nil)
            },
            check: nil,
            rule: chance(3) ? .init(path: "/licence/scope", words: ["食品", "a+b"], otherwise: "没有") : nil,
            promise: chance(4) ? "我承诺" : nil, minutes: 1, source: "s", isAskedByForm: false)
    }

    private mutating func category(_ id: String, _ route: ReviewRoute) -> PackCategory {
        let needs = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            PackCategory.Need(
                any: Array(Self.papers.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))),
                source: "s", subjects: chance(5) ? ["company"] : [], shopTypes: chance(5) ? ["brand"] : [])
        }
        return PackCategory(
            id: id, code: id, name: id, trail: ["a", "b"], aliases: [], needs: needs, brandRule: chance(4) ? "s" : nil,
            deposit: DepositAmount(enterprise: Money(fen: 200), individual: Money(fen: 100)),
            commission: BasisPoints(100), feeSource: "s", route: route, denied: nil, subjects: ["company", "person"],
            exemptions: [],
            note: nil, reviewerNote: nil, minutes: 1)
    }

    // MARK: The form

    private mutating func template() -> FormTemplate {
        let chosen = PackField(
            path: "/extra/driver", label: "选择", kind: .choice,
            options: ["a", "b", "c"].map { PackOption(value: $0, label: $0) })
        let scope = PackField(path: "/licence/scope", label: "范围", kind: .longText, most: 3_000)
        let fixed = [
            chosen, scope, PackField(path: PackContent.shopTypePath, label: "类型", kind: .choice),
            PackField(path: PackContent.categoriesPath, label: "类目", kind: .categories),
        ]
        let extras = (0..<Int.random(in: 2...9, using: &random)).map { field("/extra/f\($0)", driver: chosen.path) }
        let list = PackField(
            path: "/brands", label: "品牌", kind: .list, least: 1, most: 4,
            items: [
                PackField(path: "/name", label: "名", kind: .text),
                PackField(
                    path: "/driver", label: "选", kind: .choice,
                    options: ["a", "b", "c"].map { PackOption(value: $0, label: $0) }),
                field("/x", driver: "/driver"), field("/y", driver: "/driver"),
            ])
        func everybody(_ field: PackField) -> FormTemplate.Field { .init(field: field, audience: .everybody) }
        let asked = extras.map { FormTemplate.Field(field: $0, audience: audience()) }
        return FormTemplate(steps: [
            .init(
                id: "one", title: "一", lead: "一", minutes: 1,
                groups: [
                    .init(
                        content: .fields(title: "一", hint: nil, fixed.map(everybody) + asked), audience: .everybody),
                    .init(content: .qualifications, audience: .everybody),
                    .init(content: .brands(title: "品牌", hint: nil, everybody(list)), audience: .everybody),
                ])
        ])
    }

    private mutating func audience() -> FormTemplate.Audience {
        .init(subjects: chance(4) ? ["person"] : [], shopTypes: chance(5) ? ["brand"] : [])
    }

    private mutating func field(_ path: String, driver: String) -> PackField {
        let kinds: [(FieldKind, String?)] = [
            (.text, nil), (.number, nil), (.money, nil), (.date, nil), (.expiry, nil), (.expiry, PackField.dated),
            (.personName, nil), (.identifier, "uscc"), (.identifier, "mobile"), (.region, nil), (.bank, nil),
            (.picture, nil), (.consent, nil), (.choice, nil),
        ]
        let (kind, format) = kinds.randomElement(using: &random) ?? (.text, nil)
        let answers = ["a", "b", "c"].shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
        let shown =
            chance(2)
            ? ShowWhen([.init(answers: answers.map { .init(path: driver, value: $0) })]) : ShowWhen.always
        return PackField(
            path: path, label: path, kind: kind, isRequired: !chance(4), most: 1_000, format: format,
            options: kind == .choice ? ["a", "b"].map { PackOption(value: $0, label: $0) } : [], shown: shown)
    }

    private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }
}

/// Answers questions as somebody would who has everything at hand.
struct Answering {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func selection(in pack: Pack) -> JSONValue {
        let categories = pack.content.categories.map(\.id).shuffled(using: &random).prefix(
            Int.random(in: 0...3, using: &random))
        return [
            "subject": ["type": .string(["company", "person"].randomElement(using: &random) ?? "company")],
            "shop": [
                "type": .string(["ordinary", "brand"].randomElement(using: &random) ?? "brand"),
                "categories": .array(categories.map { .string($0) }),
            ],
        ]
    }

    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    /// A right answer.
    mutating func answer(_ field: PackField) -> JSONValue {
        switch field.kind {
        case .text, .bank: "文字"
        case .longText: "食品和 a+b"
        case .number, .money: .number(JSONNumber(Int64(Int.random(in: 1...1_000, using: &random))))
        case .date: "2015-08-13"
        case .expiry: field.format == PackField.dated || number(below: 2) == 0 ? "2030-01-01" : "长期"
        case .personName: "王小明"
        case .identifier: .string(field.grammar?.example ?? "AB12")
        case .choice: .string(field.options.randomElement(using: &random)?.value ?? "a")
        case .region: "330106"
        case .categories: [.string(field.options.randomElement(using: &random)?.value ?? "")]
        case .licence, .picture: "01j00000000000000000000000"
        case .consent: true
        case .list: ["r0001": [:]]
        }
    }
}
