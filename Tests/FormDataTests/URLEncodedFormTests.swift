import Testing

@testable import FormData

@Suite("URL-encoded forms")
struct URLEncodedFormTests {
    private func pairs(_ text: String) throws(FormFault) -> [String] {
        try URLEncodedForm().parse(text).fields.map { field in
            if case .text(let value) = field.content { "\(field.name)=\(value)" } else { "file" }
        }
    }

    private static let accepted: [(String, [String])] = [
        ("", []), ("&&", []), ("a=1&b=2", ["a=1", "b=2"]), ("a", ["a="]), ("=1", ["=1"]), ("a=b=c", ["a=b=c"]),
        ("a+b=c+d", ["a b=c d"]), ("a=%2B%26%3D%25", ["a=+&=%"]), ("%E5%BA%97=%e5%95%86", ["店=商"]), ("店=商", ["店=商"]),
        ("a=1&a=2&b=3&a=4", ["a=1", "a=2", "b=3", "a=4"]), ("a=%0D%0A", ["a=\r\n"]), ("&a=1&", ["a=1"]),
    ]

    @Test("Forms are decoded in order", arguments: accepted)
    func decoded(text: String, expected: [String]) throws {
        #expect(try pairs(text) == expected)
    }

    private static let refused: [(String, FormFault)] = [
        ("a=%", .percentEncoding), ("a=%4", .percentEncoding), ("a=%4G", .percentEncoding), ("%zz=1", .percentEncoding),
        ("a=%FF", .utf8), ("a=%ED%A0%80", .utf8), ("a=%00", .nul), ("a%00=1", .nul), ("a=1%&b=41", .percentEncoding),
    ]

    @Test("Broken forms are refused", arguments: refused)
    func broken(text: String, fault: FormFault) {
        #expect(throws: fault) { try pairs(text) }
    }

    @Test("Limits hold at their edge")
    func limits() throws {
        let form = URLEncodedForm(limits: FormLimits(totalBytes: 20, fields: 2, textBytes: 5))
        #expect(try form.parse("a=12345&b=").fields.count == 2)
        #expect(throws: FormFault.textTooLarge) { try form.parse("a=123456") }
        #expect(throws: FormFault.tooManyFields) { try form.parse("a&b&c") }
        #expect(throws: FormFault.tooLarge) { try form.parse("a=12345&b=12345&c=12345") }
    }

    @Test("Look-ups find the first and all values")
    func lookUps() throws {
        let form = try URLEncodedForm().parse("box=1&name=x&box=2")
        #expect(form["box"] == "1")
        #expect(form.all("box") == ["1", "2"])
        #expect(form["none"] == nil && form.all("none") == [] && form.file("box") == nil)
        #expect(form.names == ["box", "name"])
    }

    @Test("The kind of form follows the content type")
    func dispatch() throws {
        let body = Array("a=1".utf8)
        #expect(try FormFields(body: body, contentType: "Application/X-WWW-Form-Urlencoded; charset=utf-8")["a"] == "1")
        #expect(throws: FormFault.contentType) { try FormFields(body: body, contentType: "application/json") }
        #expect(throws: FormFault.contentType) { try FormFields(body: body, contentType: "") }
        #expect(throws: FormFault.boundary) { try FormFields(body: body, contentType: "multipart/form-data") }
    }

    @Test("Random pairs survive encoding, and random bytes never crash")
    func random() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let expected = (0..<Int.random(in: 1...5, using: &random)).map { _ in (text(&random), text(&random)) }
            let body = expected.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
            let fields = try URLEncodedForm().parse(body).fields
            #expect(fields == expected.map { .init(name: $0.0, content: .text($0.1)) }, "seed \(seed)")
            let noise = random.bytes(
                count: .random(in: 0...40, using: &random), from: Array("a=&%+0Fé\u{0}".utf8) + [0xFF])
            if let parsed = try? URLEncodedForm().parse(noise[...]) { #expect(parsed.fields.count <= noise.count) }
        }
    }

    private func text(_ random: inout SeededGenerator) -> String {
        let alphabet = Array("ab =&%+店é\r\n😀")
        return String(
            (0..<Int.random(in: 1...6, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) })
    }

    private func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { "%\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    }

    @Test("Every fault speaks Chinese and has a fitting status")
    func faults() {
        for fault in FormFault.allCases {
            #expect(fault.code.hasPrefix("form.") && [400, 413, 415].contains(fault.status))
            #expect(fault.message.unicodeScalars.contains { $0.properties.isIdeographic } && !fault.hint.isEmpty)
        }
    }
}
