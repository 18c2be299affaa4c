import Testing

@testable import CanonicalJSON

@Suite("Reading JSON")
struct JSONParserTests {
    @Test("All kinds of values are read")
    func kinds() throws {
        let value = try JSONValue(
            parsing: #" {"a": [1, -2.5e1, "x", true, false, null, {}, []], "é": "\ud83d\ude00\t"} "#)
        let expected: JSONValue = ["a": [1, -25, "x", true, false, .null, [:], []], "é": "😀\t"]
        #expect(value == expected)
        #expect(value["a"]?[1]?.integer == -25)
        #expect(value["a"]?[2]?.string == "x")
        #expect(value["a"]?[3]?.bool == true)
        #expect(value["a"]?[5]?.isNull == true)
        #expect(value["a"]?[8] == nil && value["b"] == nil && value[0] == nil)
    }

    private static let refusals: [(String, JSONFault.Reason, Int)] = [
        ("", .unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2),
        ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("{\"a\":1,}", .unexpectedByte, 7),
        ("{\"a\" 1}", .unexpectedByte, 5), ("{a:1}", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
        ("1 2", .unexpectedByte, 2), ("01", .unexpectedByte, 1), ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0),
        ("1.", .unexpectedEnd, 2), ("1.e1", .unexpectedByte, 2), ("1e", .unexpectedEnd, 2), ("-", .unexpectedEnd, 1),
        ("0x1", .unexpectedByte, 1), ("NaN", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0),
        ("tru", .unexpectedEnd, 3), ("nulL", .unexpectedByte, 3), ("'a'", .unexpectedByte, 0),
        ("\"a", .unexpectedEnd, 2),
        ("\"\\x\"", .unexpectedByte, 2), ("\"\\u12G4\"", .unexpectedByte, 5), ("\"\\u123", .unexpectedEnd, 6),
        ("\"\n\"", .unexpectedByte, 1), ("\"\u{0}\"", .unexpectedByte, 1), ("\u{FEFF}1", .unexpectedByte, 0),
        ("\"\\ud800\"", .loneSurrogate, 1), ("\"\\udc00\"", .loneSurrogate, 1),
        ("\"\\ud800\\u0041\"", .loneSurrogate, 1),
        ("\"\\ud800\\n\"", .loneSurrogate, 1), ("\"\\ud800\\ud800\"", .loneSurrogate, 1),
        ("{\"a\":1,\"a\":1}", .duplicateKey, 0), ("[{\"b\":1,\"a\":1,\"\\u0062\":2}]", .duplicateKey, 1),
        ("[1e309]", .numberRange, 1), ("-1e999999999", .numberRange, 0), ("// x", .unexpectedByte, 0),
        ("]", .unexpectedByte, 0),
        ("[}", .unexpectedByte, 1), ("{]", .unexpectedByte, 1), ("１", .unexpectedByte, 0),
    ]

    @Test("Broken texts are refused at their byte", arguments: refusals)
    func refused(text: String, reason: JSONFault.Reason, offset: Int) {
        #expect(throws: JSONFault(reason, at: offset)) { try JSONValue(parsing: text) }
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8], [0x80],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: JSONFault(.invalidUTF8, at: 1)) {
            try JSONValue(parsing: [0x5B, 0x22] + bytes + [0x22, 0x5D])
        }
        #expect(throws: JSONFault(.invalidUTF8, at: 0)) {
            try JSONValue(parsing: Array("\"\\n".utf8) + bytes + Array("\"".utf8))
        }
    }

    @Test("Keys that differ in bytes are different keys")
    func canonicallyEquivalentKeys() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != JSONValue.string("e\u{301}"))
    }

    @Test("Member order and number spelling do not matter for equality")
    func equality() throws {
        let one = try JSONValue(parsing: #"{"b":1.0,"a":[10e-1]}"#)
        let other = try JSONValue(parsing: #"{"a":[1],"b":1}"#)
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one.object?.keys == ["a", "b"])
    }

    @Test("Whole numbers beyond 2^53 keep their digits and equal what is written like them")
    func largeWholeNumbers() throws {
        let value = try JSONValue(parsing: "9007199254740993")
        #expect(value.integer == 9_007_199_254_740_993)
        #expect(value.number?.isExactWhenCanonical == false)
        #expect(value == 9_007_199_254_740_992)
        #expect(try JSONValue(parsing: "1e3").number?.isExactWhenCanonical == true)
        #expect(try JSONValue(parsing: "1.5").integer == nil)
        #expect(JSONNumber(0x1p63)?.integer == nil)
        #expect(JSONNumber(-0x1p63)?.integer == .min)
        #expect(JSONNumber(0x1p62)?.integer == 1 << 62)
    }

    @Test("Depth is limited")
    func depth() throws {
        let nested = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(64)) }
        #expect(throws: JSONFault(.tooDeep, at: 64)) { try JSONValue(parsing: nested(65)) }
        #expect(throws: JSONFault(.tooDeep, at: 512)) {
            try JSONValue(parsing: nested(600), limits: .init(depth: 10_000))
        }
        #expect(throws: JSONFault(.tooDeep, at: 64)) { try JSONValue(parsing: String(repeating: "[", count: 1 << 20)) }
        let siblings = "[" + Array(repeating: "[]", count: 1_000).joined(separator: ",") + "]"
        #expect(try JSONValue(parsing: siblings, limits: .init(depth: 2)).array?.count == 1_000)
    }

    @Test("Size is limited")
    func size() {
        #expect(throws: JSONFault(.tooLarge, at: 4)) { try JSONValue(parsing: "[1,2]", limits: .init(bytes: 4)) }
        #expect(throws: Never.self) { try JSONValue(parsing: "[1,2]", limits: .init(bytes: 5)) }
    }

    @Test("A part of a buffer is read with offsets from its start")
    func slice() throws {
        let bytes = Array("xx[1]yy".utf8)
        #expect(try JSONValue(parsing: bytes[2..<5]) == [1])
        #expect(throws: JSONFault(.unexpectedByte, at: 3)) { try JSONValue(parsing: bytes[2...]) }
    }

    @Test("A million digits, members or escapes take linear time")
    func hugeTexts() throws {
        let members = (0..<100_000).map { "\"k\(($0 &* 7_919) % 100_003)\":\($0)" }.joined(separator: ",")
        let start = ContinuousClock.now
        #expect(throws: JSONFault.self) { try JSONValue(parsing: String(repeating: "9", count: 1_000_000)) }
        #expect(try JSONValue(parsing: "0." + String(repeating: "3", count: 1_000_000)).double == 1.0 / 3)
        #expect(try JSONValue(parsing: "{" + members + "}").object?.count == 100_000)
        let escaped = "\"" + String(repeating: "\\n", count: 500_000) + "\""
        #expect(try JSONValue(parsing: escaped).string?.utf8.count == 500_000)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test("Every fault has a Chinese message without English left over")
    func messages() {
        for reason in JSONFault.Reason.allCases {
            #expect(JSONFault(reason, at: 3).message.hasPrefix("JSON ") && reason.rawValue.hasPrefix("json."))
        }
    }
}
