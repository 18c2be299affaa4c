import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("Compiling schemas")
struct CompilationTests {
    @Test(
        "A keyword with a value that it can't have is refused at its place",
        arguments: [
            ("[]", ""), ("12", ""), (#"{"properties":{"a":1}}"#, "/properties/a"), (#"{"type":"text"}"#, "/type"),
            (#"{"type":["string",1]}"#, "/type"), (#"{"enum":1}"#, "/enum"), (#"{"minimum":"1"}"#, "/minimum"),
            (#"{"multipleOf":0}"#, "/multipleOf"), (#"{"multipleOf":-1}"#, "/multipleOf"),
            (#"{"minLength":-1}"#, "/minLength"),
            (#"{"maxLength":1.5}"#, "/maxLength"), (#"{"minItems":"1"}"#, "/minItems"),
            (#"{"uniqueItems":1}"#, "/uniqueItems"),
            (#"{"pattern":1}"#, "/pattern"), (#"{"format":1}"#, "/format"), (#"{"required":"a"}"#, "/required"),
            (#"{"required":[1]}"#, "/required"), (#"{"properties":[]}"#, "/properties"), (#"{"allOf":[]}"#, "/allOf"),
            (#"{"anyOf":{}}"#, "/anyOf"), (#"{"oneOf":[1]}"#, "/oneOf/0"), (#"{"not":[]}"#, "/not"),
            (#"{"dependentRequired":{"a":1}}"#, "/dependentRequired"),
            (#"{"dependentSchemas":{"a":[]}}"#, "/dependentSchemas/a"),
            (#"{"$ref":1}"#, "/$ref"), (#"{"$id":1}"#, "/$id"), (#"{"$id":"a#b"}"#, "/$id"),
            (#"{"$anchor":"1a"}"#, "/$anchor"),
            (#"{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}"#, "/$defs/"), (#"{"then":1}"#, "/then"),
            (#"{"contains":{},"minContains":-1}"#, "/minContains"), (#"{"items":[{}]}"#, "/items"),
        ])
    func keywords(text: String, place: String) throws {
        let fault = try fault(text)
        #expect(fault.reason == .keyword)
        #expect(fault.schema.description.hasPrefix(place))
        #expect(!fault.message.isEmpty)
    }

    @Test(
        "A reference to nothing is refused",
        arguments: [
            "#/$defs/none", "#none", "other.json", "https://example.com/x", "#/properties/a/~2", "#/allOf/01",
            "#/allOf/9",
            "urn:x:y", "#%ff",
        ])
    func references(reference: String) throws {
        let fault = try fault("{\"properties\":{\"a\":{\"$ref\":\"\(reference)\"}},\"allOf\":[true]}")
        #expect(fault.reason == .reference)
        #expect(fault.schema.description == "/properties/a/$ref")
        #expect(fault.message.contains(reference))
    }

    @Test(
        "A schema that applies itself to the same value is refused",
        arguments: [
            ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"if":{"$ref":"#/$defs/a"}}}}"##,
            ##"{"dependentSchemas":{"x":{"$ref":"#"}}}"##, ##"{"oneOf":[true,{"then":{"$ref":"#"},"if":true}]}"##,
        ])
    func cycles(text: String) throws { #expect(try fault(text).reason == .cycle) }

    @Test("A schema that applies itself to a part of the value is fine")
    func recursion() throws {
        let tree = try schema(
            ##"{"type":"object","properties":{"left":{"$ref":"#"},"right":{"$ref":"#"}},"additionalProperties":false}"##
        )
        #expect(try tree.isValid(JSONDocument(#"{"left":{"right":{}},"right":{}}"#)))
        #expect(try !tree.isValid(JSONDocument(#"{"left":{"right":{"x":1}}}"#)))
    }

    @Test("Another draft, and a vocabulary that is required and unknown, are refused")
    func dialects() throws {
        #expect(try fault(#"{"$schema":"http://json-schema.org/draft-07/schema#"}"#).reason == .vocabulary)
        var registry = SchemaRegistry()
        registry["https://example.com/meta"] = try JSONDocument(#"{"$vocabulary":{"https://example.com/v":true}}"#)
        #expect(try fault(#"{"$schema":"https://example.com/meta"}"#, registry: registry).reason == .vocabulary)
        registry["https://example.com/meta"] = try JSONDocument(
            #"{"$vocabulary":{"https://example.com/v":false,"https://json-schema.org/draft/2020-12/vocab/core":true}}"#)
        let lenient = try Schema(
            ["$schema": "https://example.com/meta", "minimum": 5], options: .init(registry: registry))
        #expect(lenient.isValid(JSONDocument(1)))
    }

    @Test("References reach other documents by address, by $id and by anchor, however they are written")
    func registry() throws {
        var registry = SchemaRegistry()
        registry["https://example.com/forms/base.json"] = try JSONDocument(
            ##"{"$id":"https://example.com/forms/base.json","$defs":{"n":{"$anchor":"name","type":"string"},"q":{"$id":"deep/q","$ref":"../shared.json#/$defs/x%20y"}}}"##
        )
        registry["https://example.com/forms/shared.json"] = try JSONDocument(#"{"$defs":{"x y":{"type":"boolean"}}}"#)
        let form = try Schema(
            JSONDocument(
                ##"{"$id":"https://example.com/forms/a.json","properties":{"a":{"$ref":"base.json#name"},"b":{"$ref":"/forms/base.json#/$defs/q"},"c":{"$ref":"#/$defs/c"}},"$defs":{"c":{"const":1}}}"##
            ),
            options: .init(registry: registry))
        #expect(try form.isValid(JSONDocument(#"{"a":"x","b":true,"c":1}"#)))
        for text in [#"{"a":1}"#, #"{"b":1}"#, #"{"c":2}"#] {
            #expect(try !form.isValid(JSONDocument(text)), "\(text)")
        }
    }

    @Test("The meta-schema judges schemas")
    func metaSchema() throws {
        let meta = try schema(#"{"$ref":"https://json-schema.org/draft/2020-12/schema"}"#)
        #expect(try meta.isValid(JSONDocument(#"{"type":"object","properties":{"a":{"minLength":2,"items":true}}}"#)))
        let errors = try meta.validate(
            JSONDocument(#"{"properties":{"a":{"minLength":-1,"type":"x","required":["a","a"]}}}"#))
        #expect(Set(places(errors)) == ["/properties/a/minLength", "/properties/a/type", "/properties/a/required"])
        #expect(MetaSchemas.document("https://json-schema.org/draft/2020-12/meta/format-assertion") != nil)
        #expect(MetaSchemas.document("https://json-schema.org/draft-07/schema") == nil)
    }

    @Test(
        "Addresses are resolved as RFC 3986 shows in section 5.4",
        arguments: [
            ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../g", "http://a/b/g"),
            ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"),
            ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
        ])
    func resolution(reference: String, expected: String) {
        #expect(URIReference("http://a/b/c/d;p?q").resolving(reference).withoutFragment == expected)
    }

    @Test("A schema of JSONValue and one of text mean the same")
    func sources() throws {
        let text = #"{"properties":{"b":{"type":"integer"},"a":{"enum":[1,"x",null]}},"required":["b","a"]}"#
        let one = try schema(text)
        let other = try Schema(JSONValue(parsing: text))
        for document in [#"{"a":1,"b":1}"#, #"{"b":"x"}"#, "{}", "[]"] {
            let document = try JSONDocument(document)
            #expect(one.isValid(document) == other.isValid(document))
            #expect(Set(one.validate(document)) == Set(other.validate(document)))
        }
        #expect(places(one.check(draft: JSONDocument([:])).missing) == ["/b", "/a"])
        #expect(places(other.check(draft: JSONDocument([:])).missing) == ["/a", "/b"])
    }
}
