import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("Reading documents")
struct JSONDocumentTests {
    @Test(
        "A document reads like a value in memory",
        arguments: [
            "null", "true", "false", "0", "-0", "12", "-9223372036854775808", "9223372036854775807", "1.50", "1e2",
            "1E-3", "0.1", "5e-324", "\"\"", "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u4e2d文\\ud83d\\ude00\"",
            "[]", "[ ]", "{}", "{ }", "[1,[2,[]],{}]", "{\"a\":{\"b\":[1,null]},\"\":false}",
            "[[],[],{}]", "{\"a\":[],\"b\":{}}", "\"é中😀\\u0000é\"", "\"0123456789abcdef\\n0123456789\"",
        ])
    func reads(text: String) throws {
        #expect(try JSONDocument(text).value == JSONValue(parsing: text))
        let value = try JSONValue(parsing: text)
        #expect(JSONDocument(value).value == value)
    }

    @Test("White space may stand around everything")
    func whitespace() throws {
        let text = " \t\r\n{ \n\"a\"\t:\r[ 1 , 2 ] , \"b\" : { } } \n"
        #expect(try JSONDocument(text).value == ["a": [1, 2], "b": [:]])
    }

    @Test(
        "What is not JSON is refused with the place",
        arguments: [
            ("", JSONFault.Reason.unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("tru", .unexpectedEnd, 3),
            ("trux", .unexpectedByte, 3), ("nul", .unexpectedEnd, 3), ("01", .unexpectedByte, 1),
            ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), ("1.x", .unexpectedByte, 2), ("1e", .unexpectedEnd, 2),
            ("1e+", .unexpectedEnd, 3), (".5", .unexpectedByte, 0), ("+1", .unexpectedByte, 0),
            ("\"a", .unexpectedEnd, 2),
            ("\"\\", .unexpectedEnd, 2), ("\"\\q\"", .unexpectedByte, 2), ("\"\\u12\"", .unexpectedByte, 5),
            ("\"\\u12", .unexpectedEnd, 5), ("\"\\ud800\"", .loneSurrogate, 1), ("\"\\udc00\"", .loneSurrogate, 1),
            ("\"\\ud800\\u0041\"", .loneSurrogate, 1), ("\"\u{1}\"", .unexpectedByte, 1),
            ("\"\u{0}\"", .unexpectedByte, 1),
            ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3),
            ("[1,]", .unexpectedByte, 3),
            ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3), ("[}", .unexpectedByte, 1),
            ("{", .unexpectedEnd, 1), ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5),
            ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,", .unexpectedEnd, 7), ("{\"a\":1,}", .unexpectedByte, 7),
            ("{1:2}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5), ("{]", .unexpectedByte, 1),
            ("1 1", .unexpectedByte, 2), ("\u{FEFF}1", .unexpectedByte, 0), ("{\"a\":1,\"a\":2}", .duplicateKey, 0),
            ("[{\"b\":{\"a\":1,\"\\u0061\":2}}]", .duplicateKey, 6), ("1e100001", .numberRange, 0),
            ("[1e-999999999999999999999]", .numberRange, 1),
        ])
    func refuses(text: String, reason: JSONFault.Reason, offset: Int) throws {
        let fault = try #require(throws: JSONFault.self) { try JSONDocument(text) }
        #expect(fault.reason == reason)
        #expect(fault.offset == offset)
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xE4, 0xB8],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) throws {
        for (before, after) in [("\"", "\""), ("\"abcdefgh\\n", "ij\""), ("\"", "")] {
            let text = Array(before.utf8) + bytes + Array(after.utf8)
            let fault = try #require(throws: JSONFault.self) { try JSONDocument(utf8: text) }
            #expect(fault.reason == .invalidUTF8)
        }
    }

    @Test("Depth and size are bounded")
    func limits() throws {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try JSONDocument(nested(64)) }
        #expect(throws: JSONFault.self) { try JSONDocument(nested(65)) }
        #expect(throws: Never.self) { try JSONDocument(nested(512), limits: JSONLimits(depth: 10_000)) }
        #expect(throws: JSONFault.self) { try JSONDocument(nested(513), limits: JSONLimits(depth: 10_000)) }
        #expect(throws: JSONFault.self) { try JSONDocument(String(repeating: "[", count: 1_000_000)) }
        let fault = try #require(throws: JSONFault.self) { try JSONDocument("[1,2,3]", limits: JSONLimits(bytes: 6)) }
        #expect(fault.reason == .tooLarge)
    }

    @Test("Keys that stand twice are found in small and in large objects", arguments: [2, 5, 24, 25, 26, 3000])
    func duplicates(count: Int) throws {
        // The fingerprints of these keys are all alike: only the middle differs.
        let keys = (0..<count).map { "prefix--\(1_000_000 + $0)--suffix" }
        let text = { (keys: [String]) in "{" + keys.map { "\"\($0)\":[{}]" }.joined(separator: ",") + "}" }
        #expect(try JSONDocument(text(keys)).value.object?.count == count)
        for place in [0, (count - 1) / 2, count - 2] {
            var twice = keys
            twice[count - 1] = keys[place]
            let fault = try #require(throws: JSONFault.self) { try JSONDocument(text(twice)) }
            #expect(fault.reason == .duplicateKey)
        }
    }

    @Test("Members keep their order and numbers all their digits")
    func exactness() throws {
        let document = try JSONDocument("{\"b\":1,\"a\":123456789012345678901234567890.5}")
        defer { withExtendedLifetime(document) {} }
        let tape = document.tape.view
        #expect(tape.keys(of: 0).map(tape.string) == ["b", "a"])
        #expect(tape.numberText(4) == "123456789012345678901234567890.5")
    }

    @Test("Random values read back equal, and so do their random spoilings by both readers", arguments: 0..<6)
    func random(round: UInt64) throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed of random documents: \(seed)")
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let value = RandomJSON.value(&chance, depth: 4)
            #expect(JSONDocument(value).value == value, "seed \(seed)")
            var bytes = value.canonicalBytes
            #expect(try JSONDocument(utf8: bytes).value == value, "seed \(seed)")
            for _ in 0..<Int.random(in: 0..<3, using: &chance) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
            }
            let spoilt = try? JSONValue(parsing: bytes)
            let read = try? JSONDocument(utf8: bytes)
            #expect(
                read?.value == spoilt || spoilt == nil && Double(String(decoding: bytes, as: UTF8.self)) == nil,
                "seed \(seed): \(bytes)")
        }
    }
}
