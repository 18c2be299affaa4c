import Testing

@testable import FormData

@Suite("Multipart forms")
struct MultipartParserTests {
    private func parse(
        _ body: String, boundary: String = "b", limits: FormLimits = .multipart
    ) throws(FormFault) -> FormFields {
        try MultipartParser(contentType: "multipart/form-data; boundary=\(boundary)", limits: limits)
            .parse(Array(body.utf8)[...])
    }

    /// One part, with its content between the lines of the boundary `b`.
    private func part(_ disposition: String, _ content: String = "x", extra: String = "") -> String {
        "--b\r\nContent-Disposition: form-data; \(disposition)\r\n\(extra)\r\n\(content)\r\n"
    }

    @Test("Texts and files are read as a browser sends them")
    func browser() throws {
        let body =
            part("name=\"shop\"", "小店") + part("name=\"shop\"", "")
            + part(
                "name=\"licence\"; filename=\"执照 (1).jpg\"", "\u{1}\r\n--\r\nbytes",
                extra: "Content-Type: image/jpeg\r\n")
            + part("name=\"empty\"; filename=\"\"", "", extra: "Content-Type: application/octet-stream\r\n")
            + "--b--\r\n"
        let form = try parse(body)
        #expect(form.all("shop") == ["小店", ""])
        let file = try #require(form.file("licence"))
        #expect(file.filename == "执照 (1).jpg")
        #expect(file.contentType == "image/jpeg")
        #expect(Array(file.bytes) == Array("\u{1}\r\n--\r\nbytes".utf8))
        #expect(form.file("empty") == nil)
        #expect(form["licence"] == nil)
    }

    private static let contentTypes: [(String, FormFault?)] = [
        ("multipart/form-data; boundary=b", nil), ("Multipart/Form-Data;boundary=b", nil),
        ("multipart/form-data; boundary=\"b\"", nil), ("multipart/form-data; charset=utf-8; BOUNDARY=b", nil),
        ("multipart/form-data; boundary=\"\\b\"", .boundary), ("multipart/form-data", .boundary),
        ("multipart/form-data; boundary=", .contentType), ("multipart/form-data; boundary=\"b", .contentType),
        ("multipart/form-data; boundary=b; boundary=c", .contentType), ("multipart/mixed; boundary=b", .contentType),
        ("multipart/form-data; boundary=a\u{7F}", .boundary), ("multipart/form-data; boundary=\"a \"", .boundary),
        ("multipart/form-data; boundary=" + String(repeating: "a", count: 71), .boundary),
        ("multipart/form-data; boundary=" + String(repeating: "a", count: 70), nil),
    ]

    @Test("The boundary comes from the content type", arguments: contentTypes)
    func boundary(contentType: String, fault: FormFault?) {
        var found: FormFault?
        do throws(FormFault) { _ = try MultipartParser(contentType: contentType) } catch { found = error }
        #expect(found == fault)
    }

    private static let filenames: [(String, String)] = [
        (#"filename="a%22b%22.jpg""#, "a\"b\".jpg"), (#"filename="a\"b.jpg""#, "a\"b.jpg"),
        (#"filename="100%25.jpg""#, "100%25.jpg"),
        (#"filename="C:\fakepath\a.jpg""#, "a.jpg"), (#"filename="../../etc/passwd""#, "passwd"),
        ("filename=plain.jpg", "plain.jpg"),
        (#"filename="a;b=c.jpg""#, "a;b=c.jpg"), (#"filename*=UTF-8''%E6%89%A7%E7%85%A7.jpg"#, "执照.jpg"),
        (#"filename="plain.jpg"; filename*=UTF-8''other.jpg"#, "plain.jpg"),
        (#"filename="a%0D%0Ab.jpg""#, "a%0D%0Ab.jpg"),
        (#"filename="\\server\share\b.png""#, "b.png"), (#"filename="dir/""#, ""),
    ]

    @Test("File names are read from all common spellings", arguments: filenames)
    func filename(parameter: String, expected: String) throws {
        let form = try parse(part("name=\"f\"; \(parameter)") + "--b--")
        #expect(form.file("f")?.filename == expected)
        #expect(form.file("f")?.contentType == "application/octet-stream")
    }

    private static let lookalikes = [
        "x--b", "--bx", "\r\n--bx", "\r\n--b-", "\r\n--b--x", "\r\n--b \tx", "\n--b\r\n", "\r--b\r\n", "\r\n-b\r\n",
        "\r\n--B\r\n",
        "\r\r\n\n--b\r\n", "\r\n--b\n", "\r\n --b\r\n", "x--b--\r\n", "\r\n--b\r", "\r\n--b--\r",
    ]

    @Test("Lookalikes of the boundary stay content", arguments: lookalikes)
    func lookalike(content: String) throws {
        let form = try parse(part("name=\"a\"", content) + part("name=\"z\"") + "--b--\r\n")
        #expect(form["a"]?.utf8.elementsEqual(content.utf8) == true)
        #expect(form["z"] == "x")
    }

    @Test("Preamble, epilogue and padding behind the boundary are allowed")
    func surroundings() throws {
        let padded = "preamble\r\n--b \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b-- \r\nepilogue"
        #expect(try parse(padded)["a"] == "1")
        #expect(try parse("--b--").fields.isEmpty)
        #expect(try parse("--b--\r\n").fields.isEmpty)
    }

    private static let refused: [(String, FormFault)] = [
        ("", .truncated), ("--b", .truncated), ("--b\r\n", .truncated), ("--c\r\n--c--", .truncated),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1", .truncated),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b", .truncated),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b-", .truncated),
        ("--b\nContent-Disposition: form-data; name=a\n\n1\n--b--\n", .truncated),
        ("--b\r\n--b--", .partHeader), ("--b\r\nx\r\n--b--", .partHeader), ("--b\r\n\r\nx\r\n--b--", .partHeader),
        ("--b\r\nContent-Disposition form-data\r\n\r\n1\r\n--b--", .partHeader),
        ("--b\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--b--", .partHeader),
        ("--b\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\n1\r\n--b--", .partHeader),
        (
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=c\r\n\r\n1\r\n--b--",
            .partHeader
        ),
        ("--b\r\nContent-Disposition: form-data; name=a; name=c\r\n\r\n1\r\n--b--", .disposition),
        ("--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--", .disposition),
        ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--", .disposition),
        ("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--b--", .disposition),
        ("--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--", .disposition),
        (
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--b--",
            .disposition
        ),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\u{0}\r\n--b--", .nul),
        ("--b\r\nContent-Disposition: form-data; name=a; filename*=GBK''x\r\n\r\n1\r\n--b--", .disposition),
        ("--b\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%zz\r\n\r\n1\r\n--b--", .percentEncoding),
        ("--b\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%00\r\n\r\n1\r\n--b--", .nul),
    ]

    @Test("Broken bodies are refused with a reason", arguments: refused)
    func broken(body: String, fault: FormFault) {
        #expect(throws: fault) { try parse(body) }
    }

    @Test("Texts that are not UTF-8 are refused, files may hold any bytes")
    func encoding() throws {
        let parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
        let text =
            Array("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8) + [0xB5, 0xEA] + Array("\r\n--b--".utf8)
        #expect(throws: FormFault.utf8) { try parser.parse(text[...]) }
        let head = Array("--b\r\nContent-Disposition: form-data; name=a; filename=x\r\n\r\n".utf8)
        let all = Array(UInt8.min...UInt8.max)
        #expect(
            try parser.parse((head + all + Array("\r\n--b--".utf8))[...]).file("a")?.bytes.elementsEqual(all) == true)
    }

    @Test("Limits hold at their edge")
    func limits() throws {
        let twoParts = part("name=a") + part("name=c") + "--b--"
        #expect(try parse(twoParts, limits: FormLimits(totalBytes: twoParts.utf8.count, fields: 2)).fields.count == 2)
        #expect(throws: FormFault.tooManyFields) {
            try parse(twoParts, limits: FormLimits(totalBytes: 1 << 20, fields: 1))
        }
        #expect(throws: FormFault.tooLarge) {
            try parse(twoParts, limits: FormLimits(totalBytes: twoParts.utf8.count - 1))
        }
        #expect(throws: FormFault.textTooLarge) {
            try parse(part("name=a", "123456") + "--b--", limits: FormLimits(totalBytes: 1 << 20, textBytes: 5))
        }
        let header = "Content-Disposition: form-data; name=a"
        let filler = "X-Filler: " + String(repeating: "x", count: 8_192 - header.utf8.count - 12)
        #expect(try parse("--b\r\n\(header)\r\n\(filler)\r\n\r\n1\r\n--b--")["a"] == "1")
        #expect(throws: FormFault.headersTooLarge) { try parse("--b\r\n\(header)\r\n\(filler)x\r\n\r\n1\r\n--b--") }
        let many = String(repeating: part("name=a"), count: 1_001) + "--b--"
        #expect(throws: FormFault.tooManyFields) { try parse(many) }
    }

    @Test("A body in the middle of a buffer is read")
    func slice() throws {
        let body = Array(("junk" + part("name=a") + "--b--").utf8)
        let parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
        #expect(try parser.parse(body[4...])["a"] == "x")
    }
}
