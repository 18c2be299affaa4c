import CanonicalJSON
import Catalogue
import Kernel
import Testing

@testable import Applications

@Suite("The mall's form")
struct FormCoverageTests {
    /// No categories, one with alternative papers, and many.
    static func choices(_ pack: Pack) -> [[String]] {
        let all = pack.content.categories.filter { $0.denied == nil }.map(\.id)
        return [[], ["snacks"], stride(from: 0, to: all.count, by: 9).map { all[$0] }]
    }

    static func values(_ subject: PackSubject, _ categories: [String], _ shopType: String) -> JSONValue {
        [
            "subject": ["type": .string(subject.id)],
            "shop": ["type": .string(shopType), "categories": .array(categories.map { .string($0) })],
        ]
    }

    @Test("Every question of every subject has its own input, once, whatever is sold")
    func coverage() async throws {
        let pack = try FormExample.pack()
        let applicant = try await FormExample.Applicant()
        for subject in pack.content.subjects {
            for categories in Self.choices(pack) {
                let values = Self.values(subject, categories, subject.shopTypes.last ?? "")
                let one = try applicant.application(pack, values)
                for step in one.form.steps { check(step, one) }
            }
        }
    }

    private func check(_ step: PackStep, _ one: OpenApplication) {
        var markup = FieldMarkup(one, pictures: [:], faults: [], comments: [:], icons: "")
        let text = markup.write(step)
        let probe = MarkupProbe(text)
        let place = "\(one.form.selection.subject) \(step.id)"
        #expect(Set(probe.ids).count == probe.ids.count, "\(place): an id stands twice")
        #expect(probe.unlabelled(in: text) == [], "\(place)")
        for field in step.asked(in: one.draft.values) where field.kind != .list {
            for (name, count) in Self.inputs(of: field, one) {
                #expect(probe.inputs(named: name).count == count, "\(place): \(name)")
            }
            #expect(probe.ids.contains(field.elementID), "\(place): nothing leads to \(field.path)")
            #expect(probe.ids.contains(field.elementID + "-note"), "\(place): \(field.path) can't say what is wrong")
        }
    }

    /// The names under which a field sends its value, and how many inputs bear each.
    private static func inputs(of field: PackField, _ one: OpenApplication) -> [String: Int] {
        switch field.kind {
        case .date, .expiry: ["\(field.name).year": 1, "\(field.name).month": 1, "\(field.name).day": 1]
        case .choice: [field.name: field.options.count > 8 ? 1 : field.options.count + (field.isRequired ? 0 : 1)]
        case .categories:
            [field.name: Set(field.options.map(\.value)).union(one.pack.categories(in: one.draft.values)).count]
        case .licence, .picture: ["file.\(field.name)": 1]
        default: [field.name: 1]
        }
    }

    @Test("What is due links to a place that is there; the rail counts the same")
    func needs() async throws {
        let pack = try FormExample.pack()
        let applicant = try await FormExample.Applicant()
        for subject in pack.content.subjects {
            let values = Self.values(subject, ["snacks"], subject.shopTypes.last ?? "")
            let one = try applicant.application(pack, values)
            for step in one.form.steps {
                let page = StepPage(
                    FormExample.frame, one, step, pictures: [:], faults: [], comments: [:], at: .example)
                let ids = Set(MarkupProbe(page.fields).ids)
                let links = (page.needs.due + page.needs.waiting).map(\.href) + page.needs.choices.map(\.href)
                for link in links { #expect(ids.contains(String(link.dropFirst())), "\(step.id): \(link)") }
                #expect(page.needs.isDone == (page.needs.due.isEmpty && page.needs.choices.isEmpty))
            }
        }
    }

    @Test("One of several papers is told as a choice, and only the chosen one is asked for")
    func alternatives() async throws {
        let pack = try FormExample.pack()
        let applicant = try await FormExample.Applicant()
        let subject = try #require(pack.content.subject("enterprise"))
        var values = Self.values(subject, ["snacks"], "ordinary")
        let before = try applicant.application(pack, values)
        let step = try #require(before.form.step("shop"))
        let choice = try #require(before.form.choices.first)
        let open = StepPage(FormExample.frame, before, step, pictures: [:], faults: [], comments: [:], at: .example)
        #expect(open.needs.choices.map(\.title) == ["四选一"])
        #expect(!open.fields.contains("qualifications.food-operation.number"))
        try values.set("food-operation", at: choice.field.pointer, creatingParents: true)
        let after = try applicant.application(pack, values)
        let chosen = StepPage(FormExample.frame, after, step, pictures: [:], faults: [], comments: [:], at: .example)
        #expect(chosen.needs.choices.isEmpty)
        #expect(chosen.fields.contains("qualifications.food-operation.number"))
    }
}
