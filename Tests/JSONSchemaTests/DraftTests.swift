import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("Unfinished forms")
struct DraftTests {
    struct Case: CustomStringConvertible {
        let name: String
        let schema: String
        let document: String
        var errors: [String] = []
        var missing: [String] = []
        var eventually: [String] = []
        var undecided: [String] = []
        /// The missing places of each branch of each choice.
        var alternatives: [[[String]]] = []

        var description: String { name }
    }

    static let cases = [
        Case(
            name: "absence is no fault", schema: #"{"required":["a","b"],"properties":{"a":{"type":"null"}}}"#,
            document: #"{"b":1}"#, missing: ["/a"]),
        Case(
            name: "a wrong value is a fault at once", schema: #"{"required":["a"],"properties":{"a":{"minLength":2}}}"#,
            document: #"{"a":"x"}"#, errors: ["/a"]),
        Case(
            name: "schema order, then the other names",
            schema: #"{"properties":{"z":{},"a":{"required":["q"]},"m":{}},"required":["x","m","z"]}"#,
            document: #"{"a":{}}"#, missing: ["/z", "/a/q", "/m", "/x"]),
        Case(
            name: "too few rows", schema: #"{"properties":{"o":{"minItems":2}}}"#, document: #"{"o":[1]}"#,
            missing: ["/o/1"]),
        Case(name: "too many rows", schema: #"{"maxItems":1}"#, document: "[1,2]", errors: [""]),
        Case(name: "too few fields", schema: #"{"minProperties":1}"#, document: "{}", missing: [""]),
        Case(name: "too many fields", schema: #"{"maxProperties":0}"#, document: #"{"a":1}"#, errors: [""]),
        Case(
            name: "a fitting row may still come", schema: #"{"contains":{"const":1}}"#, document: "[2]", missing: ["/1"]
        ),
        Case(
            name: "too many fitting rows", schema: #"{"contains":{"const":1},"maxContains":1}"#, document: "[1,1]",
            errors: [""]),
        Case(
            name: "rows that fit for now", schema: #"{"contains":{"properties":{"k":{"const":1}}},"maxContains":1}"#,
            document: "[{},{}]", undecided: [""]),
        Case(
            name: "one field asks for another", schema: #"{"dependentRequired":{"a":["b"]}}"#, document: #"{"a":1}"#,
            missing: ["/b"]),
        Case(
            name: "one field may ask for another", schema: #"{"dependentRequired":{"a":["b"]}}"#, document: "{}",
            eventually: ["/b"]),
        Case(
            name: "one field may bring a schema",
            schema: #"{"dependentSchemas":{"a":{"required":["b"],"properties":{"c":{"type":"null"}}}}}"#,
            document: #"{"c":1}"#, eventually: ["/b"]),
        Case(
            name: "if holds",
            schema: #"{"if":{"properties":{"k":{"const":1}}},"then":{"required":["x"]},"else":{"required":["y"]}}"#,
            document: #"{"k":1}"#, missing: ["/x"]),
        Case(
            name: "if fails",
            schema: #"{"if":{"properties":{"k":{"const":1}}},"then":{"required":["x"]},"else":{"required":["y"]}}"#,
            document: #"{"k":2}"#, missing: ["/y"]),
        Case(
            name: "if is open",
            schema:
                #"{"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"required":["x"]},"else":{"required":["y"]}}"#,
            document: #"{"y":1}"#, eventually: ["/x"]),
        Case(
            name: "if is open and its present answer fails",
            schema: #"{"if":{"properties":{"k":{"const":1}}},"then":{"required":["x"]}}"#, document: "{}",
            eventually: ["/x"], undecided: [""]),
        Case(
            name: "what is asked for already is not eventual",
            schema: #"{"required":["x"],"if":{"properties":{"k":{"const":1}}},"then":{"required":["x"]}}"#,
            document: "{}", missing: ["/x"], undecided: [""]),
        Case(
            name: "a choice with two ways", schema: #"{"oneOf":[{"required":["a"]},{"required":["b","c"]}]}"#,
            document: #"{"c":1}"#, eventually: ["/a", "/b"], alternatives: [[["/a"], ["/b"]]]),
        Case(
            name: "a choice of which one way is left",
            schema:
                #"{"oneOf":[{"properties":{"k":{"const":1}},"required":["a"]},{"properties":{"k":{"const":2}},"required":["b"]}]}"#,
            document: #"{"k":2}"#, missing: ["/b"]),
        Case(
            name: "a choice without a way", schema: #"{"anyOf":[{"type":"string"},{"properties":{"k":{"const":2}}}]}"#,
            document: #"{"k":3}"#, errors: [""]),
        Case(
            name: "two ways at once may part",
            schema: #"{"oneOf":[{"properties":{"a":{"type":"null"}}},{"properties":{"b":{"type":"null"}}}]}"#,
            document: "{}", undecided: [""]),
        Case(
            name: "two ways at once for good", schema: #"{"oneOf":[{"type":"integer"},{"minimum":0}]}"#, document: "1",
            errors: [""]),
        Case(name: "not for good", schema: #"{"not":{"required":["a"]}}"#, document: #"{"a":1}"#, errors: [""]),
        Case(
            name: "not for now", schema: #"{"not":{"properties":{"a":{"const":1}}}}"#, document: "{}", undecided: [""]),
        Case(
            name: "rows that are alike for now", schema: #"{"uniqueItems":true}"#, document: "[{},{}]", undecided: [""]),
        Case(
            name: "values that are alike for good", schema: #"{"uniqueItems":true}"#, document: "[{},{},1,1]",
            errors: [""]),
        Case(
            name: "an object on its way to a constant", schema: #"{"const":{"a":1,"b":[1,2]}}"#,
            document: #"{"b":[1]}"#, undecided: [""]),
        Case(
            name: "an object that can't become the constant", schema: #"{"enum":[{"a":1,"b":[1,2]},3]}"#,
            document: #"{"b":[2]}"#, errors: [""]),
        Case(
            name: "a field that nothing speaks of", schema: #"{"properties":{"a":true},"unevaluatedProperties":false}"#,
            document: #"{"b":1}"#, errors: ["/b"]),
        Case(
            name: "a field that an open condition may speak of",
            schema:
                #"{"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"properties":{"b":true}},"properties":{"k":true},"unevaluatedProperties":false}"#,
            document: #"{"b":1}"#, undecided: ["/b"]),
        Case(
            name: "a field that no schema allows", schema: #"{"additionalProperties":false}"#, document: #"{"b":1}"#,
            errors: ["/b"]),
        Case(
            name: "through references",
            schema: ##"{"$ref":"#/$defs/p","$defs":{"p":{"properties":{"c":{"$ref":"#/$defs/p"}},"required":["n"]}}}"##,
            document: #"{"c":{"c":{}},"n":1}"#, missing: ["/c/c/n", "/c/n"]),
        Case(
            name: "nothing to say", schema: #"{"properties":{"a":{"type":"integer"}},"required":["a"]}"#,
            document: #"{"a":1}"#),
    ]

    @Test("A draft tells faults, what is missing and what is open apart", arguments: cases)
    func findings(example: Case) throws {
        let form = try schema(example.schema)
        let document = try JSONDocument(example.document)
        let found = form.check(draft: document)
        #expect(places(found.errors) == example.errors)
        #expect(places(found.missing) == example.missing)
        #expect(places(found.eventually) == example.eventually)
        #expect(places(found.undecided) == example.undecided)
        #expect(found.alternatives.map { $0.branches.map { places($0.missing) } } == example.alternatives)
        #expect(found.isComplete == found.isSilent)
        compareJudges(form, document, example.name)
    }

    @Test("A choice names its branches' places in the schema")
    func branches() throws {
        let form = try schema(
            #"{"properties":{"p":{"anyOf":[{"required":["a"]},{"type":"string"},{"required":["b"]}]}}}"#)
        let choice = try #require(form.check(draft: JSONDocument(["p": [:]])).alternatives.first)
        #expect(choice.instance.description == "/p")
        #expect(choice.schema.description == "/properties/p/anyOf")
        #expect(choice.branches.map(\.schema.description) == ["/properties/p/anyOf/0", "/properties/p/anyOf/2"])
        #expect(choice.branches.flatMap(\.missing).map(\.message) == ["缺少 a", "缺少 b"])
    }

    @Test("Missing things carry a code and a sentence")
    func words() throws {
        let form = try schema(#"{"required":["a"],"properties":{"o":{"minItems":2}},"dependentRequired":{"o":["p"]}}"#)
        let missing = form.check(draft: JSONDocument(["o": []])).missing
        #expect(Set(missing.map(\.code)) == ["schema.required", "schema.min_items", "schema.dependent_required"])
        #expect(Set(missing.map(\.message)) == ["缺少 a", "至少 2 项，现在 0 项", "填写了 o 时还需要 p"])
    }
}
