import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("Formats")
struct FormatTests {
    @Test(
        "Formats of the specification",
        arguments: [
            (
                .date, ["2024-02-29", "2000-02-29"],
                [
                    "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "24-01-01", "2024-1-1",
                    "2024-01-01 ",
                ]
            ),
            (
                .time, ["23:59:60Z", "00:00:00+23:59", "12:00:00.123z"],
                ["24:00:00Z", "12:00Z", "12:00:00", "12:00:60Z", "12:00:00.Z", "12:00:00+8:00"]
            ),
            (
                .dateTime, ["2026-03-01T09:30:00+08:00", "1998-12-31T23:59:60Z"],
                ["2026-03-01 09:30:00Z", "2026-02-30T00:00:00Z", "2026-03-01T09:30:00"]
            ),
            (
                .duration, ["P1Y2M3DT4H5M6S", "P2W", "PT0S", "P1M", "PT1M"],
                ["P", "PT", "P1", "1D", "P1S", "P1Y2W", "P1Y2D", "PT1H2S", "P1.5D"]
            ),
            (
                .email, ["a@b.cn", "\"a b\"@b.cn", "a.b+c@[127.0.0.1]", "a@[IPv6:::1]"],
                ["a", "@b", "a@", "a@b@", ".a@b", "a..b@c", "a b@c", "a@-b", "a@[1.2.3]", "\"a@b"]
            ),
            (.idnEmail, ["张三@例子.中国"], ["张三", "张三@"]),
            (.hostname, ["a", "a-b.c1", "xn--fiqs8s"], ["", "-a", "a-", "a..b", "a_b", "中国", "xn--", "ab--cd", "a."]),
            (.idnHostname, ["例子.中国", "a。b", "straße.de"], ["-例", "例-", "。", "a b", "Ａ.cn", "例\u{302E}"]),
            (
                .ipv4, ["0.0.0.0", "255.255.255.255"],
                ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5", "1.2.3.", "0x1.2.3.4"]
            ),
            (
                .ipv6, ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:7::", "fe80::a:b"],
                [
                    ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::1.2.3", ":1:2:3:4:5:6:7",
                    "1:2:3:4:5:6:7:", "fe80::1%eth0", "1.2.3.4",
                ]
            ),
            (
                .uri, ["https://a.cn/b?c=d#e", "urn:a:b", "a:", "http://[::1]:80/", "http://[v1.a]/"],
                ["", "/a", "a", "http://[::1", "http://a b", "1a:b", "http://a:b/", "http://a/%2", "http://中国/"]
            ),
            (.uriReference, ["", "/a", "#b", "?c", "//a/b", "a/b:c"], ["\\a", "a b", "#a#b", "http://[1]/"]),
            (.iri, ["http://例子.中国/路径?查=询"], ["/路径", "http://例 子"]),
            (.iriReference, ["/路径", "#片段"], ["\\路径", "\u{E000}"]),
            (
                .uuid, ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"],
                ["123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", ""]
            ),
            (
                .uriTemplate, ["/a{?b,c*}", "{+d:10}", "{a.b}", "{%41}", ""],
                ["{", "}", "{a", "{a b}", "{}", "{a:0}", "{a:12345}", "a b", "{a:}"]
            ),
            (.jsonPointer, ["", "/", "/a~0b~1c", "/中"], ["a", "/a~", "/~2", "#/a"]),
            (.relativeJSONPointer, ["0", "1/a", "10#"], ["", "01", "-1", "1a", "1##", "/a"]),
            (.regex, ["^a(?=b)\\1$", "(?<n>a)\\k<n>", "[a-z]"], ["(", "\\a", "[z-a]", "a**"]),
        ] as [(StandardFormat, [String], [String])])
    func standard(format: StandardFormat, accepted: [String], refused: [String]) throws {
        let asserting = try schema(#"{"format":"\#(format.rawValue)"}"#, assertsFormat: true)
        let annotating = try schema(#"{"format":"\#(format.rawValue)"}"#)
        for text in accepted {
            #expect(asserting.isValid(JSONDocument(.string(text))), "\(format) should accept \(text)")
        }
        for text in refused {
            let document = JSONDocument(.string(text))
            #expect(!asserting.isValid(document), "\(format) should refuse \(text)")
            #expect(annotating.isValid(document))
            #expect(asserting.validate(document).map(\.message) == ["不是有效的\(format.chineseName)"])
        }
        #expect(asserting.isValid(JSONDocument(12)))
    }

    @Test("A format of one's own says what is wrong in its own words")
    func custom() throws {
        var formats = SchemaFormats()
        formats["check"] = { text in
            switch text {
            case "bad": .init(code: "check.digit", message: "第 18 位校验码应为 3", hint: "请对照营业执照")
            case "odd": .init(code: "check.odd", message: "不常见", isWarning: true)
            default: nil
            }
        }
        let form = try schema(#"{"properties":{"a":{"format":"check"}}}"#, formats: formats)

        let error = try #require(form.validate(JSONDocument(["a": "bad"])).first)
        #expect(error.code == "check.digit")
        #expect(error.message == "第 18 位校验码应为 3")
        #expect(error.hint == "请对照营业执照")
        #expect(error.instance.description == "/a")
        #expect(error.schema.description == "/properties/a/format")
        #expect(form.check(draft: JSONDocument(["a": "bad"])).errors == [error])

        let odd = form.findings(in: JSONDocument(["a": "odd"]))
        #expect(form.isValid(JSONDocument(["a": "odd"])))
        #expect(odd.errors.isEmpty)
        #expect(odd.warnings.map(\.code) == ["check.odd"])
        #expect(odd.warnings.map(\.isWarning) == [true])
        #expect(form.check(draft: JSONDocument(["a": "odd"])).warnings == odd.warnings)
        #expect(form.isValid(JSONDocument(["a": "fine"])))
    }

    @Test("A format of one's own replaces one of the specification; unknown ones mean nothing")
    func precedence() throws {
        var formats = SchemaFormats()
        formats["date"] = { $0 == "today" ? nil : .init(code: "date", message: "只能是今天") }
        #expect(try schema(#"{"format":"date"}"#, formats: formats).isValid(JSONDocument("\"today\"")))
        #expect(try !schema(#"{"format":"date"}"#, formats: formats).isValid(JSONDocument("\"2026-01-01\"")))
        #expect(try schema(#"{"format":"nonsense"}"#, assertsFormat: true).isValid(JSONDocument("\"x\"")))
    }

    @Test(
        "Punycode goes both ways",
        arguments: [("中国", "fiqs8s"), ("bücher", "bcher-kva"), ("例え", "r8jz45g"), ("ü", "tda")])
    func punycode(text: String, encoded: String) throws {
        #expect(try #require(Punycode.encode(Array(text.unicodeScalars))).elementsEqual(encoded.utf8))
        #expect(try #require(Punycode.decode(Array(encoded.utf8))) == Array(text.unicodeScalars))
    }

    @Test(
        "Faulty Punycode is refused",
        arguments: ["!", "999999999", "a-zzzzzzzzzz", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"])
    func faultyPunycode(encoded: String) { #expect(Punycode.decode(Array(encoded.utf8)) == nil) }
}
