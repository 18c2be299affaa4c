import Testing

@testable import JSONSchema

@Suite("Numbers")
struct NumberTests {
    /// Pairs in ascending order; each text is smaller than the next.
    static let ascending = [
        "-1e300", "-123456789012345678901234567890", "-9223372036854775808", "-9223372036854775807.5", "-1e18", "-100",
        "-2.5", "-2", "-0.1", "-1e-300", "0", "1e-300", "0.0999999999999999999999", "0.1", "0.10000000000000000001",
        "0.2", "1", "1.0000000000000000000000001", "2", "10", "99.99", "100", "1e18", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "123456789012345678901234567890",
        "123456789012345678901234567890.5", "1e300", "1e400", "1e100000",
    ]

    @Test("Numbers of all lengths stand in their order")
    func order() throws {
        let documents = try Self.ascending.map { try JSONDocument($0).tape }
        defer { withExtendedLifetime(documents) {} }
        for (a, left) in documents.enumerated() {
            for (b, right) in documents.enumerated() {
                let note = "\(Self.ascending[a]) and \(Self.ascending[b])"
                #expect(left.view.isNumber(0, lessThan: right.view, 0) == (a < b), "\(note)")
                #expect(left.view.isNumber(0, equalTo: right.view, 0) == (a == b), "\(note)")
                #expect(left.view.equals(0, right.view, 0) == (a == b), "\(note)")
            }
        }
    }

    @Test(
        "Spellings of one number are equal",
        arguments: [
            ["1", "1.0", "1e0", "10e-1", "0.1e1", "1.000000000000000000000000"], ["0", "-0", "0.0", "0e99", "-0.00"],
            ["100", "1e2", "1E+2", "100.00"], ["1.5", "15e-1", "1.50", "0.15e1"], ["1e30", "10e29", "0.1e31"],
            ["123456789012345678901234567890", "12345678901234567890123456789e1", "123456789012345678901234567890.0"],
            ["-9223372036854775808", "-9223372036854775808.0"], ["1e-7", "0.0000001", "0.1e-6"],
        ])
    func spellings(texts: [String]) throws {
        let documents = try texts.map { try JSONDocument($0) }
        defer { withExtendedLifetime(documents) {} }
        for (text, document) in zip(texts, documents) {
            #expect(documents[0].tape.view.equals(0, document.tape.view, 0), "\(text)")
            #expect(documents[0].tape.nodes[0].fingerprint == document.tape.nodes[0].fingerprint, "\(text)")
        }
        let distinct = try JSONDocument("[\(texts.joined(separator: ","))]")
        #expect(try !schema(#"{"uniqueItems":true}"#).isValid(distinct))
    }

    @Test(
        "Whole numbers are known however they are written",
        arguments: [
            ("1", true), ("1.0", true), ("1e3", true), ("1.5e1", true), ("1.5", false), ("1e-1", false),
            ("10e-1", true),
            ("123456789012345678901234567890", true), ("123456789012345678901234567890.5", false), ("1e400", true),
            ("0.0", true), ("12345678901234567890123e-2", false), ("12345678901234567890100e-2", true),
        ])
    func whole(text: String, isWhole: Bool) throws {
        #expect(try schema(#"{"type":"integer"}"#).isValid(JSONDocument(text)) == isWhole)
        #expect(try schema(#"{"type":"number"}"#).isValid(JSONDocument(text)))
    }

    @Test(
        "Multiples are exact",
        arguments: [
            ("0.3", "0.1", true), ("0.35", "0.1", false), ("1e308", "0.5", true), ("1e308", "0.123456789", false),
            ("4.35", "0.01", true), ("4.355", "0.01", false), ("0", "7", true), ("7", "7", true), ("-14", "7", true),
            ("15", "7", false), ("0.0075", "0.0001", true), ("0.00751", "0.0001", false), ("1e-5", "1e-7", true),
            ("1e-7", "1e-5", false), ("10", "3e-20", false), ("9", "3e-20", true), ("100", "1e2", true),
            ("150", "1e2", false), ("1e2", "3", false), ("123456789012345678901234567890", "10", true),
            ("123456789012345678901234567891", "10", false), ("123456789012345678901234567890.5", "0.5", true),
            ("123456789012345678901234567890.5", "1", false), ("9223372036854775807", "9223372036854775807", true),
            ("1e-300", "1e300", false), ("0.1", "9223372036854775807", false),
        ])
    func multiples(text: String, divisor: String, isMultiple: Bool) throws {
        #expect(try schema(#"{"multipleOf":\#(divisor)}"#).isValid(JSONDocument(text)) == isMultiple)
    }

    @Test("Comparison agrees with arithmetic in 128 bits")
    func random() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed of random numbers: \(seed)")
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let parts = (0..<2).map { _ in
                (Int64.random(in: -99_999...99_999, using: &chance), Int.random(in: -12...12, using: &chance))
            }
            let exact = parts.map { Int128($0.0) * powerOfTen($0.1 + 12) }
            let texts = parts.map { "\($0.0)e\($0.1)" }
            let documents = try texts.map { try JSONDocument($0).tape }
            defer { withExtendedLifetime(documents) {} }
            let tapes = documents.map(\.view)
            #expect(tapes[0].isNumber(0, lessThan: tapes[1], 0) == (exact[0] < exact[1]), "\(texts) seed \(seed)")
            #expect(tapes[0].isNumber(0, equalTo: tapes[1], 0) == (exact[0] == exact[1]), "\(texts) seed \(seed)")
            #expect(
                (DecimalText(texts[0].utf8) < DecimalText(texts[1].utf8)) == (exact[0] < exact[1]),
                "\(texts) seed \(seed)")
            guard parts[1].0 > 0 else { continue }
            let divisor = ShortNumber(tapes[1].nodes[0])
            #expect(
                tapes[0].isNumber(0, multipleOf: divisor) == (exact[0] % exact[1] == 0), "\(texts) seed \(seed)")
            #expect(
                DecimalText(texts[0].utf8).isMultiple(of: divisor) == (exact[0] % exact[1] == 0),
                "\(texts) seed \(seed)")
        }
    }

    @Test(
        "Numbers in messages look as people write them",
        arguments: [
            ("1", "1"), ("-20", "-20"), ("1.5", "1.5"), ("-0.05", "-0.05"), ("1e3", "1000"), ("1e30", "1e30"),
            ("1e-9", "0.000000001"), ("12e-30", "12e-30"), ("123.456", "123.456"),
        ])
    func text(number: String, expected: String) throws {
        let document = try JSONDocument(number)
        withExtendedLifetime(document) { #expect(document.tape.view.numberText(0) == expected) }
    }
}
