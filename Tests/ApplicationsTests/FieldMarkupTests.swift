import CanonicalJSON
import ChineseIdentifiers
import Kernel
import PackSupport
import Testing

@testable import Applications
@testable import Catalogue

@Suite("Every widget")
struct FieldMarkupTests {
    static let hostile = "\"><script>alert('1')</script>"

    /// One question of every kind, with hostile words wherever a pack or a person may write.
    static func gallery(_ kinds: [FieldKind] = FieldKind.allCases) -> PackStep {
        let fields = kinds.map { kind in
            PackField(
                path: "/a/\(kind.rawValue)", label: hostile, kind: kind, hint: hostile, least: 1, most: 500,
                format: kind == .identifier ? "mobile" : nil,
                options: [PackOption(value: hostile, label: hostile, note: hostile), .init(value: "b", label: "乙")],
                items: kind == .list ? [PackField(path: "/name", label: hostile, kind: .text)] : [],
                examples: PictureExamples(good: hostile, bad: hostile), source: hostile)
        }
        return PackStep(
            id: "s", title: hostile, lead: "", minutes: 1,
            groups: [PackGroup(title: hostile, hint: hostile, fields: fields)])
    }

    static func values(_ text: String) -> JSONValue {
        var members: JSONValue = [:]
        for kind in FieldKind.allCases { members[kind.rawValue] = .string(text) }
        members["list"] = ["r0001": ["name": .string(text)], "r0002": [:]]
        members["categories"] = [.string(text), "food"]
        return ["a": members]
    }

    private func markup(
        _ step: PackStep, _ values: JSONValue, state: JourneyState.Kind = .draft, faults: [Finding] = [],
        pack: Pack? = nil
    ) async throws -> String {
        let one = try await FormExample.Applicant().application(pack ?? ExamplePack.pack(), values, state: state)
        var markup = FieldMarkup(
            one, pictures: [:], faults: faults,
            comments: Dictionary(
                step.fields.map { ($0.path, Self.hostile) }, uniquingKeysWith: { first, _ in first }), icons: "/i.svg")
        return markup.write(step)
    }

    @Test("What people and packs wrote never becomes markup", arguments: [JourneyState.Kind.draft, .changesRequested])
    func escaping(state: JourneyState.Kind) async throws {
        let faults = FieldKind.allCases.map {
            Finding(path: "/a/\($0.rawValue)", code: "c", message: Self.hostile, hint: Self.hostile)
        }
        let text = try await markup(Self.gallery(), Self.values(Self.hostile), state: state, faults: faults)
        let plain = try await markup(Self.gallery(), Self.values("plain"), state: state, faults: faults)
        let isSafe = !text.contains("<script")
        #expect(isSafe)
        // The elements are the same as for plain words: nothing opened or closed one.
        #expect(MarkupProbe(text).elements.map(\.name) == MarkupProbe(plain).elements.map(\.name))
    }

    @Test("Every input has a label, and no id stands twice")
    func labels() async throws {
        let text = try await markup(Self.gallery(), Self.values("x"))
        let probe = MarkupProbe(text)
        #expect(probe.unlabelled(in: text) == [])
        #expect(Set(probe.ids).count == probe.ids.count)
        let pointed = probe.elements.compactMap { $0.attributes["aria-describedby"] }
            .flatMap { $0.split(separator: " ").map(String.init) }
        #expect(Set(pointed).subtracting(probe.ids) == [])
    }

    @Test(
        "A date stands in its three parts, whole, half typed, or as a picture said it",
        arguments: [
            ("2015-08-13", "2015", "8", "13"), ("2015--", "2015", "", ""), ("-8-", "", "8", ""),
            ("2015-13-45", "2015", "13", "45"), ("2015年8月", "2015", "8", ""), ("", "", "", ""), ("长期", "", "", ""),
        ])
    func dates(text: String, year: String, month: String, day: String) async throws {
        let parts = DateParts(text)
        #expect([parts.year, parts.month, parts.day] == [year, month, day])
        let shown = MarkupProbe(try await markup(Self.gallery([.expiry]), Self.values(text)))
        #expect(shown.inputs(named: "a.expiry.year").first?.attributes["value"] == year)
        let forever = try #require(shown.inputs(named: "a.expiry.forever").first)
        #expect((forever.attributes["checked"] != nil) == (text == "长期"))
    }

    @Test("Rows keep their ids in names, and bring the buttons that add and remove them")
    func rows() async throws {
        let text = try await markup(Self.gallery([.list]), Self.values("x"))
        let probe = MarkupProbe(text)
        #expect(probe.inputs(named: "a.list.r0001.name").count == 1)
        #expect(probe.inputs(named: "a.list.r0002.name").count == 1)
        let wishes = probe.elements.filter { $0.name == "button" }.compactMap { $0.attributes["value"] }
        #expect(wishes == ["remove:/a/list/r0001", "remove:/a/list/r0002", "add:/a/list"])
        #expect(probe.ids.contains("f-a-list-r0002"))
        let first = MarkupProbe(try await markup(Self.gallery([.list]), [:]))
        #expect(first.inputs(named: "a.list.r0001.name").count == 1, "a list that is wanted begins with a row")
        #expect(!first.elements.contains { $0.attributes["value"] == "remove:/a/list/r0001" })
    }

    @Test("The chosen option is checked; the only one is chosen already; more than eight become a menu")
    func choices() async throws {
        func step(_ options: Int) -> PackStep {
            let field = PackField(
                path: "/a/choice", label: "选", kind: .choice,
                options: (1...options).map { PackOption(value: "o\($0)", label: "第 \($0) 个") })
            return PackStep.example([field])
        }
        let cards = MarkupProbe(try await markup(step(3), ["a": ["choice": "o2"]]))
        let checked = cards.inputs(named: "a.choice").filter { $0.attributes["checked"] != nil }
        #expect(checked.map { $0.attributes["value"] } == ["o2"])
        let only = MarkupProbe(try await markup(step(1), [:]))
        #expect(only.inputs(named: "a.choice").first?.attributes["checked"] != nil)
        let menu = MarkupProbe(try await markup(step(9), ["a": ["choice": "o9"]]))
        #expect(menu.inputs(named: "a.choice").map(\.name) == ["select"])
        #expect(menu.elements.filter { $0.attributes["selected"] != nil }.map { $0.attributes["value"] } == ["o9"])
    }

    @Test("An amount is shown in yuan, a county by its name, a promise as a tick")
    func values() async throws {
        let kept: JSONValue = ["a": ["money": 1250, "region": "330106", "consent": true]]
        let probe = MarkupProbe(try await markup(Self.gallery([.money, .region, .consent]), kept))
        #expect(probe.inputs(named: "a.money").first?.attributes["value"] == "12.50")
        #expect(probe.inputs(named: "a.money").first?.attributes["inputmode"] == "decimal")
        #expect(probe.inputs(named: "a.region").first?.attributes["value"] == "浙江省杭州市西湖区")
        #expect(probe.inputs(named: "a.consent").first?.attributes["checked"] != nil)
    }

    @Test(
        "Codes bring the keyboard that they need",
        arguments: [
            ("mobile", "numeric", false), ("bank-card", "numeric", false), ("ccc", "numeric", false),
            ("uscc", nil, true), ("resident-id", nil, true), ("food-operation", nil, true), ("icp-filing", nil, false),
        ])
    func keyboards(format: String, inputMode: String?, isUpper: Bool) async throws {
        let field = PackField(path: "/a/code", label: "号码", kind: .identifier, format: format)
        let step = PackStep.example([field])
        let text = try await markup(step, [:])
        let input = try #require(MarkupProbe(text).inputs(named: "a.code").first)
        #expect(input.attributes["inputmode"] == inputMode)
        #expect((input.attributes["data-upper"] != nil) == isUpper)
        #expect(
            text.contains(try #require(IdentifierGrammar.named(format)).help), "the form of a code is told under it")
    }

    @Test("A locked value is masked and can't be typed into; an open one is not")
    func masking() async throws {
        let fields = ["resident-id", "mobile", "bank-card"].map {
            PackField(path: "/a/\($0)", label: "号码", kind: .identifier, format: $0)
        }
        let step = PackStep.example(fields)
        var values: JSONValue = [:]
        for field in fields { values[String(field.path.dropFirst(3))] = .string(field.grammar?.example ?? "") }
        let open = try await markup(step, ["a": values])
        let locked = try await markup(step, ["a": values], state: .changesRequested)
        for field in fields {
            let plain = try #require(field.grammar?.example)
            let (isShown, isKept) = (open.contains(plain), !locked.contains(plain))
            #expect(isShown)
            #expect(isKept, "\(field.path) shows what nobody has to read")
        }
        #expect(MarkupProbe(locked).inputs.allSatisfy { $0.attributes["readonly"] != nil })
        #expect(MarkupProbe(open).inputs.allSatisfy { $0.attributes["name"] != nil })
    }

    @Test("What is locked is not sent: no input of it has a name", arguments: FieldKind.allCases)
    func locking(kind: FieldKind) async throws {
        guard kind != .list else { return }
        let text = try await markup(Self.gallery([kind]), Self.values("plain"), state: .changesRequested)
        #expect(MarkupProbe(text).inputs.filter { $0.attributes["name"] != nil }.isEmpty)
        #expect(text.contains("is-locked"))
    }

    @Test("长期 is offered only where a paper may go on for ever")
    func endings() async throws {
        let fields = [
            PackField(path: "/a/open", label: "有效期至", kind: .expiry),
            PackField(path: "/a/dated", label: "有效期至", kind: .expiry, format: PackField.dated),
        ]
        let probe = MarkupProbe(try await markup(PackStep.example(fields), [:]))
        #expect(probe.inputs(named: "a.open.forever").count == 1)
        #expect(probe.inputs(named: "a.dated.forever").isEmpty)
        #expect(probe.inputs(named: "a.dated.year").count == 1)
    }

    @Test("Categories are found by their names, other names, pinyin and first letters; those of others tell why not")
    func categories() async throws {
        let pack = try FormExample.pack()
        let shelf = CategoryShelf.of(pack, subject: "enterprise")
        let snacks = try #require(shelf.trades.flatMap(\.leaves).first { $0.id == "snacks" })
        #expect(
            Set(["休闲零食", "零食", "xiuxianlingshi", "xxls", "ls"]).isSubset(
                of: snacks.words.split(separator: " ").map(String.init)))
        #expect(snacks.note.hasPrefix("还要："))
        #expect(snacks.refusal == nil)
        let denied = pack.content.categories.filter { $0.denied != nil }.map(\.id)
        let refused = shelf.trades.flatMap(\.leaves).filter { $0.refusal != nil }.map(\.id)
        #expect(Set(denied).isSubset(of: refused))
        let field = PackField(path: "/shop/categories", label: "卖什么", kind: .categories)
        let step = PackStep.example([field])
        let text = try await markup(step, ["shop": ["categories": ["snacks"]]], pack: pack)
        let boxes = MarkupProbe(text).inputs(named: "shop.categories")
        #expect(boxes.filter { $0.attributes["checked"] != nil }.map { $0.attributes["value"] } == ["snacks"])
        #expect(Set(boxes.compactMap { $0.attributes["value"] }).isDisjoint(with: denied))
        #expect(text.utf8.count < 60_000, "the whole tree stays light")
    }
}
