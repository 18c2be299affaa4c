import CanonicalJSON
import Testing

@testable import JSONSchema

/// Combinations of keywords, beyond what each does by itself.
@Suite("Keywords together")
struct KeywordTests {
    struct Case: CustomStringConvertible {
        let name: String
        let schema: String
        let valid: [String]
        let invalid: [String]

        var description: String { name }
    }

    static let cases = [
        Case(
            name: "additionalProperties looks at its neighbours only",
            schema: #"{"allOf":[{"properties":{"a":true}}],"additionalProperties":false}"#, valid: ["{}", "1"],
            invalid: [#"{"a":1}"#]),
        Case(
            name: "patterns and properties both apply",
            schema:
                #"{"properties":{"ab":{"minimum":5}},"patternProperties":{"^a":{"type":"integer"},"b$":{"maximum":9}},"additionalProperties":{"type":"null"}}"#,
            valid: [#"{"ab":7}"#, #"{"ax":1,"xb":3.5,"c":null}"#],
            invalid: [#"{"ab":4}"#, #"{"ab":7.5}"#, #"{"ab":10}"#, #"{"c":1}"#, #"{"xb":10}"#]),
        Case(
            name: "items begins where prefixItems ends",
            schema: #"{"prefixItems":[{"type":"string"},{"type":"integer"}],"items":{"type":"null"}}"#,
            valid: ["[]", #"["a"]"#, #"["a",1]"#, #"["a",1,null,null]"#],
            invalid: ["[1]", #"["a","b"]"#, #"["a",1,2]"#]),
        Case(
            name: "minContains 0 asks for nothing",
            schema: #"{"contains":{"const":1},"minContains":0,"maxContains":1}"#,
            valid: ["[]", "[2]", "[1,2]"], invalid: ["[1,1]"]),
        Case(
            name: "minContains without contains means nothing", schema: #"{"minContains":3,"maxContains":0}"#,
            valid: ["[]", "[1]"], invalid: []),
        Case(
            name: "then and else without if mean nothing", schema: #"{"then":false,"else":false}"#, valid: ["1", "{}"],
            invalid: []),
        Case(
            name: "unevaluatedProperties sees through references and choices",
            schema:
                ##"{"$ref":"#/$defs/a","anyOf":[{"properties":{"b":{"type":"integer"}},"required":["b"]},{"properties":{"c":true},"required":["c"]}],"unevaluatedProperties":{"type":"null"},"$defs":{"a":{"properties":{"a":true}}}}"##,
            valid: [#"{"a":1,"b":1}"#, #"{"c":1}"#, #"{"b":1,"c":2}"#, #"{"b":1,"x":null}"#],
            invalid: [#"{"a":1}"#, #"{"c":1,"b":"x"}"#, #"{"b":1,"x":1}"#]),
        Case(
            name: "what failed or is denied has evaluated nothing",
            schema:
                #"{"not":{"not":{"properties":{"a":true}}},"if":{"properties":{"b":{"const":1}},"required":["b"]},"else":{"properties":{"c":true}},"unevaluatedProperties":false}"#,
            valid: ["{}", #"{"b":1}"#, #"{"c":1}"#], invalid: [#"{"a":1}"#, #"{"b":2}"#, #"{"b":1,"c":1}"#]),
        Case(
            name: "unevaluatedItems counts contains and prefixes",
            schema:
                #"{"prefixItems":[{"const":"h"}],"contains":{"type":"string"},"unevaluatedItems":{"type":"integer"}}"#,
            valid: [#"["h"]"#, #"["h",1,"x"]"#], invalid: [#"["h",null]"#, #"["h",1.5]"#, #"["x"]"#]),
        Case(
            name: "an inner unevaluatedProperties sees only its own part",
            schema: #"{"properties":{"a":true},"allOf":[{"properties":{"b":true},"unevaluatedProperties":false}]}"#,
            valid: ["{}", #"{"b":1}"#], invalid: [#"{"a":1}"#, #"{"a":1,"b":1}"#]),
        Case(
            name: "an outer one counts what an inner one has allowed",
            schema:
                #"{"allOf":[{"properties":{"b":true},"unevaluatedProperties":{"type":"integer"}}],"unevaluatedProperties":false}"#,
            valid: [#"{"b":1}"#, #"{"x":1}"#], invalid: [#"{"x":"y"}"#]),
        Case(
            name: "dependencies of older drafts",
            schema: #"{"dependencies":{"a":["b"],"c":{"required":["d"]},"e":false}}"#,
            valid: ["{}", #"{"a":1,"b":1}"#, #"{"c":1,"d":1}"#, "1"], invalid: [#"{"a":1}"#, #"{"c":1}"#, #"{"e":1}"#]),
        Case(
            name: "propertyNames judges keys as texts",
            schema: #"{"propertyNames":{"pattern":"^[a-z]+$","maxLength":2,"not":{"const":"no"}}}"#,
            valid: ["{}", #"{"ab":1}"#], invalid: [#"{"abc":1}"#, #"{"A":1}"#, #"{"no":1}"#]),
        Case(
            name: "enumerations of every kind",
            schema: #"{"enum":[null,true,1.50,"é",[1,{"a":[]}],{"b":1,"a":2},123456789012345678901234567890]}"#,
            valid: [
                "null", "true", "1.5", #""\u00e9""#, #"[1.0,{"a":[]}]"#, #"{"a":2,"b":1}"#,
                "123456789012345678901234567890",
            ],
            invalid: [
                "false", "1", #""e\u0301""#, #"[1,{"a":[1]}]"#, #"{"a":2}"#, #"{"a":2,"b":1,"c":1}"#,
                "123456789012345678901234567891", "0",
            ]),
        Case(
            name: "true is not 1 and false not 0", schema: #"{"enum":[1,[false],{"a":0}]}"#,
            valid: ["1.0", "[false]", #"{"a":0}"#],
            invalid: ["true", "[0]", #"{"a":false}"#]),
        Case(
            name: "texts are measured in characters", schema: #"{"minLength":2,"maxLength":2}"#,
            valid: [#""ab""#, #""中文""#, #""😀😀""#, #""e\u0301""#], invalid: [#""a""#, #""😀""#, #""中文字""#, #""""#]),
    ]

    @Test("Keywords work together as the specification says", arguments: cases)
    func together(example: Case) throws {
        let form = try schema(example.schema)
        for text in example.valid + example.invalid {
            let document = try JSONDocument(text)
            #expect(form.isValid(document) == example.valid.contains(text), "\(text)")
            compareJudges(form, document, "\(example.name): \(text)")
        }
    }

    @Test("Objects with more members than a word has bits are marked in full")
    func manyMembers() throws {
        let names = (0..<200).map { "k\($0)" }
        let form = try schema(
            #"{"anyOf":[{"patternProperties":{"[02468]$":true}},{"patternProperties":{"[13579]$":true}}],"unevaluatedProperties":false}"#
        )
        let document = { (names: [String]) in JSONDocument(.object(names.reduce(into: JSONObject()) { $0[$1] = 1 })) }
        #expect(form.isValid(document(names)))
        #expect(!form.isValid(document(names + ["x"])))
        #expect(places(form.validate(document(names + ["x"]))) == ["/x"])
    }

    @Test("Names and patterns that look alike but differ in bytes are different")
    func canonicallyEqualNames() throws {
        let form = try schema(
            #"{"properties":{"\u00e9":{"pattern":"^\u00e9$"},"e\u0301":{"pattern":"^e\u0301$"}},"required":["\u00e9"],"additionalProperties":false}"#
        )
        let composed = try JSONDocument(#"{"\u00e9":"\u00e9","e\u0301":"e\u0301"}"#)
        #expect(form.isValid(composed))
        compareJudges(form, composed, "composed")
        let decomposed = try JSONDocument(#"{"e\u0301":"\u00e9"}"#)
        #expect(form.validate(decomposed).map(\.keyword) == ["required", "pattern"])
        #expect(try schema(#"{"uniqueItems":true}"#).check(draft: JSONDocument(#"["\u00e9","e\u0301"]"#)).isComplete)
        #expect(try schema(#"{"const":{"\u00e9":1}}"#).check(draft: JSONDocument(#"{"e\u0301":1}"#)).errors.count == 1)
    }

    @Test("A dynamic reference leads to the outermost anchor of its name")
    func dynamicReference() throws {
        let list =
            ##"{"$id":"list","items":{"$dynamicRef":"#item"},"$defs":{"d":{"$dynamicAnchor":"item","type":["string","integer"]}}}"##
        let texts = try schema(
            ##"{"$id":"https://example.com/texts","$ref":"list","$defs":{"i":{"$dynamicAnchor":"item","type":"string"},"l":\##(list)}}"##
        )
        let plain = try schema(##"{"$id":"https://example.com/plain","$ref":"list","$defs":{"l":\##(list)}}"##)
        let mixed = try JSONDocument(#"["a",1]"#)
        #expect(!texts.isValid(mixed))
        #expect(plain.isValid(mixed))
        #expect(places(texts.validate(mixed)) == ["/1"])
        #expect(texts.validate(mixed).first?.schema.description == "/$defs/i/type")
    }
}
