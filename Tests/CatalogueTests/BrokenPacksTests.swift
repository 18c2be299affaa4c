import Testing

@testable import Catalogue

/// What a pack's author gets to read when something is wrong.
@Suite("Broken packs")
struct BrokenPacksTests {
    /// One mistake, and where and how it must be told.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let file: String
        let find: String
        let replace: String
        let place: String
        let kind: PackFault.Kind

        init(_ file: String, _ find: String, _ replace: String, _ place: String, _ kind: PackFault.Kind) {
            (self.file, self.find, self.replace, self.place, self.kind) = (file, find, replace, place, kind)
        }

        var testDescription: String { "\(place) \(kind.rawValue): \(replace.isEmpty ? "without \(find)" : replace)" }
    }

    private static let categories = "categories/all.yaml"
    private static let papers = "qualifications/all.yaml"

    static let mistakes = [
        Mistake("pack.yaml", "changesDays: 15 }", "changesDays: 15", "pack.yaml:17", .syntax),
        Mistake("subjects.yaml", "  name: 自然人\n", "  name: \"自然人\n", "subjects.yaml:11", .syntax),
        Mistake("pack.yaml", "title: 小商城规则", "titel: 小商城规则", "pack.yaml:2", .unknownKey),
        Mistake("pack.yaml", "title: 小商城规则\n", "", "pack.yaml:1", .missingText),
        Mistake("pack.yaml", "title: 小商城规则", "title: \"\"", "pack.yaml:2", .missingText),
        Mistake("pack.yaml", "people: 1, hours: 8", "people: 一个, hours: 8", "pack.yaml:7", .wrongType),
        Mistake("pack.yaml", "draftDays: 90", "draftDays: 900", "pack.yaml:16", .outOfRange),
        Mistake("pack.yaml", "hours: 0, denies: true", "hours: 0, denies: maybe", "pack.yaml:8", .wrongType),
        Mistake("pack.yaml", "people: 0", "people: 1", "pack.yaml:8", .contradiction),
        Mistake("subjects.yaml", "deposit: individual", "deposit: cheap", "subjects.yaml:14", .outOfRange),
        Mistake("subjects.yaml", "[ordinary, flagship]", "[ordinary, kiosk]", "subjects.yaml:5", .unknownName),
        Mistake("subjects.yaml", "id: person", "id: Person", "subjects.yaml:10", .badName),
        Mistake("subjects.yaml", "id: person", "id: enterprise", "subjects.yaml:10", .duplicate),
        Mistake("subjects.yaml", "[\"91\"]", "[\"911\"]", "subjects.yaml:4", .outOfRange),
        Mistake("form.yaml", "kind: text, least: 2", "kind: telepathy, least: 2", "form.yaml:28", .unknownName),
        Mistake("form.yaml", "format: uscc", "format: usccc", "form.yaml:10", .unknownName),
        Mistake("form.yaml", ", format: bank-card", "", "form.yaml:20", .missingText),
        Mistake("form.yaml", "path: /shop/name", "path: shop.name", "form.yaml:28", .badPath),
        Mistake("form.yaml", "path: /shop/name", "path: /shop/type/name", "form.yaml:28", .badPath),
        Mistake("form.yaml", "least: 2, most: 30", "least: 40, most: 30", "form.yaml:28", .impossible),
        Mistake("form.yaml", "is: bank }", "is: cash }", "form.yaml:20", .unreachable),
        Mistake(
            "form.yaml", "when: { path: /settlement/kind", "when: { path: /settlement/sort", "form.yaml:20",
            .unreachable),
        Mistake("form.yaml", "path: /licence/scope", "path: /licence/creditCode", "form.yaml:11", .duplicate),
        Mistake("form.yaml", "insert: qualifications", "insert: qualification", "form.yaml:31", .unknownName),
        Mistake("form.yaml", "kind: categories", "kind: text", "form.yaml:1", .impossible),
        Mistake(
            "form.yaml", "label: 品牌名称, kind: text", "label: 品牌名称, optional: true, kind: text", "form.yaml:35",
            .impossible),
        Mistake(
            categories, "route: deny\n          denied", "route: auto\n          denied", "\(categories):31",
            .contradiction),
        Mistake(categories, "          denied: 烟草不能在网上卖\n", "", "\(categories):31", .contradiction),
        Mistake(categories, "commission: \"2.5\"", "commission: \"2,5\"", "\(categories):13", .wrongType),
        Mistake(categories, "commission: \"5\"", "commission: \"50\"", "\(categories):29", .outOfRange),
        Mistake(categories, "individual: 2500", "individual: 25000", "\(categories):12", .contradiction),
        Mistake(categories, "farm-scope], ", "farm-scop], ", "\(categories):16", .unknownName),
        Mistake(categories, "any: [farm-promise]", "any: []", "\(categories):17", .impossible),
        Mistake(categories, "source: food-safety-35", "source: food-safety-36", "\(categories):16", .unknownName),
        Mistake(categories, "id: clothing", "id: fruit", "\(categories):24", .duplicate),
        Mistake(categories, "    - id: clothes\n      name: 服装\n      children:\n", "", "\(categories):21", .tree),
        Mistake(
            categories, "any: [farm-promise], subjects: [person]", "any: [farm-scope], subjects: [person]",
            "\(categories):7", .impossible),
        Mistake(papers, "good: [JY13301060999991]", "good: [JY13301060999992]", "\(papers):8", .wrongExample),
        Mistake(papers, "value: JY1330106099999,", "value: JY13301060999991,", "\(papers):10", .wrongExample),
        Mistake(papers, "  promise: 我卖的都是自己种的\n", "", "\(papers):16", .impossible),
        Mistake(papers, "validity: dated", "validity: forever", "\(papers):4", .outOfRange),
        Mistake(
            papers, "- id: farm-promise",
            "- id: old-promise\n  name: 旧承诺\n  promise: 旧的\n  source: house\n- id: farm-promise", "\(papers):16",
            .unreachable),
    ]

    @Test("The small pack is whole")
    func whole() throws {
        let pack = try Pack(SmallPack.source)
        #expect(pack.content.categories.map(\.id) == ["fruit", "clothing", "tobacco"])
    }

    @Test("Every mistake is told with its file, its line and a reason in Chinese", arguments: mistakes)
    func mistake(mistake: Mistake) throws {
        let source = SmallPack.edited((mistake.file, mistake.find, mistake.replace))
        let faults = try faults(of: source)
        #expect(
            faults.contains { "\($0.place.file):\($0.place.line)" == mistake.place && $0.kind == mistake.kind },
            "\(faults.map(\.description))")
        for fault in faults { #expect(Self.isPlainChinese(fault.message), "\(fault.description)") }
    }

    @Test("A file that is missing is named", arguments: SmallPack.files.keys.sorted())
    func missing(file: String) throws {
        let faults = try faults(of: PackSource(files: SmallPack.files.filter { $0.key != file }))
        let folder = file.split(separator: "/").first.map(String.init) ?? file
        #expect(faults.contains { $0.kind == .missingFile && $0.place.file.hasPrefix(folder) })
    }

    @Test("What is no bundle is refused", arguments: ["", "{}", "[1]", "{\"files\": 3}"])
    func unreadable(text: String) {
        #expect { try PackSource(bundle: text) } throws: { ($0 as? PackFaults)?.faults.map(\.kind) == [.unreadable] }
    }

    @Test("Several mistakes are told at once, in the order of the files")
    func several() throws {
        let source = SmallPack.edited(
            ("pack.yaml", "hours: 8", "hours: 8000"), ("form.yaml", "kind: longText", "kind: longtext"),
            (Self.papers, "validity: dated", "validity: forever"))
        let faults = try faults(of: source)
        #expect(faults.map(\.kind) == [.unknownName, .outOfRange, .outOfRange])
        #expect(faults.map(\.place) == faults.map(\.place).sorted())
    }

    @Test("There is a mistake for every kind of fault")
    func kinds() {
        let covered = Set(Self.mistakes.map(\.kind)).union([.unreadable, .missingFile])
        #expect(covered == Set(PackFault.Kind.allCases))
        #expect(Self.mistakes.count >= 20)
    }

    @Test("No loss, repetition or mixture of lines makes the reader crash", arguments: [UInt64(20_261_122), 7, 99])
    func damage(seed: UInt64) {
        var random = SmallRandom(seed: seed)
        for _ in 0..<150 {
            var files = SmallPack.files
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                guard let file = files.keys.sorted().randomElement(using: &random), let text = files[file] else {
                    continue
                }
                files[file] = Self.damaged(text, using: &random)
            }
            do {
                let pack = try Pack(PackSource(files: files))
                #expect(!pack.content.categories.isEmpty, "seed \(seed)")
            } catch let faults as PackFaults {
                #expect(
                    faults.faults.allSatisfy { Self.isPlainChinese($0.message) && $0.place.line > 0 },
                    "seed \(seed): \(faults)")
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    private func faults(of source: PackSource) throws -> [PackFault] {
        do {
            _ = try Pack(source)
            return []
        } catch let faults as PackFaults {
            return faults.faults
        }
    }

    private static func damaged(_ text: String, using random: inout SmallRandom) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = Int.random(in: 0..<lines.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: place)
        case 2: lines.swapAt(place, Int.random(in: 0..<lines.count, using: &random))
        default: lines[place] = String(lines[place].dropLast(Int.random(in: 0...6, using: &random)))
        }
        return lines.joined(separator: "\n")
    }

    /// Has Chinese in it, and no more than names and keys in Latin letters.
    private static func isPlainChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } && !text.contains("Error")
            && !text.contains("expected")
    }
}

/// Chance that can be repeated (SplitMix64).
private struct SmallRandom: RandomNumberGenerator {
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
