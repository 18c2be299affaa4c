import Testing

@testable import CanonicalJSON

@Suite("Canonical form")
struct CanonicalFormTests {
    /// RFC 8785 appendix B: the bits of a double and its text.
    private static let numbers: [(UInt64, String)] = [
        (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
        (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
        (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
        (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
        (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
        (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
        (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
        (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
        (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
        (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ]

    @Test("Numbers look as in appendix B of RFC 8785", arguments: numbers)
    func appendixB(bits: UInt64, expected: String) throws {
        let number = try #require(JSONNumber(Double(bitPattern: bits)))
        #expect(JSONValue.number(number).canonicalText == expected)
    }

    @Test("Infinities and NaN are no JSON numbers", arguments: [UInt64(0x7FFF_FFFF_FFFF_FFFF), 0x7FF0_0000_0000_0000])
    func notFinite(bits: UInt64) {
        #expect(JSONNumber(Double(bitPattern: bits)) == nil)
    }

    @Test("The example of RFC 8785 section 3.2.2 comes out as printed")
    func example() throws {
        let source = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try JSONValue(parsing: source).canonicalText == expected)
    }

    @Test("The sorting example of RFC 8785 section 3.2.3 comes out in its order")
    func sorting() throws {
        let source = #"""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """#
        let values = try #require(try JSONValue(parsing: source).object).map(\.value.string)
        #expect(
            values == [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
            ])
    }

    @Test("Keys sort by UTF-16 code units")
    func keyOrder() {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let left = randomKey(&random)
            let right = randomKey(&random)
            let expected = left.utf16.lexicographicallyPrecedes(right.utf16)
            #expect(canonicallyPrecedes(left, right) == expected, "\(left.debugDescription) \(right) seed \(seed)")
        }
    }

    private func randomKey(_ random: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "b", "\u{7F}", "\u{E9}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "😀",
        ]
        let count = Int.random(in: 0...3, using: &random)
        let chosen = (0..<count).map { _ in scalars[Int.random(in: 0..<scalars.count, using: &random)] }
        return String(String.UnicodeScalarView(chosen))
    }

    @Test(
        "Whole numbers keep their digits up to 2^53",
        arguments: [
            ("9007199254740991", "9007199254740991"), ("-9007199254740992", "-9007199254740992"), ("1.0", "1"),
            ("1e2", "100"),
            ("-0", "0"), ("-0.0", "0"), ("9007199254740993", "9007199254740992"),
            ("9223372036854775807", "9223372036854776000"),
            ("123456789012345678901234567890", "1.2345678901234568e+29"), ("1e-7", "1e-7"), ("0.1", "0.1"),
            ("1e-400", "0"),
            ("100000000000000000000", "100000000000000000000"),
        ])
    func whole(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: text).canonicalText == expected)
    }

    @Test("Only necessary characters are escaped")
    func escapes() {
        let value: JSONValue = "\u{0}\u{8}\t\n\u{C}\r\u{1F} \"\\/\u{7F}é\u{2028}😀"
        #expect(value.canonicalText == "\"\\u0000\\b\\t\\n\\f\\r\\u001f \\\"\\\\/\u{7F}é\u{2028}😀\"")
    }

    @Test("Random doubles read back as themselves")
    func doubles() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite, let number = JSONNumber(value) else { continue }
            let text = JSONValue.number(number).canonicalText
            #expect(Double(text) == value, "\(text) seed \(seed)")
            #expect(try JSONValue(parsing: text).double == value, "\(text) seed \(seed)")
        }
    }
}
