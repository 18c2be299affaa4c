import Testing

@testable import FormData

@Suite("Hostile multipart forms")
struct HostileMultipartTests {
    private let contentType = "multipart/form-data; boundary=AaB03x"

    private func encode(_ fields: [FormFields.Field]) -> [UInt8] {
        var body: [UInt8] = []
        for field in fields {
            body += Array("--AaB03x\r\nContent-Disposition: form-data; name=\"\(field.name)\"".utf8)
            switch field.content {
            case .text(let text): body += Array("\r\n\r\n\(text)\r\n".utf8)
            case .file(let file):
                body += Array("; filename=\"\(file.filename)\"\r\nContent-Type: \(file.contentType)\r\n\r\n".utf8)
                body += file.bytes + [0x0D, 0x0A]
            }
        }
        return body + Array("--AaB03x--\r\n".utf8)
    }

    private func randomFields(_ random: inout SeededGenerator) -> [FormFields.Field] {
        (0..<Int.random(in: 0...6, using: &random)).map { index in
            // Bytes that often come close to a boundary; the digit 3 is missing, so that none is complete.
            let bytes = random.bytes(
                count: .random(in: 0...60, using: &random), from: Array("\r\r\r\n\n\n---AaB0x ".utf8))
            let text = String(decoding: bytes, as: UTF8.self)
            let file = FormFile(filename: "f\(index).jpg", contentType: "image/jpeg", bytes: bytes[...])
            return .init(name: "n\(index % 3)", content: Bool.random(using: &random) ? .text(text) : .file(file))
        }
    }

    @Test("Random forms are read back")
    func roundTrip() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let fields = randomFields(&random)
            #expect(try FormFields(body: encode(fields), contentType: contentType).fields == fields, "seed \(seed)")
        }
    }

    @Test("Every cut of a body is refused")
    func truncated() {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let body = encode(randomFields(&random))
            // The closing line is complete before its CR LF.
            for length in 0..<(body.count - 2) {
                #expect(throws: FormFault.truncated, "seed \(seed)") {
                    try FormFields(body: body[..<length], contentType: contentType)
                }
            }
        }
    }

    @Test("Damaged bodies and content types never crash")
    func damage() {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<3_000 {
            var body = encode(randomFields(&random))
            var header = Array(contentType.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                body[Int.random(in: 0..<body.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) {
                header[Int.random(in: 0..<header.count, using: &random)] = .random(in: 0x20...0x7E, using: &random)
            }
            do throws(FormFault) {
                let form = try FormFields(body: body, contentType: String(decoding: header, as: UTF8.self))
                #expect(form.fields.count <= 200, "seed \(seed)")
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test(
        "Content made of almost-boundaries takes linear time",
        arguments: ["\r\n--AaB03", "\r", "\r\n", "\n", "-", "\r\n--AaB03x y", "\r\n--AaB03x--x", "\r\n\r\n"])
    func almostBoundaries(unit: String) throws {
        let content = Array(String(repeating: unit, count: 2_000_000 / unit.utf8.count).utf8)
        let file = FormFile(filename: "a", contentType: "a/b", bytes: content[...])
        let body = encode([.init(name: "a", content: .file(file))])
        let start = ContinuousClock.now
        #expect(try FormFields(body: body, contentType: contentType).file("a")?.bytes.count == content.count)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test("Padding without end takes linear time")
    func padding() {
        let spaces = String(repeating: " ", count: 100_000)
        let body = Array(("--AaB03x\r\n" + String(repeating: "\r\n--AaB03x\(spaces)x", count: 20)).utf8)
        let elapsed = ContinuousClock().measure {
            #expect(throws: FormFault.truncated) { try FormFields(body: body, contentType: contentType) }
        }
        #expect(elapsed < .seconds(20))
    }
}
