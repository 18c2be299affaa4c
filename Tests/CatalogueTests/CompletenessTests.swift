import CanonicalJSON
import ChineseIdentifiers
import JSONSchema
import Kernel
import Testing

@testable import Catalogue

@Suite("Nothing is found only at the end")
struct CompletenessTests {
    /// Random packs, or as many as the soak run asks for.
    static let seeds = (0..<24).map { _ in UInt64.random(in: 0...UInt64.max) }

    @Test("Who answers what is due comes to the end, and what is then handed in lacks nothing", arguments: seeds)
    func complete(seed: UInt64) throws {
        var packs = RandomPack(seed: seed)
        let pack = packs.pack()
        var answering = Answering(seed: seed ^ 0xA5)
        for _ in 0..<4 {
            var values = answering.selection(in: pack)
            for round in 0... {
                #expect(round < 40, "seed \(seed): answering what is due never ends")
                let check = pack.check(values, on: MallPack.today)
                #expect(check.findings == [], "seed \(seed): right answers are not refused")
                guard !check.isComplete, round < 40 else { break }
                // Only some of it at a time, as people do.
                for field in check.due where answering.number(below: 3) > 0 {
                    try values.set(answering.answer(field), at: field.pointer, creatingParents: true)
                }
            }
            try expectWhole(values, in: pack, seed: seed)
        }
    }

    /// What is handed in satisfies the published schema, is complete by itself, and needs everything that is in it.
    private func expectWhole(_ values: JSONValue, in pack: Pack, seed: UInt64) throws {
        let form = pack.form(in: values)
        let handedIn = form.kept(of: values)
        #expect(form.schema.faults(in: handedIn, of: form) == [], "seed \(seed)")
        let again = pack.check(handedIn, on: MallPack.today)
        #expect(again.isComplete, "seed \(seed): what was handed in never lacks a field later")
        #expect(form.kept(of: handedIn) == handedIn, "seed \(seed)")
        for field in form.asked(in: handedIn) where field.isRequired && field.kind != .list {
            guard !Self.choosesForm.contains(field.path) else { continue }
            var lacking = handedIn
            _ = try lacking.remove(at: field.pointer)
            #expect(!pack.check(lacking, on: MallPack.today).isComplete, "seed \(seed): \(field.path) is not wanted")
            #expect(
                !form.schema.faults(in: lacking, of: form).isEmpty,
                "seed \(seed): the schema does not miss \(field.path)")
        }
    }

    private static let choosesForm: Set = [PackContent.shopTypePath, PackContent.categoriesPath]

    @Test("A half-filled draft is never called wrong for what is missing", arguments: seeds.prefix(20))
    func drafts(seed: UInt64) throws {
        var packs = RandomPack(seed: seed)
        let pack = packs.pack()
        var answering = Answering(seed: seed)
        var values = answering.selection(in: pack)
        for field in pack.form(in: values).fields where field.kind != .list && answering.number(below: 2) == 0 {
            try values.set(answering.answer(field), at: field.pointer, creatingParents: true)
        }
        let check = pack.check(values, on: MallPack.today)
        #expect(check.findings.allSatisfy { $0.code == "scope.missing" }, "seed \(seed): \(check.findings.map(\.code))")
    }
}
