import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("Hostile input")
struct LimitTests {
    @Test("Many equal and many unequal elements are compared in one pass")
    func uniqueItems() throws {
        let form = try schema(#"{"uniqueItems":true}"#)
        let rows = (0..<60_000).map { #"{"k":"\#($0)","v":[\#($0),{}]}"# }
        #expect(try form.isValid(JSONDocument("[\(rows.joined(separator: ","))]")))
        let twice = rows + [#"{"v":[59999,{}],"k":"59999"}"#]
        #expect(
            try form.validate(JSONDocument("[\(twice.joined(separator: ","))]")).first?.message
                == "第 60001 项与第 60000 项重复")
    }

    @Test("Large objects are compared without regard to order")
    func largeObjects() throws {
        let members = (0..<20_000).map { #""key\#($0)":\#($0)"# }
        let one = "{\(members.joined(separator: ","))}"
        let other = "{\(members.reversed().joined(separator: ","))}"
        #expect(try schema("{\"const\":\(one)}").isValid(JSONDocument(other)))
    }

    @Test("A schema that doubles its work with every level is given up, not followed")
    func exponential() throws {
        let form = try schema(
            ##"{"anyOf":[{"properties":{"c":{"$ref":"#"}},"required":["x"]},{"properties":{"c":{"$ref":"#"}},"required":["y"]}]}"##
        )
        let depth = 60
        let document = try JSONDocument(
            String(repeating: #"{"c":"#, count: depth) + "{}" + String(repeating: "}", count: depth))
        #expect(!form.isValid(document))
        #expect(form.validate(document).map(\.code) == ["schema.too_costly"])
        #expect(form.check(draft: document).errors.map(\.code) == ["schema.too_costly"])
        #expect(!form.check(draft: document).isComplete)
    }

    @Test("`not` does not turn a given-up search into a yes")
    func givenUpUnderNot() throws {
        let form = try schema(
            ##"{"not":{"$ref":"#/$defs/d"},"$defs":{"d":{"anyOf":[{"properties":{"c":{"$ref":"#/$defs/d"}},"required":["x"]},{"properties":{"c":{"$ref":"#/$defs/d"}},"required":["y"]}]}}}"##
        )
        let document = try JSONDocument(
            String(repeating: #"{"c":"#, count: 60) + "{}" + String(repeating: "}", count: 60))
        #expect(!form.isValid(document))
    }

    @Test("A dynamic reference that never steps into the document ends")
    func dynamicCycle() throws {
        let form = try schema(
            ##"{"$id":"https://example.com/r","$dynamicAnchor":"n","$ref":"t","$defs":{"t":{"$id":"t","$ref":"u"},"u":{"$id":"u","$dynamicRef":"#n","$defs":{"n":{"$dynamicAnchor":"n"}}}}}"##
        )
        #expect(try !form.isValid(JSONDocument("1")))
        #expect(try form.validate(JSONDocument("1")).map(\.code) == ["schema.too_costly"])
    }

    @Test("Documents as deep as the reader allows are judged without running out of stack")
    func deep() throws {
        let form = try schema(
            ##"{"type":["array","integer"],"items":{"$ref":"#"},"unevaluatedItems":false}"##)
        let text = String(repeating: "[", count: 512) + "1" + String(repeating: "]", count: 512)
        let document = try JSONDocument(text, limits: JSONLimits(depth: 512))
        #expect(form.isValid(document))
        compareJudges(form, document, "deep")
    }

    @Test("Hundreds of patterns and long texts take one step for each character")
    func longTexts() throws {
        let patterns = (0..<50).map { #""^(a|b\#($0))*$":{"type":"integer"}"# }
        let form = try schema("{\"patternProperties\":{\(patterns.joined(separator: ","))}}")
        let key = String(repeating: "a", count: 100_000)
        #expect(try form.isValid(JSONDocument("{\"\(key)\":1}")))
        #expect(try form.validate(JSONDocument("{\"\(key)\":\"x\"}")).count == 50)
    }

    @Test("A schema with too many parts is refused")
    func manySchemas() throws {
        let parts = (0..<50_001).map { #""p\#($0)":{}"# }
        #expect(try fault("{\"properties\":{\(parts.joined(separator: ","))}}").reason == .tooLarge)
    }

    @Test("One schema serves many tasks at once")
    func concurrency() async throws {
        let form = try schema(
            #"{"properties":{"n":{"type":"integer","multipleOf":3},"s":{"pattern":"\\bx"}},"unevaluatedProperties":false}"#
        )
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<500).count { number in
                        let document = JSONDocument(["n": .number(JSONNumber(Int64(number + task))), "s": "a x"])
                        return form.isValid(document) != ((number + task) % 3 == 0)
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("Cut-off schemas and documents are refused or judged, never a crash")
    func truncation() throws {
        let text =
            ##"{"$id":"a","type":["object"],"properties":{"é":{"$ref":"#/$defs/x","pattern":"^\\p{L}{1,3}$"}},"$defs":{"x":{"enum":[1.5e3,"中",null,{"a":[]}]}}}"##
        let bytes = Array(text.utf8)
        for end in 0...bytes.count {
            guard let document = try? JSONDocument(utf8: bytes[..<end]) else { continue }
            _ = try? Schema(document)
        }
        #expect(throws: Never.self) { try schema(text) }
    }
}
