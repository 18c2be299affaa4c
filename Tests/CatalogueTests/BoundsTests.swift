import CanonicalJSON
import Kernel
import Testing

@testable import Catalogue

@Suite("Numbers out of bounds")
struct BoundsTests {
    @Test(
        "are told in the unit in which people type them",
        arguments: [(FieldKind.number, "5 到 900"), (.money, "0.05 到 9 元")])
    func units(kind: FieldKind, words: String) throws {
        let field = PackField(path: "/n", label: "数量", kind: kind, least: 5, most: 900)
        let group = PackGroup(title: "一", hint: nil, fields: [field])
        let form = PackForm(
            selection: Selection(subject: "a", categories: [], shopType: ""),
            steps: [PackStep(id: "one", title: "一", lead: "一", minutes: 1, groups: [group])],
            subject: PackField(path: "/subject/type", label: "主体", kind: .choice), choices: [],
            schema: FormSchema(fields: [field], title: "一"))
        for value in [JSONValue.number(JSONNumber(1)), .number(JSONNumber(1_000))] {
            let findings = form.schema.faults(in: ["n": value], of: form)
            #expect(findings.map(\.code) == ["field.range"])
            #expect(findings.first?.message.contains(words) == true, "\(findings)")
        }
    }
}
