import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("What people are told")
struct ErrorTests {
    struct Case: CustomStringConvertible {
        let schema: String
        let document: String
        /// Place, keyword's place, code, message.
        let errors: [[String]]

        var description: String { schema }
    }

    static let cases = [
        Case(
            schema: #"{"minLength":2}"#, document: #""中""#,
            errors: [["", "/minLength", "schema.min_length", "至少 2 个字，现在 1 个"]]),
        Case(
            schema: #"{"maxLength":2}"#, document: #""中文字""#,
            errors: [["", "/maxLength", "schema.max_length", "最多 2 个字，现在 3 个"]]),
        Case(schema: #"{"type":"string"}"#, document: "1", errors: [["", "/type", "schema.type", "应为文字"]]),
        Case(
            schema: #"{"type":["integer","null"]}"#, document: "1.5", errors: [["", "/type", "schema.type", "应为整数或空值"]]),
        Case(
            schema: #"{"type":["number","boolean","array","object"]}"#, document: "null",
            errors: [["", "/type", "schema.type", "应为数字或是或否或列表或一组字段"]]),
        Case(schema: #"{"minimum":1.5}"#, document: "1", errors: [["", "/minimum", "schema.minimum", "不能小于 1.5"]]),
        Case(schema: #"{"maximum":10}"#, document: "11", errors: [["", "/maximum", "schema.maximum", "不能大于 10"]]),
        Case(
            schema: #"{"exclusiveMinimum":0}"#, document: "0",
            errors: [["", "/exclusiveMinimum", "schema.exclusive_minimum", "必须大于 0"]]),
        Case(
            schema: #"{"exclusiveMaximum":1}"#, document: "1",
            errors: [["", "/exclusiveMaximum", "schema.exclusive_maximum", "必须小于 1"]]),
        Case(
            schema: #"{"multipleOf":0.01}"#, document: "0.005",
            errors: [["", "/multipleOf", "schema.multiple_of", "必须是 0.01 的倍数"]]),
        Case(schema: #"{"const":{"a":1}}"#, document: "1", errors: [["", "/const", "schema.const", #"只能是 {"a":1}"#]]),
        Case(
            schema: #"{"enum":["企业","个人",3]}"#, document: "4", errors: [["", "/enum", "schema.enum", "只能是 企业、个人、3 之一"]]),
        Case(
            schema: #"{"enum":[1,2,3,4,5,6,7,8,9]}"#, document: "0",
            errors: [["", "/enum", "schema.enum", "只能是 1、2、3、4、5、6、7、8 等之一"]]),
        Case(schema: #"{"enum":[]}"#, document: "0", errors: [["", "/enum", "schema.enum", "没有可以填写的值"]]),
        Case(
            schema: #"{"properties":{"a~/b":{"pattern":"^x"}}}"#, document: #"{"a~/b":"y"}"#,
            errors: [["/a~0~1b", "/properties/a~0~1b/pattern", "schema.pattern", "格式不正确"]]),
        Case(
            schema: #"{"required":["a","b"]}"#, document: #"{"b":1}"#,
            errors: [["/a", "/required", "schema.required", "缺少 a"]]),
        Case(
            schema: #"{"properties":{"a":true},"additionalProperties":false}"#, document: #"{"a":1,"b":1}"#,
            errors: [["/b", "/additionalProperties", "schema.additional_properties", "不应有 b"]]),
        Case(
            schema: #"{"properties":{"a":false}}"#, document: #"{"a":1}"#,
            errors: [["/a", "/properties/a", "schema.refused", "此处不应填写"]]),
        Case(
            schema: #"{"patternProperties":{"^n":{"type":"number"}}}"#, document: #"{"n1":""}"#,
            errors: [["/n1", "/patternProperties/^n/type", "schema.type", "应为数字"]]),
        Case(
            schema: #"{"propertyNames":{"maxLength":1}}"#, document: #"{"ab":1}"#,
            errors: [["/ab", "/propertyNames/maxLength", "schema.max_length", "最多 1 个字，现在 2 个"]]),
        Case(
            schema: #"{"minProperties":2}"#, document: #"{"a":1}"#,
            errors: [["", "/minProperties", "schema.min_properties", "至少 2 个字段，现在 1 个"]]),
        Case(
            schema: #"{"maxProperties":0}"#, document: #"{"a":1}"#,
            errors: [["", "/maxProperties", "schema.max_properties", "最多 0 个字段，现在 1 个"]]),
        Case(
            schema: #"{"minItems":1}"#, document: "[]",
            errors: [["", "/minItems", "schema.min_items", "至少 1 项，现在 0 项"]]),
        Case(
            schema: #"{"maxItems":1}"#, document: "[1,2]",
            errors: [["", "/maxItems", "schema.max_items", "最多 1 项，现在 2 项"]]),
        Case(
            schema: #"{"uniqueItems":true}"#, document: "[1,2,1]",
            errors: [["", "/uniqueItems", "schema.unique_items", "第 3 项与第 1 项重复"]]),
        Case(
            schema: #"{"items":{"type":"null"}}"#, document: "[null,1]",
            errors: [["/1", "/items/type", "schema.type", "应为空值"]]),
        Case(
            schema: #"{"prefixItems":[{"type":"null"}],"items":false}"#, document: "[null,1]",
            errors: [["/1", "/items", "schema.items", "不应有这一项"]]),
        Case(
            schema: #"{"contains":{"type":"null"}}"#, document: "[1]",
            errors: [["", "/contains", "schema.contains", "至少 1 项要符合要求，现在 0 项"]]),
        Case(
            schema: #"{"contains":{"type":"null"},"minContains":2}"#, document: "[null]",
            errors: [["", "/minContains", "schema.min_contains", "至少 2 项要符合要求，现在 1 项"]]),
        Case(
            schema: #"{"contains":{"type":"null"},"maxContains":1}"#, document: "[null,null]",
            errors: [["", "/maxContains", "schema.max_contains", "最多 1 项可以符合要求，现在 2 项"]]),
        Case(
            schema: #"{"dependentRequired":{"a":["b"]}}"#, document: #"{"a":1}"#,
            errors: [["/b", "/dependentRequired", "schema.dependent_required", "填写了 a 时还需要 b"]]),
        Case(
            schema: #"{"dependentSchemas":{"a":{"required":["b"]}}}"#, document: #"{"a":1}"#,
            errors: [["/b", "/dependentSchemas/a/required", "schema.required", "缺少 b"]]),
        Case(
            schema: #"{"not":{"type":"null"}}"#, document: "null",
            errors: [["", "/not", "schema.not", "填写的内容属于不允许的情形"]]),
        Case(
            schema: #"{"anyOf":[{"minimum":5},{"multipleOf":2}]}"#, document: "1",
            errors: [["", "/anyOf", "schema.any_of", "不符合任何一种允许的填法"]]),
        Case(
            schema: #"{"oneOf":[{"minimum":5},{"multipleOf":2}]}"#, document: "6",
            errors: [["", "/oneOf", "schema.one_of", "同时符合 2 种填法，只能符合其中一种"]]),
        Case(
            schema: #"{"anyOf":[{"type":"string"},{"minimum":5}]}"#, document: "1",
            errors: [["", "/anyOf/1/minimum", "schema.minimum", "不能小于 5"]]),
        Case(
            schema:
                #"{"oneOf":[{"properties":{"k":{"const":"a"}},"required":["x"]},{"properties":{"k":{"const":"b"}},"required":["y"]}]}"#,
            document: #"{"k":"b"}"#, errors: [["/y", "/oneOf/1/required", "schema.required", "缺少 y"]]),
        Case(
            schema: #"{"if":{"type":"string"},"then":{"minLength":1},"else":{"minimum":1}}"#, document: "0",
            errors: [["", "/else/minimum", "schema.minimum", "不能小于 1"]]),
        Case(
            schema: ##"{"$ref":"#/$defs/d","$defs":{"d":{"type":"null"}}}"##, document: "0",
            errors: [["", "/$defs/d/type", "schema.type", "应为空值"]]),
        Case(
            schema: #"{"properties":{"a":true},"unevaluatedProperties":false}"#, document: #"{"b":1}"#,
            errors: [["/b", "/unevaluatedProperties", "schema.unevaluated_properties", "不应有 b"]]),
        Case(
            schema: #"{"prefixItems":[true],"unevaluatedItems":{"type":"null"}}"#, document: "[1,2]",
            errors: [["/1", "/unevaluatedItems/type", "schema.type", "应为空值"]]),
        Case(
            schema:
                #"{"type":"object","properties":{"a":{"type":"array","items":{"properties":{"b":{"type":"null"}}}}},"required":["c"]}"#,
            document: #"{"a":[{},{"b":1}]}"#,
            errors: [
                ["/a/1/b", "/properties/a/items/properties/b/type", "schema.type", "应为空值"],
                ["/c", "/required", "schema.required", "缺少 c"],
            ]),
        Case(schema: "false", document: "0", errors: [["", "", "schema.refused", "此处不应填写"]]),
    ]

    @Test("Every keyword says where, which rule, and what with numbers", arguments: cases)
    func errors(example: Case) throws {
        let form = try schema(example.schema)
        let document = try JSONDocument(example.document)
        let found = form.validate(document).map {
            [$0.instance.description, $0.schema.description, $0.code, $0.message]
        }
        #expect(found == example.errors)
        #expect(form.validate(document).allSatisfy { $0.schema.tokens.last == $0.keyword || $0.keyword.isEmpty })
        compareJudges(form, document, example.schema)
    }

    @Test("As many errors are given as are asked for")
    func maximum() throws {
        let form = try schema(#"{"items":{"type":"null"}}"#)
        let document = try JSONDocument("[\(Array(repeating: "1", count: 500).joined(separator: ","))]")
        #expect(form.validate(document).count == 100)
        #expect(form.validate(document, maximumErrors: 3).map(\.instance.description) == ["/0", "/1", "/2"])
        #expect(form.validate(document, maximumErrors: 0).isEmpty)
        #expect(form.validate(document, maximumErrors: 1000).count == 500)
    }

    @Test("An error in a document of the registry names that document")
    func otherDocument() throws {
        var registry = SchemaRegistry()
        registry["https://example.com/money"] = try JSONDocument(#"{"$defs":{"fen":{"type":"integer"}}}"#)
        let form = try Schema(
            ["properties": ["price": ["$ref": "https://example.com/money#/$defs/fen"]]],
            options: .init(registry: registry))
        let error = try #require(form.validate(JSONDocument(["price": 1.5])).first)
        #expect(error.document == "https://example.com/money")
        #expect(error.schema.description == "/$defs/fen/type")
        #expect(error.instance.description == "/price")
    }

    @Test("A report line is one JSON object, also for what is not JSON")
    func reportLine() throws {
        let form = try schema(#"{"required":["a"]}"#)
        #expect(form.report(on: Array(#"{"a":1}"#.utf8)) == ["valid": true, "errors": []])
        #expect(
            form.report(on: Array("{}".utf8)) == [
                "valid": false,
                "errors": [
                    [
                        "code": "schema.required", "instance": "/a", "keyword": "required", "message": "缺少 a",
                        "schema": "/required",
                    ]
                ],
            ])
        let broken = form.report(on: Array(#"{"a":1"#.utf8))
        #expect(broken["valid"] == false)
        #expect(broken["errors"]?[0]?["code"] == "json.unexpected_end")
        #expect(broken["errors"]?[0]?["offset"] == 6)
    }
}
