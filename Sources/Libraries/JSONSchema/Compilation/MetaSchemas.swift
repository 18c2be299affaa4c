/// The meta-schemas of draft 2020-12, reduced to what they demand. Titles and defaults are left out.
///
/// After https://json-schema.org/draft/2020-12/schema and the documents it refers to.
enum MetaSchemas {
    private static let base = "https://json-schema.org/draft/2020-12/"

    /// The meta-schema of an address; nil for any other.
    static func document(_ uri: String) -> JSONDocument? { documents[uri] }

    private static let documents: [String: JSONDocument] = {
        var found: [String: JSONDocument] = [:]
        for (name, body) in bodies {
            let vocabulary = name == "schema" ? vocabularies : ""
            let text =
                #"{"$id":"\#(base)\#(name)","$schema":"\#(base)schema","$dynamicAnchor":"meta",\#(vocabulary)\#(body)}"#
            found[base + name] = try? JSONDocument(text)
        }
        return found
    }()

    private static let vocabularies: String = {
        let names = ["core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"]
        return #""$vocabulary":{\#(names.map { #""\#(base)vocab/\#($0)":true"# }.joined(separator: ","))},"#
    }()

    private static let bodies = [
        "schema": #"""
        "type":["object","boolean"],
        "allOf":[{"$ref":"meta/core"},{"$ref":"meta/applicator"},{"$ref":"meta/unevaluated"},
          {"$ref":"meta/validation"},{"$ref":"meta/meta-data"},{"$ref":"meta/format-annotation"},
          {"$ref":"meta/content"}],
        "properties":{
          "definitions":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"}},
          "dependencies":{"type":"object","additionalProperties":{
            "anyOf":[{"$dynamicRef":"#meta"},{"$ref":"meta/validation#/$defs/stringArray"}]}},
          "$recursiveAnchor":{"$ref":"meta/core#/$defs/anchorString"},
          "$recursiveRef":{"$ref":"meta/core#/$defs/uriReferenceString"}}
        """#,
        "meta/core": #"""
        "type":["object","boolean"],
        "properties":{
          "$id":{"$ref":"#/$defs/uriReferenceString","pattern":"^[^#]*#?$"},
          "$schema":{"$ref":"#/$defs/uriString"},
          "$ref":{"$ref":"#/$defs/uriReferenceString"},
          "$anchor":{"$ref":"#/$defs/anchorString"},
          "$dynamicRef":{"$ref":"#/$defs/uriReferenceString"},
          "$dynamicAnchor":{"$ref":"#/$defs/anchorString"},
          "$vocabulary":{"type":"object","propertyNames":{"$ref":"#/$defs/uriString"},
            "additionalProperties":{"type":"boolean"}},
          "$comment":{"type":"string"},
          "$defs":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"}}},
        "$defs":{
          "anchorString":{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"},
          "uriString":{"type":"string","format":"uri"},
          "uriReferenceString":{"type":"string","format":"uri-reference"}}
        """#,
        "meta/applicator": #"""
        "type":["object","boolean"],
        "properties":{
          "prefixItems":{"$ref":"#/$defs/schemaArray"},
          "items":{"$dynamicRef":"#meta"},
          "contains":{"$dynamicRef":"#meta"},
          "additionalProperties":{"$dynamicRef":"#meta"},
          "properties":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"}},
          "patternProperties":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"},
            "propertyNames":{"format":"regex"}},
          "dependentSchemas":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"}},
          "propertyNames":{"$dynamicRef":"#meta"},
          "if":{"$dynamicRef":"#meta"},"then":{"$dynamicRef":"#meta"},"else":{"$dynamicRef":"#meta"},
          "allOf":{"$ref":"#/$defs/schemaArray"},"anyOf":{"$ref":"#/$defs/schemaArray"},
          "oneOf":{"$ref":"#/$defs/schemaArray"},"not":{"$dynamicRef":"#meta"}},
        "$defs":{"schemaArray":{"type":"array","minItems":1,"items":{"$dynamicRef":"#meta"}}}
        """#,
        "meta/unevaluated": #"""
        "type":["object","boolean"],
        "properties":{"unevaluatedItems":{"$dynamicRef":"#meta"},"unevaluatedProperties":{"$dynamicRef":"#meta"}}
        """#,
        "meta/validation": #"""
        "type":["object","boolean"],
        "properties":{
          "type":{"anyOf":[{"$ref":"#/$defs/simpleTypes"},
            {"type":"array","items":{"$ref":"#/$defs/simpleTypes"},"minItems":1,"uniqueItems":true}]},
          "const":true,"enum":{"type":"array","items":true},
          "multipleOf":{"type":"number","exclusiveMinimum":0},
          "maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},
          "minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},
          "maxLength":{"$ref":"#/$defs/size"},"minLength":{"$ref":"#/$defs/size"},
          "pattern":{"type":"string","format":"regex"},
          "maxItems":{"$ref":"#/$defs/size"},"minItems":{"$ref":"#/$defs/size"},"uniqueItems":{"type":"boolean"},
          "maxContains":{"$ref":"#/$defs/size"},"minContains":{"$ref":"#/$defs/size"},
          "maxProperties":{"$ref":"#/$defs/size"},"minProperties":{"$ref":"#/$defs/size"},
          "required":{"$ref":"#/$defs/stringArray"},
          "dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$defs/stringArray"}}},
        "$defs":{
          "size":{"type":"integer","minimum":0},
          "nonNegativeInteger":{"type":"integer","minimum":0},
          "nonNegativeIntegerDefault0":{"type":"integer","minimum":0},
          "simpleTypes":{"enum":["array","boolean","integer","null","number","object","string"]},
          "stringArray":{"type":"array","items":{"type":"string"},"uniqueItems":true}}
        """#,
        "meta/meta-data": #"""
        "type":["object","boolean"],
        "properties":{"title":{"type":"string"},"description":{"type":"string"},"default":true,
          "deprecated":{"type":"boolean"},"readOnly":{"type":"boolean"},"writeOnly":{"type":"boolean"},
          "examples":{"type":"array","items":true}}
        """#,
        "meta/format-annotation": #"""
        "type":["object","boolean"],"properties":{"format":{"type":"string"}}
        """#,
        "meta/format-assertion": #"""
        "type":["object","boolean"],"properties":{"format":{"type":"string"}}
        """#,
        "meta/content": #"""
        "type":["object","boolean"],
        "properties":{"contentEncoding":{"type":"string"},"contentMediaType":{"type":"string"},
          "contentSchema":{"$dynamicRef":"#meta"}}
        """#,
    ]
}
